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
		values[name+"go"] = strings.Join(literalRows(rows, "{", "}"), ", ")
		values[name+"numpy"] = lines("U = np.array([", literalRows(rows, "[", "]"))
		values[name+"torch"] = lines("U = torch.tensor([", literalRows(rows, "[", "]"))
	}
	values["h0numpy"], values["h0torch"] = lines("h = [np.array([", literals(s.H0)), lines("h = torch.tensor([", literals(s.H0))
	values["h0"], values["x"], values["y"] = literalList(s.H0), literalList(s.Words), literalList(s.Targets)
	text := programs[language]
	for name, value := range values {
		text = strings.ReplaceAll(text, "‹"+name+"›", fmt.Sprint(value))
	}
	return strings.TrimPrefix(text, "\n")
}

func literalList[T any](values []T) string { return strings.Join(literals(values), ", ") }

func literals[T any](values []T) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = fmt.Sprint(v)
		if _, real := any(v).(float64); real && !strings.ContainsAny(all[i], ".e") {
			all[i] += ".0" // Python would make the matrix one of integers
		}
	}
	return all
}

func literalRows(rows [][]float64, open, shut string) []string {
	all := make([]string, len(rows))
	for i, row := range rows {
		all[i] = open + literalList(row) + shut
	}
	return all
}

// width is how many letters of a program fit the panel of the page.
const width = 44

// lines returns the rows of a matrix in Python, after what begins its line, in lines of that width.
func lines(begin string, rows []string) string {
	const end = "])]" // of the longest
	text, at := "", len(begin)
	for i, row := range rows {
		if i > 0 {
			text, at = text+",", at+1
		}
		if at+len(" ")+len(row)+len(end) > width {
			text, at = text+"\n    ", len("    ")
		} else if i > 0 {
			text, at = text+" ", at+1
		}
		text, at = text+row, at+len(row)
	}
	return text
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
	// The loss is a sum over the steps.
	fmt.Printf("L %.4f\n", []float64{pass.Loss})
	parts := net.Parameters(gradient)
	for _, part := range parts[:3] {
		fmt.Printf("%s %.4f\n", part.Name, part.Grad)
	}
}
`,
	"numpy": `
import numpy as np
U = np.array([‹Unumpy›])
W = np.array([‹Wnumpy›])
V = np.array([‹Vnumpy›])
h = [np.array([‹h0numpy›])]
x, y = [‹x›], [‹y›]
p, L = [], 0
for t in range(‹T›):
    h.append(np.tanh(W @ h[t] + U[:, x[t]]))
    e = np.exp(V @ h[t + 1])
    p.append(e / e.sum())
    L -= np.log(p[t][y[t]])  # not the mean
d, dU, dW, dV = 0 * h[0], 0*U, 0*W, 0*V
for t in reversed(range(‹T›)):
    do = p[t] - np.eye(4)[y[t]]
    d = V.T @ do + W.T @ d
    d = (1 - h[t + 1] ** 2) * d
    dV += np.outer(do, h[t + 1])
    dW += np.outer(d, h[t])
    dU[:, x[t]] += d
for name, m in zip("LUWV", (L, dU, dW, dV)):
    m = [f"{v:.4f}" for v in np.ravel(m)]
    print(name, "[" + " ".join(m) + "]")
`,
	"pytorch": `
import torch
torch.set_default_dtype(torch.float64)
U = torch.tensor([‹Utorch›])
W = torch.tensor([‹Wtorch›])
V = torch.tensor([‹Vtorch›])
for m in (U, W, V):
    m.requires_grad_()
h = torch.tensor([‹h0torch›])
x, y = [‹x›], [‹y›]
scores = []
for t in range(‹T›):
    h = torch.tanh(W @ h + U[:, x[t]])
    scores.append(V @ h)
# a sum over steps: the default is the mean
L = torch.nn.functional.cross_entropy(
    torch.stack(scores), torch.tensor(y),
    reduction="sum")
L.backward()
for name, m in zip("LUWV", (L, U, W, V)):
    m = (m if m is L else m.grad).ravel()
    m = [f"{v:.4f}" for v in m.tolist()]
    print(name, "[" + " ".join(m) + "]")
`,
}
