package rnnkit

import (
	"context"
	"fmt"
	"math"
)

// Training is full-batch descent: each step runs all sequences, sums their gradients,
// and updates once.
type Training struct {
	Steps int     // updates; 0: 1000
	Rate  float64 // learning rate η of plain gradient descent; 0: 0.1
	// Optimizer, if not nil, takes the steps instead, with a rate of its own.
	Optimizer Optimizer
	Clip      float64   // the largest length of the gradient; 0: any
	K1, K2    int       // truncate as BackwardTruncated does; 0: do not
	H0        []float64 // the state that each sequence starts from; nil: the net's H0, or zero
	// Frozen names parameters that are kept as they are, as in "W" or "UV". H is H0.
	Frozen string
	// Progress, if not nil, is called before each update and once at the end with
	// the number of updates done and the loss at that point.
	Progress func(step int, loss float64)
}

// Run trains the net in place and returns the losses, each the sum over all
// sequences: losses[k] is the loss after k updates, so that there is one more than
// there were updates.
//
// When the context is cancelled, Run returns the losses until then, with the net as
// the last whole update left it, and the context's error. It returns an error that
// names the sequence for what Forward refuses, and one that names the step when loss
// or gradient stop being finite; the net then has the parameters of that moment. It
// panics if Steps is negative, Rate or Clip negative or not finite, or K1 and K2 not
// as BackwardTruncated wants them.
func (tr Training) Run(ctx context.Context, net *RNN, seqs []Sequence) (losses []float64, err error) {
	steps, rate := tr.Steps, rateOr("Training", tr.Rate, 0.1)
	if steps == 0 {
		steps = 1000
	}
	if steps < 0 || tr.Clip < 0 || math.IsNaN(tr.Clip) {
		panic(fmt.Sprintf("rnnkit: Training: %d steps, gradients clipped at %v: neither must be negative", steps, tr.Clip))
	}
	if len(seqs) == 0 {
		return nil, fmt.Errorf("rnnkit: nothing to train on: there is no sequence")
	}
	longest := 1
	for _, s := range seqs {
		longest = max(longest, s.Len())
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
		tr.freeze(gradient)
		if norm := gradient.Norm(); math.IsNaN(norm) || math.IsInf(norm, 0) {
			return losses, fmt.Errorf("rnnkit: the gradient is %v at step %d: a smaller learning rate than %v may help", norm, step, rate)
		}
		if tr.Clip > 0 {
			gradient.Clip(tr.Clip)
		}
		if tr.Optimizer != nil {
			tr.Optimizer.Step(net, gradient)
		} else {
			net.Descend(gradient, rate)
		}
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
		if tr.K1 == 0 && tr.K2 == 0 {
			pass.Backward(gradient, net)
		} else {
			pass.BackwardTruncated(gradient, net, tr.K1, tr.K2)
		}
		loss += pass.Loss
	}
	return loss, nil
}

// freeze drops the gradient of the parameters that are to stay.
func (tr Training) freeze(g *Gradient) {
	all := g.flat()
	places := map[rune][]int{'U': {0}, 'W': {1}, 'V': {2}, 'B': {3, 5}, 'C': {4}, 'H': {6}}
	for _, name := range tr.Frozen {
		if places[name] == nil {
			panic(fmt.Sprintf("rnnkit: Training: Frozen is %q: only U, W, V, B, C and H can be named", tr.Frozen))
		}
		for _, p := range places[name] {
			clear(all[p])
		}
	}
}
