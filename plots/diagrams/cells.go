package diagrams

import (
	"rnn101/plots/internal/circuit"
	"rnn101/plots/internal/figure"
)

// LSTM draws the long short-term memory of package rnnkit as a circuit:
//
//	c_t = f_t ⊙ c_{t−1} + i_t ⊙ g_t
//	h_t = o_t ⊙ tanh(c_t)
//
// The road of the gradient along c is highlighted: on it, with the gates and g_t taken
// as fixed, a step back multiplies by f_t alone.
func LSTM() (*Figure, error) {
	n := names()
	n.Title, n.Road, n.EachBox = texts.Text("lstm.title"), texts.Text("lstm.road"), texts.Text("lstm.boxes")
	n.Forget, n.Input, n.Content = texts.Text("lstm.forget"), texts.Text("lstm.input"), texts.Text("lstm.content")
	n.Output, n.Shown = texts.Text("lstm.output"), texts.Text("lstm.shown")
	return figure.New(circuit.LSTM(n), texts.Text("lstm.alt"))
}

// GRU draws the gated recurrent unit of package rnnkit as a circuit, in which the reset
// gate comes after the product with W:
//
//	n_t = tanh(U_n x_t + b_n + r_t ⊙ W_n h_{t−1})
//	h_t = (1 − z_t) ⊙ n_t + z_t ⊙ h_{t−1}
//
// The road of the gradient along h is highlighted: on it, with the gates and n_t taken
// as fixed, a step back multiplies by z_t alone.
func GRU() (*Figure, error) {
	n := names()
	n.Title, n.Road, n.EachBox = texts.Text("gru.title"), texts.Text("gru.road"), texts.Text("gru.boxes")
	n.Update, n.Reset, n.New = texts.Text("gru.update"), texts.Text("gru.reset"), texts.Text("gru.new")
	n.State, n.Past = texts.Text("gru.state"), texts.Text("gru.past")
	return figure.New(circuit.GRU(n), texts.Text("gru.alt"))
}

// names are the words that both circuits have.
func names() circuit.Names {
	return circuit.Names{
		Kept: texts.Text("cell.kept"), Written: texts.Text("cell.written"), Both: texts.Text("cell.both"),
		Times: texts.Text("cell.times"), Plus: texts.Text("cell.plus"),
		Meet: texts.Text("cell.meet"), Cross: texts.Text("cell.cross"),
	}
}
