package rnnkit

import (
	"fmt"
	"math"
)

// Optimizer changes a net by a gradient. One Optimizer is for one net: it keeps what
// it remembers of the gradients in the net's shapes, made at the first Step; after
// that a Step allocates nothing. All of them panic for a rate that is negative or not
// finite, and if the gradient or what is remembered has other shapes than the net.
type Optimizer interface {
	Step(net *RNN, g *Gradient)
}

// memory is a vector for each parameter.
type memory [parameters][]float64

func (m *memory) fit(net *RNN) {
	for p, theta := range net.flat() {
		if m[p] == nil && len(theta) > 0 {
			m[p] = make([]float64, len(theta))
		}
		if len(m[p]) != len(theta) {
			panic(fmt.Sprintf("rnnkit: the optimizer has worked on a net whose %s had %d numbers, this one has %d", parameterNames[p], len(m[p]), len(theta)))
		}
	}
}

// rateOr returns the rate, or what stands for zero.
func rateOr(name string, rate, instead float64) float64 {
	if rate < 0 || !finite([]float64{rate}) {
		panic(fmt.Sprintf("rnnkit: %s: learning rate %v: it must be finite and not negative", name, rate))
	}
	if rate == 0 {
		return instead
	}
	return rate
}

// each calls update with the parameters and the slopes of each.
func each(net *RNN, g *Gradient, update func(p int, theta, slope []float64)) {
	inputs, hidden, outputs := net.Dims()
	g.fits(inputs, hidden, outputs, net)
	slopes := g.flat()
	for p, theta := range net.flat() {
		if len(theta) > 0 {
			update(p, theta, slopes[p])
		}
	}
}

// SGD is gradient descent with momentum (Polyak 1964), as PyTorch computes it:
//
//	m ← μ m + ∂L/∂θ   θ ← θ − η m
type SGD struct {
	Rate     float64 // η; 0: 0.01
	Momentum float64 // μ, from 0 to 1
	m        memory
}

// Step takes one step.
func (o *SGD) Step(net *RNN, g *Gradient) {
	rate := rateOr("SGD", o.Rate, 0.01)
	if o.Momentum < 0 || !(o.Momentum < 1) {
		panic(fmt.Sprintf("rnnkit: SGD: momentum %v: it must be at least 0 and less than 1", o.Momentum))
	}
	o.m.fit(net)
	each(net, g, func(p int, theta, slope []float64) {
		m := o.m[p]
		for i, s := range slope {
			m[i] = o.Momentum*m[i] + s
			theta[i] -= rate * m[i]
		}
	})
}

// Adagrad (Duchi, Hazan and Singer 2011):
//
//	s ← s + (∂L/∂θ)²   θ ← θ − η ∂L/∂θ / (√s + ε)
type Adagrad struct {
	Rate    float64 // η; 0: 0.01
	Epsilon float64 // ε; 0: 1e-10
	s       memory
}

// Step takes one step.
func (o *Adagrad) Step(net *RNN, g *Gradient) {
	rate, epsilon := rateOr("Adagrad", o.Rate, 0.01), o.Epsilon
	if epsilon == 0 {
		epsilon = 1e-10
	}
	o.s.fit(net)
	each(net, g, func(p int, theta, slope []float64) {
		sum := o.s[p]
		for i, s := range slope {
			sum[i] += s * s
			theta[i] -= rate * s / (math.Sqrt(sum[i]) + epsilon)
		}
	})
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
	m, v    memory
	t       int
}

// Step takes one step.
func (o *Adam) Step(net *RNN, g *Gradient) {
	rate, b1, b2, epsilon := rateOr("Adam", o.Rate, 0.001), o.Beta1, o.Beta2, o.Epsilon
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
		panic(fmt.Sprintf("rnnkit: Adam: β₁ = %v and β₂ = %v: both must lie between 0 and 1", b1, b2))
	}
	o.m.fit(net)
	o.v.fit(net)
	o.t++
	c1, c2 := 1-math.Pow(b1, float64(o.t)), 1-math.Pow(b2, float64(o.t))
	each(net, g, func(p int, theta, slope []float64) {
		m, v := o.m[p], o.v[p]
		for i, s := range slope {
			m[i] = b1*m[i] + (1-b1)*s
			v[i] = b2*v[i] + (1-b2)*s*s
			theta[i] -= rate * (m[i] / c1) / (math.Sqrt(v[i]/c2) + epsilon)
		}
	})
}

// Clip scales the gradient down to the length max if it is longer (Pascanu, Mikolov
// and Bengio 2013), and returns the length that it had, by Norm. It panics unless max
// is positive.
func (g *Gradient) Clip(max float64) float64 {
	if !(max > 0) {
		panic(fmt.Sprintf("rnnkit: Clip: the length %v: it must be positive", max))
	}
	norm := g.Norm()
	if norm > max {
		for _, data := range g.flat() {
			for i := range data {
				data[i] *= max / norm
			}
		}
	}
	return norm
}
