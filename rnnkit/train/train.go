package train

import (
	"context"
	"fmt"
	"math"
	"strings"

	"rnn101/rnnkit"
	"rnn101/rnnkit/internal/option"
)

// Training is full-batch gradient descent: each step runs all sequences, adds up their
// gradients and updates the net once.
type Training struct {
	Steps int     // updates; 0: 1000
	Rate  float64 // learning rate η of plain gradient descent; 0: 0.1
	// Optimizer, if not nil, takes the steps instead, with its own learning rate.
	Optimizer Optimizer
	Clip      float64   // the largest norm of the gradient; 0: no limit
	K1, K2    int       // the arguments of BackwardTruncated; both 0: no truncation
	H0        []float64 // the initial state of each sequence; nil: the net's H0, or zero
	// Frozen names the parameters that stay fixed, as in "W" or "UV". B stands for B
	// and BW, H for H0.
	Frozen string
	// Progress, if not nil, is called before each update and once at the end with the
	// number of updates so far and the loss.
	Progress func(step int, loss float64)
}

// Run trains the net in place and returns the losses, each the sum over all
// sequences: losses[k] is the loss after k updates, so that there is one loss more than
// there are updates.
//
// If the context is cancelled, Run returns the losses so far and the context's error,
// and the net is that of the last update. It returns an error that names the step, and
// the sequence where Forward returns an error, or that the gradient is not finite; the
// net then has the parameters of that step. It panics if Steps or Clip is negative, if
// Clip is NaN, if Rate is negative or not finite, for an unknown letter in Frozen, and
// where BackwardTruncated does.
func (tr Training) Run(ctx context.Context, net *rnnkit.RNN, seqs []rnnkit.Sequence) (losses []float64, err error) {
	steps, rate := tr.Steps, option.LearningRate("train: Training", tr.Rate, 0.1)
	if steps == 0 {
		steps = 1000
	}
	if steps < 0 || tr.Clip < 0 || math.IsNaN(tr.Clip) {
		panic(fmt.Sprintf("train: Training: Steps is %d and Clip is %v: neither may be negative", steps, tr.Clip))
	}
	if len(seqs) == 0 {
		return nil, fmt.Errorf("train: no sequence to train on")
	}
	longest := 1
	for _, s := range seqs {
		longest = max(longest, s.Len())
	}
	frozen := tr.frozen()
	pass, gradient := rnnkit.NewPass(net, longest), rnnkit.NewGradient(net)
	losses = make([]float64, 0, steps+1)
	for step := 0; ; step++ {
		loss, err := tr.sum(pass, gradient, net, seqs)
		if err != nil {
			return losses, fmt.Errorf("train: step %d: %w", step, err)
		}
		losses = append(losses, loss)
		if tr.Progress != nil {
			tr.Progress(step, loss)
		}
		if step == steps {
			return losses, nil
		}
		if err := ctx.Err(); err != nil {
			return losses, fmt.Errorf("train: stopped after %d of %d steps: %w", step, steps, err)
		}
		for _, p := range net.Parameters(gradient) {
			if frozen[p.Name] {
				clear(p.Grad)
			}
		}
		if norm := gradient.Norm(); math.IsNaN(norm) || math.IsInf(norm, 0) {
			return losses, fmt.Errorf("train: step %d: the norm of the gradient is %v: a learning rate below %v may help", step, norm, rate)
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

// sum sets gradient to the sum over all sequences and returns the sum of their losses.
func (tr Training) sum(pass *rnnkit.Pass, gradient *rnnkit.Gradient, net *rnnkit.RNN, seqs []rnnkit.Sequence) (float64, error) {
	gradient.ZeroFor(seqs)
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

// frozen returns the names of the frozen parameters.
func (tr Training) frozen() map[string]bool {
	if unknown := strings.Trim(tr.Frozen, "UWVBCH"); unknown != "" {
		panic(fmt.Sprintf("train: Training: Frozen is %q: only U, W, V, B, C and H can be named", tr.Frozen))
	}
	names := map[string]bool{}
	for _, letter := range tr.Frozen {
		switch letter {
		case 'B':
			names["B"], names["BW"] = true, true
		case 'H':
			names["H0"] = true
		default:
			names[string(letter)] = true
		}
	}
	return names
}
