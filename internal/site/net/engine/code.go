package engine

import (
	"fmt"
	"reflect"
	"strings"

	"rnn101/rnnkit"
)

// Code returns a short program that computes the loss and the gradients of the state, in "go" (with
// rnnkit), "numpy" or "pytorch". All three print the same lines, with four decimals. The programs
// know no mistakes.
func Code(s State, language string) string {
	values := map[string]any{"T": len(s.Words), "rnnkit": reflect.TypeFor[rnnkit.RNN]().PkgPath()} // the module can be renamed
	for name, rows := range map[string][][]float64{"U": s.U, "W": s.W, "V": s.V} {
		values[name+"go"], values[name+"py"] = literalRows(rows, "{", "}"), literalRows(rows, "[", "]")
	}
	values["h0"], values["x"], values["y"] = literalList(s.H0), literalList(s.Words), literalList(s.Targets)
	text := programs[language]
	for name, value := range values {
		text = strings.ReplaceAll(text, "‹"+name+"›", fmt.Sprint(value))
	}
	return strings.TrimPrefix(text, "\n")
}

func literalList[T any](values []T) string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = fmt.Sprint(v)
		if _, real := any(v).(float64); real && !strings.ContainsAny(all[i], ".e") {
			all[i] += ".0" // Python would make the matrix one of integers
		}
	}
	return strings.Join(all, ", ")
}

func literalRows(rows [][]float64, open, shut string) string {
	all := make([]string, len(rows))
	for i, row := range rows {
		all[i] = open + literalList(row) + shut
	}
	return strings.Join(all, ", ")
}

var programs = map[string]string{
	"go": `
package main

import (
	"fmt"

	"‹rnnkit›"
)

func main() {
	net := rnnkit.FromRows(
		[][]float64{‹Ugo›},
		[][]float64{‹Wgo›},
		[][]float64{‹Vgo›})
	h0 := []float64{‹h0›}
	seq := rnnkit.Sequence{Inputs: []int{‹x›}, Targets: []int{‹y›}}
	pass, gradient := rnnkit.GradientOf(net, h0, seq)
	fmt.Printf("L %.4f\n", []float64{pass.Loss}) // a sum over the steps
	parts := net.Parameters(gradient)
	for _, part := range parts[:3] {
		fmt.Printf("%s %.4f\n", part.Name, part.Grad)
	}
}
`,
	"numpy": `
import numpy as np
U = np.array([‹Upy›])
W = np.array([‹Wpy›])
V = np.array([‹Vpy›])
h, x, y = [np.array([‹h0›])], [‹x›], [‹y›]
p, L = [], 0.0
for t in range(‹T›):
    h.append(np.tanh(W @ h[t] + U[:, x[t]]))
    e = np.exp(V @ h[t + 1])
    p.append(e / e.sum())
    L -= np.log(p[t][y[t]])  # a sum over the steps
dU, dW, dV, d = 0 * U, 0 * W, 0 * V, np.zeros(2)
for t in reversed(range(‹T›)):
    do = p[t] - np.eye(4)[y[t]]
    d = (1 - h[t + 1] ** 2) * (V.T @ do + W.T @ d)
    dV += np.outer(do, h[t + 1])
    dW += np.outer(d, h[t])
    dU[:, x[t]] += d
for name, m in [("L", L), ("U", dU), ("W", dW), ("V", dV)]:
    print(name, "[" + " ".join(f"{v:.4f}" for v in np.ravel(m)) + "]")
`,
	"pytorch": `
import torch
torch.set_default_dtype(torch.float64)
U = torch.tensor([‹Upy›], requires_grad=True)
W = torch.tensor([‹Wpy›], requires_grad=True)
V = torch.tensor([‹Vpy›], requires_grad=True)
h = torch.tensor([‹h0›])
x, y = [‹x›], torch.tensor([‹y›])
scores = []
for t in range(‹T›):
    h = torch.tanh(W @ h + U[:, x[t]])
    scores.append(V @ h)
# a sum over the steps: PyTorch's default is the mean
L = torch.nn.functional.cross_entropy(torch.stack(scores), y, reduction="sum")
L.backward()
for name, m in [("L", L), ("U", U.grad), ("W", W.grad), ("V", V.grad)]:
    print(name, "[" + " ".join(f"{v:.4f}" for v in m.ravel().tolist()) + "]")
`,
}
