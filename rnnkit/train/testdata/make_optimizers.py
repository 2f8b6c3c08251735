"""Write optimizers.json: fifty steps of each torch.optim optimizer on each cell.

Run it in this folder, with a Python that has PyTorch and nothing else:

    python make_optimizers.py

The file that stands here was made by torch 2.15.0, on the CPU, in float64. The loss is
cross entropy summed over the steps of two sequences, both from a learned state h0
(for the LSTM h and then c), which is a parameter as all others are.
"""

import json
import math
import pathlib

import torch

OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9),
    "adagrad": lambda p: torch.optim.Adagrad(p, lr=0.1),
    "adam": lambda p: torch.optim.Adam(p, lr=0.02),
    "adam, other betas": lambda p: torch.optim.Adam(p, lr=0.05, betas=(0.8, 0.95), eps=1e-6),
}
SEQUENCES = [([0, 2, 1, 3], [1, 0, 3, 2]), ([3, 3, 0], [0, 1, 1])]
STEPS = 50


def rows(tensor):
    return tensor.detach().tolist()


def make(cell, name):
    hidden, tokens = 3, 4
    kind = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell]
    net, out = kind(tokens, hidden), torch.nn.Linear(hidden, tokens)
    start = (torch.rand(2 * hidden if cell == "lstm" else hidden) - 0.5).requires_grad_()
    learned = list(net.parameters()) + list(out.parameters()) + [start]
    with torch.no_grad():
        for p in learned[:-1]:
            p.copy_((2 * torch.rand(*p.shape) - 1) / math.sqrt(p.shape[-1]))
        if cell != "gru":
            net.bias_hh_l0.zero_()
    if cell != "gru":
        learned = [p for p in learned if p is not net.bias_hh_l0]

    def parameters():
        return {"U": rows(net.weight_ih_l0), "W": rows(net.weight_hh_l0), "V": rows(out.weight), "B": rows(net.bias_ih_l0),
                "BW": rows(net.bias_hh_l0) if cell == "gru" else None, "C": rows(out.bias), "H0": rows(start)}

    case = {"name": f"{name}, {cell}", "optimizer": name, "cell": cell, "before": parameters(), "losses": []}
    optimizer = OPTIMIZERS[name](learned)
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = 0
        for reads, writes in SEQUENCES:
            x = torch.nn.functional.one_hot(torch.tensor(reads), tokens).to(torch.float64)
            s = (start[None, :hidden], start[None, hidden:]) if cell == "lstm" else start[None]
            loss = loss + torch.nn.functional.cross_entropy(out(net(x, s)[0]), torch.tensor(writes), reduction="sum")
        case["losses"].append(loss.item())
        loss.backward()
        optimizer.step()
    case["after"] = parameters()
    return case


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    torch.manual_seed(303)
    cases = [make(cell, name) for name in OPTIMIZERS for cell in ("rnn", "lstm", "gru")]
    sequences = [{"inputs": reads, "targets": writes} for reads, writes in SEQUENCES]
    version = torch.__version__.partition("+")[0]
    lines = ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases)
    text = '{"torch": "' + version + '", "sequences": ' + json.dumps(sequences) + ', "cases": [\n' + lines + "\n]}\n"
    pathlib.Path(__file__).with_name("optimizers.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
