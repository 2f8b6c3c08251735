"""Times the workloads of go run ./course bench with NumPy or PyTorch, in float64.

    python peers.py numpy|torch    the protocol of rnnkit/internal/bench/main.go
    python peers.py check          compares the gradients of the two

The protocol: a line {"ready": name}, and for each line of standard input, a JSON object with
a workload, a line with the median time of a run in microseconds. The NumPy code is what one
would write by hand for speed: what does not depend on the previous step is one product for
all steps and sequences. PyTorch uses torch.nn and autograd with the given number of threads.
"""

import json
import sys
import time

GATES = {"rnn": 1, "lstm": 4, "gru": 3}


def sequences(work):
    """Returns the inputs and the targets, steps × batch."""
    tokens, steps, batch = work["Tokens"], work["Steps"], work["Batch"]
    inputs = [[(7 * i + 3 * t) % tokens for i in range(batch)] for t in range(steps)]
    return inputs, [[(token + 3) % tokens for token in row] for row in inputs]


def numpy_net(work):
    """Returns the parameters of a net."""
    import numpy as np

    rng = np.random.default_rng(1)
    hidden, tokens, rows = work["Hidden"], work["Tokens"], GATES[work["Cell"]] * work["Hidden"]
    shapes = {"U": (rows, tokens), "W": (rows, hidden), "V": (tokens, hidden)}
    net = {name: rng.standard_normal(shape) / np.sqrt(shape[1]) for name, shape in shapes.items()}
    return net | {"b": np.zeros(rows), "bW": np.zeros(rows), "c": np.zeros(tokens)}


def numpy_step(work, net):
    import numpy as np

    kind, hidden, steps, batch = work["Cell"], work["Hidden"], work["Steps"], work["Batch"]
    U, W, V, b, bW, c = (net[name] for name in ("U", "W", "V", "b", "bW", "c"))
    inputs, targets = (np.array(x) for x in sequences(work))
    rows, wanted = np.arange(steps * batch), targets.ravel()
    single = batch == 1
    WT, VT = W.T, V.T

    def product(M, MT, x):
        """M x for one sequence, x Mᵀ for several."""
        return M @ x if single else x @ MT

    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    H1, H2, H3 = hidden, 2 * hidden, 3 * hidden
    shape = (hidden,) if single else (batch, hidden)

    def forward_rnn(a, h):
        for t in range(steps):
            h[t + 1] = np.tanh(a[t] + product(W, WT, h[t]))
        return None

    def backward_rnn(_, h, dh, delta):
        carried = np.zeros(shape)
        for t in range(steps - 1, -1, -1):
            delta[t] = (1 - h[t + 1] ** 2) * (dh[t] + carried)
            carried = product(WT, W, delta[t])
        return delta

    def forward_lstm(a, h):
        c, gates, tanh_c = np.zeros((steps + 1, *shape)), np.empty_like(a), np.empty((steps, *shape))
        for t in range(steps):
            s, g = a[t] + product(W, WT, h[t]), gates[t]
            g[..., :H2], g[..., H2:H3], g[..., H3:] = sigmoid(s[..., :H2]), np.tanh(s[..., H2:H3]), sigmoid(s[..., H3:])
            c[t + 1] = g[..., H1:H2] * c[t] + g[..., :H1] * g[..., H2:H3]
            tanh_c[t] = np.tanh(c[t + 1])
            h[t + 1] = g[..., H3:] * tanh_c[t]
        return c, gates, tanh_c

    def backward_lstm(kept, h, dh, delta):
        c, gates, tanh_c = kept
        carried, dc = np.zeros(shape), np.zeros(shape)
        for t in range(steps - 1, -1, -1):
            i, f, g, o = (gates[t][..., k * H1:(k + 1) * H1] for k in range(4))
            d = dh[t] + carried
            dc = dc + d * o * (1 - tanh_c[t] ** 2)
            delta[t][..., :H1] = dc * g * i * (1 - i)
            delta[t][..., H1:H2] = dc * c[t] * f * (1 - f)
            delta[t][..., H2:H3] = dc * i * (1 - g**2)
            delta[t][..., H3:] = d * tanh_c[t] * o * (1 - o)
            dc = dc * f
            carried = product(WT, W, delta[t])
        return delta

    def forward_gru(a, h):
        q, gates = np.empty_like(a), np.empty_like(a)
        for t in range(steps):
            q[t] = product(W, WT, h[t]) + bW
            g = gates[t]
            g[..., :H2] = sigmoid(a[t][..., :H2] + q[t][..., :H2])
            g[..., H2:] = np.tanh(a[t][..., H2:] + g[..., :H1] * q[t][..., H2:])
            z, n = g[..., H1:H2], g[..., H2:]
            h[t + 1] = (1 - z) * n + z * h[t]
        return q, gates

    def backward_gru(kept, h, dh, delta):
        q, gates = kept
        dq, carried = np.empty_like(delta), np.zeros(shape)
        for t in range(steps - 1, -1, -1):
            r, z, n = (gates[t][..., k * H1:(k + 1) * H1] for k in range(3))
            d = dh[t] + carried
            dn = d * (1 - z) * (1 - n**2)
            delta[t][..., :H1] = dn * q[t][..., H2:] * r * (1 - r)
            delta[t][..., H1:H2] = d * (h[t] - n) * z * (1 - z)
            delta[t][..., H2:] = dn
            dq[t][..., :H2], dq[t][..., H2:] = delta[t][..., :H2], dn * r
            carried = d * z + product(WT, W, dq[t])
        return dq

    forward, backward = {"rnn": (forward_rnn, backward_rnn), "lstm": (forward_lstm, backward_lstm), "gru": (forward_gru, backward_gru)}[kind]

    def step():
        h = np.zeros((steps + 1, *shape))
        a = U.T[inputs.ravel()].reshape(steps, *shape[:-1], -1) + b
        kept = forward(a, h)
        flat = h[1:].reshape(-1, hidden)
        o = flat @ VT + c
        o -= o.max(axis=1, keepdims=True)
        y = np.exp(o)
        total = y.sum(axis=1, keepdims=True)
        loss = (np.log(total[:, 0]) - o[rows, wanted]).sum()
        y /= total
        y[rows, wanted] -= 1
        delta = np.empty_like(a)
        dq = backward(kept, h, (y @ V).reshape(steps, *shape), delta).reshape(steps * batch, -1)
        delta = delta.reshape(steps * batch, -1)
        dU = np.zeros_like(U)
        np.add.at(dU.T, inputs.ravel(), delta)
        return loss, {"U": dU, "W": dq.T @ h[:-1].reshape(-1, hidden), "V": y.T @ flat, "b": delta.sum(axis=0), "bW": dq.sum(axis=0), "c": y.sum(axis=0)}

    return step


