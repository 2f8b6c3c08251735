"""Write pytorch.json: nets, sequences, losses and gradients as PyTorch computes them.

Run it in this folder, with a Python that has PyTorch and nothing else:

    python make_pytorch.py

The file that stands here was made by torch 2.15.0, on the CPU, in float64. The seed
is fixed: the same version on the same machine writes the same bytes.

Each case is torch.nn.RNN and torch.nn.Linear, cross entropy summed over the steps
(PyTorch's default is the mean), and the gradients of autograd. weight_ih_l0 is U,
weight_hh_l0 W, bias_ih_l0 b (bias_hh_l0 is held at zero), Linear.weight V and
Linear.bias c. Absent biases, and a state h_0 of zeros that was not given, are null.

Weights are uniform in ±scale/√(columns). Large ones go with few steps: on a long
sequence a net with large weights is chaotic, and two correct programs drift apart
from the last bit of tanh on.
"""

import json
import math
import pathlib

import torch

# hidden, inputs, outputs, steps, b, c, h0, scale
CASES = [
    (1, 1, 1, 1, False, False, False, 1.0),
    (1, 1, 2, 1, True, True, True, 1.0),
    (1, 2, 2, 40, False, False, True, 1.0),
    (1, 3, 2, 7, True, False, False, 5.0),
    (2, 3, 4, 2, False, False, False, 1.0),
    (2, 3, 4, 2, False, False, True, 1.0),
    (2, 3, 4, 4, True, True, True, 1.0),
    (2, 5, 1, 6, True, True, True, 2.0),
    (2, 3, 4, 40, False, False, True, 1.0),
    (3, 1, 5, 9, False, True, False, 1.0),
    (3, 4, 3, 3, False, False, True, 8.0),
    (3, 4, 3, 12, True, False, True, 0.01),
    (4, 6, 5, 1, True, True, True, 20.0),
    (5, 2, 7, 20, False, True, True, 1.5),
    (6, 6, 6, 5, True, True, False, 4.0),
    (7, 9, 3, 11, True, False, True, 1.0),
    (8, 8, 8, 16, False, False, False, 0.1),
    (8, 5, 9, 30, True, True, True, 1.0),
    (11, 13, 10, 8, False, True, True, 2.0),
    (13, 2, 2, 25, True, False, False, 1.0),
    (16, 27, 27, 10, True, True, True, 1.0),
    (16, 4, 4, 40, False, False, True, 1.0),
    (21, 10, 6, 3, True, True, True, 6.0),
    (32, 3, 20, 2, False, False, True, 3.0),
    (32, 16, 16, 12, True, True, False, 1.0),
    (32, 12, 8, 40, True, True, True, 0.5),
]


def rows(tensor):
    return None if tensor is None else tensor.detach().tolist()


def make(hidden, inputs, outputs, steps, with_b, with_c, with_h0, scale):
    def weights(*shape):
        return (2 * torch.rand(*shape) - 1) * scale / math.sqrt(shape[-1])

    cell = torch.nn.RNN(inputs, hidden, nonlinearity="tanh", bias=with_b)
    out = torch.nn.Linear(hidden, outputs, bias=with_c)
    with torch.no_grad():
        cell.weight_ih_l0.copy_(weights(hidden, inputs))
        cell.weight_hh_l0.copy_(weights(hidden, hidden))
        out.weight.copy_(weights(outputs, hidden))
        if with_b:
            cell.bias_ih_l0.copy_(torch.rand(hidden) - 0.5)
            cell.bias_hh_l0.zero_()
        if with_c:
            out.bias.copy_(torch.rand(outputs) - 0.5)
    h0 = 1.8 * torch.rand(hidden) - 0.9 if with_h0 else torch.zeros(hidden)
    h0.requires_grad_()
    reads = torch.randint(inputs, (steps,))
    targets = torch.randint(outputs, (steps,))

    x = torch.nn.functional.one_hot(reads, inputs).to(torch.float64)
    h, _ = cell(x, h0.unsqueeze(0))
    scores = out(h)
    losses = torch.nn.functional.cross_entropy(scores, targets, reduction="none")
    loss = torch.nn.functional.cross_entropy(scores, targets, reduction="sum")
    loss.backward()

    return {
        "name": f"hidden {hidden}, inputs {inputs}, outputs {outputs}, steps {steps}, scale {scale:g}"
        + (", b" if with_b else "") + (", c" if with_c else "") + (", h0" if with_h0 else ""),
        "U": rows(cell.weight_ih_l0),
        "W": rows(cell.weight_hh_l0),
        "V": rows(out.weight),
        "b": rows(cell.bias_ih_l0) if with_b else None,
        "c": rows(out.bias),
        "h0": rows(h0) if with_h0 else None,
        "inputs": reads.tolist(),
        "targets": targets.tolist(),
        "loss": loss.item(),
        "losses": losses.tolist(),
        "h": rows(h),
        "y": rows(torch.softmax(scores, dim=1)),
        "dU": rows(cell.weight_ih_l0.grad),
        "dW": rows(cell.weight_hh_l0.grad),
        "dV": rows(out.weight.grad),
        "db": rows(cell.bias_ih_l0.grad) if with_b else None,
        "dc": rows(out.bias.grad) if with_c else None,
        "dh0": rows(h0.grad),
    }


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    torch.manual_seed(101)
    made = [make(*case) for case in CASES]
    lines = []
    for case in made:
        fields = [f"{json.dumps(k)}: {json.dumps(v, separators=(',', ':'))}" for k, v in case.items()]
        lines.append("{\n" + ",\n".join(fields) + "\n}")
    version = torch.__version__.partition("+")[0]
    text = '{"torch": "' + version + '", "cases": [\n' + ",\n".join(lines) + "\n]}\n"
    pathlib.Path(__file__).with_name("pytorch.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
