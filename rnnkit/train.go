package rnnkit

import (
	"context"
	"fmt"
	"math"
)

// Training is full-batch gradient descent: each step runs all sequences, sums their
// gradients, and updates once.
type Training struct {
	Steps int     // updates; 0: 1000
	Rate  float64 // learning rate η; 0: 0.1
	H0    []float64
	// Frozen names parameters that are kept as they are, as in "W" or "UV".
	Frozen string
	// Progress, if not nil, is called before each update and once at the end with
	// the number of updates done and the loss at that point.
	Progress func(step int, loss float64)
}

// Run trains the net in place and returns the losses, each the sum over all
// sequences: losses[k] is the loss after k updates, so that there is one more than
// there were updates. Each sequence starts from H0 (nil: zero).
//
// When the context is cancelled, Run returns the losses until then, with the net as
// the last whole update left it, and the context's error. It returns an error that
// names the sequence for what Forward refuses, and one that names the step when loss
// or gradient stop being finite; the net then has the parameters of that moment. It
// panics if Steps is negative or Rate is negative or not finite.
func (tr Training) Run(ctx context.Context, net *RNN, seqs []Sequence) (losses []float64, err error) {
	steps, rate := tr.Steps, tr.Rate
	if steps == 0 {
		steps = 1000
	}
	if rate == 0 {
		rate = 0.1
	}
	if steps < 0 || rate < 0 || math.IsNaN(rate) || math.IsInf(rate, 0) {
		panic(fmt.Sprintf("rnnkit: Training: %d steps at rate %v: steps must not be negative, the rate finite and positive", steps, rate))
	}
	if len(seqs) == 0 {
		return nil, fmt.Errorf("rnnkit: nothing to train on: there is no sequence")
	}
	longest := 1
	for _, s := range seqs {
		longest = max(longest, len(s.Inputs))
	}
	pass, gradient := NewPass(net, longest), NewGradient(net)
	losses = make([]float64, 0, steps+1)
	for step := 0; ; step++ {
		loss, err := tr.sum(pass, gradient, net, seqs)
		if err != nil {
			return losses, fmt.Errorf("%w (step %d of training)", err, step)
		}
		losses = append(losses, loss)
		if tr.Progress != nil {
			tr.Progress(step, loss)
		}
		if step == steps {
			return losses, nil
		}
		if err := ctx.Err(); err != nil {
			return losses, fmt.Errorf("rnnkit: training stopped after %d of %d steps: %w", step, steps, err)
		}
		if norm := gradient.Norm(); math.IsNaN(norm) || math.IsInf(norm, 0) {
			return losses, fmt.Errorf("rnnkit: the gradient is %v at step %d: a smaller learning rate than %v may help", norm, step, rate)
		}
		tr.freeze(gradient)
		net.Descend(gradient, rate)
	}
}

// sum sets the gradient to that of all sequences together and returns their loss.
func (tr Training) sum(pass *Pass, gradient *Gradient, net *RNN, seqs []Sequence) (float64, error) {
	gradient.Zero()
	loss := 0.0
	for i, seq := range seqs {
		if err := pass.Forward(net, tr.H0, seq); err != nil {
			return 0, fmt.Errorf("sequence %d: %w", i+1, err)
		}
		pass.Backward(gradient, net)
		loss += pass.Loss
	}
	return loss, nil
}

// freeze drops the gradient of the parameters that are to stay.
func (tr Training) freeze(g *Gradient) {
	all := g.flat()
	for _, name := range tr.Frozen {
		switch name {
		case 'U':
			clear(all[0])
		case 'W':
			clear(all[1])
		case 'V':
			clear(all[2])
		case 'B':
			clear(all[3])
		case 'C':
			clear(all[4])
		default:
			panic(fmt.Sprintf("rnnkit: Training: Frozen is %q: only U, W, V, B, C can be named", tr.Frozen))
		}
	}
}