def torch_step(work, net=None):
    import torch

    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(work["Goroutines"])
    hidden, tokens = work["Hidden"], work["Tokens"]
    kind = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[work["Cell"]]
    cell, out = kind(tokens, hidden), torch.nn.Linear(hidden, tokens)
    named = dict(zip(("U", "W", "b", "bW", "V", "c"), list(cell.parameters()) + list(out.parameters())))
    if net:
        with torch.no_grad():
            for name, parameter in named.items():
                parameter.copy_(torch.tensor(net[name]))
    inputs, targets = (torch.tensor(x) for x in sequences(work))
    x, targets = torch.nn.functional.one_hot(inputs, tokens).double(), targets.reshape(-1)

    def step():
        for p in named.values():
            p.grad = None
        scores = out(cell(x)[0]).reshape(-1, tokens)
        loss = torch.nn.functional.cross_entropy(scores, targets, reduction="sum")
        loss.backward()
        return loss.item(), {name: p.grad for name, p in named.items()}

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


def check():
    """Both libraries must compute the same: otherwise their times could not be compared."""
    import numpy as np

    for cell in GATES:
        for batch in (1, 5):
            work = {"Cell": cell, "Hidden": 7, "Tokens": 11, "Steps": 9, "Batch": batch, "Goroutines": 1}
            net = numpy_net(work)
            ours, theirs = numpy_step(work, net)(), torch_step(work, net)()
            assert abs(ours[0] - theirs[0]) < 1e-12 * abs(theirs[0]), (cell, batch, ours[0], theirs[0])
            for name, gradient in ours[1].items():
                error = np.abs(gradient - theirs[1][name].numpy()).max()
                assert error < 1e-12, (cell, batch, name, error)
            print(f"{cell}, batch {batch}: NumPy and PyTorch have the same loss and gradients")


def numpy_name():
    """NumPy with the BLAS kernel that it has chosen for this processor."""
    import numpy as np
    from threadpoolctl import threadpool_info

    np.ones((2, 2)) @ np.ones((2, 2))
    kernels = [f"{lib['internal_api']} {lib.get('architecture', '')}".strip() for lib in threadpool_info() if lib["user_api"] == "blas"]
    return f"NumPy, {' and '.join(kernels) or 'no BLAS known'}"


def main(name):
    if name == "check":
        return check()
    if name == "numpy":
        from threadpoolctl import threadpool_limits

        ready, prepare = numpy_name(), lambda work: numpy_step(work, numpy_net(work))
        limit = lambda work: threadpool_limits(work["Goroutines"], user_api="blas")
    else:
        import torch

        ready, prepare = f"PyTorch {torch.__version__}", torch_step
        limit = None
    print(json.dumps({"ready": ready}), flush=True)
    for line in sys.stdin:
        work = json.loads(line)
        if limit:
            limit(work)
        print(json.dumps({"microseconds": median(prepare(work), work["Seconds"])}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
