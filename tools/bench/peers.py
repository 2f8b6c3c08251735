"""Times the workloads of go run ./course bench with NumPy or PyTorch, in float64.

    python peers.py numpy|torch

The protocol is that of main.go: a line {"ready": name}, and for each line of standard
input, a JSON object with a workload, a line with the median time of a run in
microseconds. The NumPy code computes what does not depend on the previous step as one
product for all steps; it runs one sequence. PyTorch uses torch.nn and autograd with the
given number of threads.
"""

import json
import sys
import time


def numpy_step(work):
    import numpy as np

    if work["Cell"] != "rnn" or work["Batch"] != 1:
        return None
    hidden, tokens, steps = work["Hidden"], work["Tokens"], work["Steps"]
    rng = np.random.default_rng(1)
    U, W, V = (rng.standard_normal(shape) / np.sqrt(shape[1]) for shape in ((hidden, tokens), (hidden, hidden), (tokens, hidden)))
    b, c = np.zeros(hidden), np.zeros(tokens)
    inputs = (3 * np.arange(steps)) % tokens
    targets = (inputs + 3) % tokens
    rows = np.arange(steps)

    def step():
        h = np.zeros((steps + 1, hidden))
        a = U[:, inputs].T + b
        for t in range(steps):
            h[t + 1] = np.tanh(a[t] + W @ h[t])
        o = h[1:] @ V.T + c
        o -= o.max(axis=1, keepdims=True)
        y = np.exp(o)
        total = y.sum(axis=1, keepdims=True)
        loss = (np.log(total[:, 0]) - o[rows, targets]).sum()
        y /= total
        y[rows, targets] -= 1
        dV, dc, dh = y.T @ h[1:], y.sum(axis=0), y @ V
        delta, carried = np.zeros((steps, hidden)), np.zeros(hidden)
        for t in range(steps - 1, -1, -1):
            delta[t] = (1 - h[t + 1] ** 2) * (dh[t] + carried)
            carried = W.T @ delta[t]
        dW, db, dU = delta.T @ h[:-1], delta.sum(axis=0), np.zeros_like(U)
        np.add.at(dU.T, inputs, delta)
        return loss, dU, dW, dV, db, dc, carried

    return step


def torch_step(work):
    import torch

    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(work["Goroutines"])
    hidden, tokens, steps, batch = work["Hidden"], work["Tokens"], work["Steps"], work["Batch"]
    kind = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[work["Cell"]]
    net, out = kind(tokens, hidden), torch.nn.Linear(hidden, tokens)
    inputs = torch.tensor([[(7 * i + 3 * t) % tokens for i in range(batch)] for t in range(steps)])
    targets = ((inputs + 3) % tokens).reshape(-1)
    x = torch.nn.functional.one_hot(inputs, tokens).double()
    parameters = list(net.parameters()) + list(out.parameters())

    def step():
        for p in parameters:
            p.grad = None
        scores = out(net(x)[0]).reshape(-1, tokens)
        torch.nn.functional.cross_entropy(scores, targets, reduction="sum").backward()

    return step


def median(step, seconds):
    begin = time.perf_counter()
    while time.perf_counter() - begin < seconds / 5:
        step()
    times, begin = [], time.perf_counter()
    while time.perf_counter() - begin < seconds or len(times) < 5:
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2] * 1e6


def main(name):
    prepare = {"numpy": numpy_step, "torch": torch_step}[name]
    __import__(name)
    print(json.dumps({"ready": {"numpy": "NumPy", "torch": "PyTorch"}[name]}), flush=True)
    for line in sys.stdin:
        work = json.loads(line)
        step = prepare(work)
        print(json.dumps({"microseconds": median(step, work["Seconds"]) if step else 0}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
