package train

import (
	"fmt"
	"math"

	"rnn101/rnnkit"
	"rnn101/rnnkit/internal/option"
)

// Optimizer updates the parameters of a net from a gradient. An Optimizer is for one
// net: its running averages have the net's shapes. It allocates them at the first Step,
// and nothing after that. Step panics for a learning rate that is negative or not
// finite, and if the gradient or the running averages do not have the net's shapes.
type Optimizer interface {
	Step(net *rnnkit.RNN, g *rnnkit.Gradient)
}

// moments holds a running average for each parameter, in its shape.
type moments [rnnkit.NumParameters][]float64

// add replaces the sum of squares in *s by keep·*s + part·d². A square that overflows must not
// end the training of its parameter: such a sum is stored as minus its root.
func add(s *float64, keep, part, d float64) {
	if sum := keep**s + part*d*d; *s >= 0 && sum <= math.MaxFloat64 {
		*s = sum
		return
	}
	root := math.Hypot(math.Sqrt(keep)*rootOf(*s, 1), math.Sqrt(part)*d)
	if *s = root * root; !(*s <= math.MaxFloat64) {
		*s = -root
	}
}

// rootOf returns the root of a sum of squares that add has stored, divided by n.
func rootOf(s, n float64) float64 {
	if s < 0 {
		return -s / math.Sqrt(n)
	}
	return math.Sqrt(s / n)
}

// prepare makes the averages at the first step, and panics if they were made for a net
// of another shape.
func (m *moments) prepare(params *[rnnkit.NumParameters]rnnkit.Parameter) {
	for i, p := range params {
		if m[i] == nil && len(p.Data) > 0 {
			m[i] = make([]float64, len(p.Data))
		}
		if len(m[i]) != len(p.Data) {
			panic(fmt.Sprintf("train: the optimizer was used for a net whose %s had %d numbers, this one has %d", p.Name, len(m[i]), len(p.Data)))
		}
	}
}

// SGD is gradient descent with momentum (Polyak 1964), as PyTorch computes it:
//
//	m ← μ m + ∂L/∂θ   θ ← θ − η m
type SGD struct {
	Rate     float64 // η; 0: 0.01
	Momentum float64 // μ, at least 0 and below 1; 0: plain gradient descent
	m        moments
}

// Step updates the parameters of the net.
func (o *SGD) Step(net *rnnkit.RNN, g *rnnkit.Gradient) {
	rate := option.LearningRate("train: SGD", o.Rate, 0.01)
	if o.Momentum < 0 || !(o.Momentum < 1) {
		panic(fmt.Sprintf("train: SGD: momentum %v: it must be at least 0 and less than 1", o.Momentum))
	}
	params := net.Parameters(g)
	o.m.prepare(&params)
	for k, p := range params {
		m := o.m[k]
		for i := range p.Data {
			m[i] = o.Momentum*m[i] + p.Grad[i]
			p.Data[i] -= rate * m[i]
		}
	}
}

// Adagrad (Duchi, Hazan and Singer 2011):
//
//	s ← s + (∂L/∂θ)²   θ ← θ − η ∂L/∂θ / (√s + ε)
type Adagrad struct {
	Rate    float64 // η; 0: 0.01
	Epsilon float64 // ε; 0: 1e-10
	s       moments
}

// Step updates the parameters of the net.
func (o *Adagrad) Step(net *rnnkit.RNN, g *rnnkit.Gradient) {
	rate, epsilon := option.LearningRate("train: Adagrad", o.Rate, 0.01), o.Epsilon
	if epsilon == 0 {
		epsilon = 1e-10
	}
	params := net.Parameters(g)
	o.s.prepare(&params)
	for k, p := range params {
		s := o.s[k]
		for i := range p.Data {
			d := p.Grad[i]
			add(&s[i], 1, 1, d)
			p.Data[i] -= rate * d / (rootOf(s[i], 1) + epsilon)
		}
	}
}

// Adam (Kingma and Ba 2015), at its step t:
//
//	m ← β₁ m + (1 − β₁) ∂L/∂θ     v ← β₂ v + (1 − β₂) (∂L/∂θ)²
//	θ ← θ − η m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)
type Adam struct {
	Rate    float64 // η; 0: 0.001
	Beta1   float64 // β₁; 0: 0.9
	Beta2   float64 // β₂; 0: 0.999
	Epsilon float64 // ε; 0: 1e-8
	m, v    moments
	t       int
}

// Step updates the parameters of the net.
func (o *Adam) Step(net *rnnkit.RNN, g *rnnkit.Gradient) {
	rate, b1, b2, epsilon := option.LearningRate("train: Adam", o.Rate, 0.001), o.Beta1, o.Beta2, o.Epsilon
	if b1 == 0 {
		b1 = 0.9
	}
	if b2 == 0 {
		b2 = 0.999
	}
	if epsilon == 0 {
		epsilon = 1e-8
	}
	if !(b1 > 0 && b1 < 1 && b2 > 0 && b2 < 1) {
		panic(fmt.Sprintf("train: Adam: β₁ = %v and β₂ = %v: both must be between 0 and 1", b1, b2))
	}
	params := net.Parameters(g)
	o.m.prepare(&params)
	o.v.prepare(&params)
	o.t++
	c1, c2 := 1-math.Pow(b1, float64(o.t)), 1-math.Pow(b2, float64(o.t))
	for k, p := range params {
		m, v := o.m[k], o.v[k]
		for i := range p.Data {
			d := p.Grad[i]
			m[i] = b1*m[i] + (1-b1)*d
			add(&v[i], b2, 1-b2, d)
			p.Data[i] -= rate * (m[i] / c1) / (rootOf(v[i], c2) + epsilon)
		}
	}
}
