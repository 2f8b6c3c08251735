"""Write cells.json: every cell, loss and option as PyTorch computes it.

Run it in this folder, with a Python that has PyTorch and nothing else:

    python make_cells.py

The file that stands here was made by torch 2.15.0, on the CPU, in float64. The seed
is fixed: the same version on the same machine writes the same bytes.

Each case is torch.nn.RNN, LSTM or GRU and torch.nn.Linear. The loss is the sum over
the steps, of cross entropy or of half the squared error; a target of -1, or values of
null, mark a step without one. weight_ih_l0 is U, weight_hh_l0 is W, bias_ih_l0 is B,
bias_hh_l0 is BW for the GRU and zero for the others, Linear is V and C. The state h0
is h, and for the LSTM h and then c.

A case with k1 and k2 has the gradient of truncated backpropagation: for each block of
k1 steps the net is run again over the last k2 steps, from a detached state, and only
the block's losses are sent back.
"""

import json
import math
import pathlib

import torch

F = torch.nn.functional

# cell, hidden, inputs, outputs, steps, biases, state, dense inputs, squared error, share of steps with a target, (k1, k2)
CASES = []
for cell in ("rnn", "lstm", "gru"):
    CASES += [
        (cell, 1, 1, 1, 1, False, False, False, True, 1.0, None),
        (cell, 1, 2, 2, 3, True, True, False, False, 1.0, None),
        (cell, 2, 3, 4, 4, False, False, False, False, 1.0, None),
        (cell, 2, 3, 4, 4, False, True, False, False, 1.0, None),
        (cell, 3, 2, 2, 9, True, True, True, True, 1.0, None),
        (cell, 4, 3, 5, 12, True, False, True, False, 0.5, None),
        (cell, 5, 4, 3, 20, False, True, False, True, 0.3, None),
        (cell, 8, 6, 6, 15, True, True, False, False, 0.1, None),
        (cell, 16, 9, 7, 30, True, True, False, False, 1.0, None),
        (cell, 12, 5, 3, 40, True, True, True, True, 0.6, None),
        (cell, 3, 4, 4, 10, True, True, False, False, 1.0, (1, 1)),
        (cell, 3, 4, 4, 10, True, True, False, False, 1.0, (2, 2)),
        (cell, 3, 4, 4, 10, True, True, False, False, 1.0, (3, 3)),
        (cell, 3, 4, 4, 10, True, True, False, False, 0.7, (1, 4)),
        (cell, 4, 4, 4, 11, True, False, True, True, 1.0, (3, 7)),
        (cell, 4, 4, 4, 11, False, True, False, False, 1.0, (5, 11)),
    ]


def rows(tensor):
    return None if tensor is None else tensor.detach().tolist()


def make(cell, hidden, inputs, outputs, steps, biases, state, dense, squared, share, cut):
    kind = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell]
    net = kind(inputs, hidden, bias=biases)
    out = torch.nn.Linear(hidden, outputs, bias=biases)
    with torch.no_grad():
        for p in list(net.parameters()) + list(out.parameters()):
            p.copy_((2 * torch.rand(*p.shape) - 1) / math.sqrt(p.shape[-1]))
        if biases and cell != "gru":
            net.bias_hh_l0.zero_()
    length = 2 * hidden if cell == "lstm" else hidden
    start = 1.8 * torch.rand(length) - 0.9 if state else torch.zeros(length)
    start.requires_grad_()
    ids = torch.randint(inputs, (steps,))
    x = torch.randn(steps, inputs) if dense else F.one_hot(ids, inputs).to(torch.float64)
    asked = torch.rand(steps) < share
    asked[-1] = True
    targets = torch.where(asked, torch.randint(outputs, (steps,)), -1)
    values = torch.randn(steps, outputs)

    def run(first, last, s):
        """Steps first to last, counted from 0, from the state s."""
        if cell == "lstm":
            h, (hn, cn) = net(x[first:last], (s[None, :hidden], s[None, hidden:]))
            end = torch.cat([hn[0], cn[0]])
        else:
            h, hn = net(x[first:last], s[None])
            end = hn[0]
        return h, out(h), end

    def losses_of(o, first):
        n = len(o)
        if squared:
            each = 0.5 * ((o - values[first:first + n]) ** 2).sum(1)
            return torch.where(asked[first:first + n], each, torch.zeros(n))
        return F.cross_entropy(o, targets[first:first + n], reduction="none", ignore_index=-1)

    h, o, end = run(0, steps, start)
    losses = losses_of(o, 0)
    if cut is None:
        losses.sum().backward()
    else:
        k1, k2 = cut
        done = 0
        while done < steps:
            stop = min(done + k1, steps)
            first = max(0, stop - k2)
            s = start if first == 0 else run(0, first, start)[2].detach()
            part = losses_of(run(first, stop, s)[1], first)
            part[done - first:].sum().backward()
            done = stop

    grad = lambda p: rows(p.grad)
    return {
        "cell": cell,
        "name": f"{cell}, hidden {hidden}, inputs {inputs}, outputs {outputs}, steps {steps}"
        + (", biases" if biases else "") + (", state" if state else "") + (", dense" if dense else "")
        + (", squared" if squared else "") + (f", share {share:g}" if share < 1 else "")
        + (f", k1 {cut[0]}, k2 {cut[1]}" if cut else ""),
        "U": rows(net.weight_ih_l0), "W": rows(net.weight_hh_l0), "V": rows(out.weight),
        "B": rows(net.bias_ih_l0) if biases else None,
        "BW": rows(net.bias_hh_l0) if biases and cell == "gru" else None,
        "C": rows(out.bias),
        "h0": rows(start) if state else None,
        "inputs": None if dense else ids.tolist(),
        "x": x.tolist() if dense else None,
        "targets": None if squared else targets.tolist(),
        "values": [v.tolist() if a else None for v, a in zip(values, asked)] if squared else None,
        "k1": cut[0] if cut else 0, "k2": cut[1] if cut else 0,
        "loss": losses.sum().item(), "losses": losses.tolist(),
        "h": rows(h), "o": rows(o), "end": rows(end),
        "dU": grad(net.weight_ih_l0), "dW": grad(net.weight_hh_l0), "dV": grad(out.weight),
        "dB": grad(net.bias_ih_l0) if biases else None,
        "dBW": grad(net.bias_hh_l0) if biases and cell == "gru" else None,
        "dC": grad(out.bias) if biases else None,
        "dh0": grad(start) if start.grad is not None else [0.0] * length,
    }


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    torch.manual_seed(202)
    lines = []
    for case in CASES:
        fields = [f"{json.dumps(k)}: {json.dumps(v, separators=(',', ':'))}" for k, v in make(*case).items()]
        lines.append("{\n" + ",\n".join(fields) + "\n}")
    version = torch.__version__.partition("+")[0]
    text = '{"torch": "' + version + '", "cases": [\n' + ",\n".join(lines) + "\n]}\n"
    pathlib.Path(__file__).with_name("cells.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
