package train

import (
	"fmt"
	"sync"

	"rnn101/rnnkit"
	"rnn101/rnnkit/internal/kernel"
)

// shards is the number of partial gradients of a batch. Sequence i belongs to shard i
// mod shards, and the shards are added up in order: the sum has the same bits for any
// number of goroutines.
const shards = 8

// Batch computes the gradient of several sequences in parallel, each sequence in one of
// a fixed number of goroutines. It allocates nothing after the first run. It is not safe
// for concurrent use. Close ends its goroutines.
type Batch struct {
	shards [shards]shard
	steps  int // the longest sequence
	jobs   chan int
	done   sync.WaitGroup
	once   sync.Once

	net    *rnnkit.RNN
	states [][]float64
	seqs   []rnnkit.Sequence
}

type shard struct {
	pass     *rnnkit.Pass
	gradient *rnnkit.Gradient
	loss     float64
	failed   int // the sequence that err is about
	err      error
}

// NewBatch returns storage for sequences of up to the given number of steps, eight
// passes and eight gradients, and starts the goroutines. It panics unless steps and
// goroutines are positive.
func NewBatch(net *rnnkit.RNN, steps, goroutines int) *Batch {
	if goroutines < 1 {
		panic(fmt.Sprintf("train: NewBatch: %d goroutines: must be positive", goroutines))
	}
	b := &Batch{steps: steps, jobs: make(chan int)}
	for i := range b.shards {
		b.shards[i].pass, b.shards[i].gradient = rnnkit.NewPass(net, steps), rnnkit.NewGradient(net)
	}
	for range min(goroutines, shards) {
		go func() {
			for i := range b.jobs {
				b.run(i)
				b.done.Done()
			}
		}()
	}
	return b
}

// Close ends the goroutines. The batch cannot be used afterwards.
func (b *Batch) Close() { b.once.Do(func() { close(b.jobs) }) }

// Gradient adds the gradient of all sequences to dst and returns the sum of their
// losses. Sequence i starts from states[i], which Gradient replaces by the state after
// the last step; if states is nil, all start from the net's H0 or zero.
//
// It returns the error of the first sequence for which Forward returns one, with its
// number from 1. Then dst is unchanged, but states may have changed. It panics if there
// are not as many states as sequences, where Forward does, and after Close.
func (b *Batch) Gradient(dst *rnnkit.Gradient, net *rnnkit.RNN, states [][]float64, seqs []rnnkit.Sequence) (loss float64, err error) {
	if len(seqs) == 0 {
		return 0, fmt.Errorf("train: the batch has no sequence")
	}
	if states != nil && len(states) != len(seqs) {
		panic(fmt.Sprintf("train: Batch: %d states for %d sequences", len(states), len(seqs)))
	}
	// What panics does so here: nobody can recover from a panic in one of the goroutines.
	sum := net.Parameters(dst)
	net.Parameters(b.shards[0].gradient)
	for i, state := range states {
		if len(state) != net.StateLen() {
			panic(fmt.Sprintf("train: Batch: state %d has length %d, that of the net %d", i+1, len(state), net.StateLen()))
		}
	}
	for i, seq := range seqs {
		if seq.Len() > b.steps {
			panic(fmt.Sprintf("train: Batch: sequence %d has %d steps, the batch was made for %d", i+1, seq.Len(), b.steps))
		}
	}

	b.net, b.states, b.seqs = net, states, seqs
	used := min(shards, len(seqs))
	b.done.Add(used)
	for i := range used {
		b.jobs <- i
	}
	b.done.Wait()

	first := len(seqs)
	for i := range used {
		if s := &b.shards[i]; s.err != nil && s.failed < first {
			first, err = s.failed, s.err
		}
	}
	if err != nil {
		return 0, fmt.Errorf("train: sequence %d: %w", first+1, err)
	}
	for i := range used {
		loss += b.shards[i].loss
		for k, p := range net.Parameters(b.shards[i].gradient) {
			kernel.Add(sum[k].Grad, p.Grad)
		}
	}
	return loss, nil
}

// run runs the sequences of shard i.
func (b *Batch) run(i int) {
	s := &b.shards[i]
	s.gradient.Zero()
	s.loss, s.err = 0, nil
	for k := i; k < len(b.seqs); k += shards {
		var state []float64
		if b.states != nil {
			state = b.states[k]
		}
		if err := s.pass.Forward(b.net, state, b.seqs[k]); err != nil {
			s.failed, s.err = k, err
			return
		}
		s.pass.Backward(s.gradient, b.net)
		s.loss += s.pass.Loss
		copy(state, s.pass.Last())
	}
}
