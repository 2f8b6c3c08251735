package rnnkit

import (
	"fmt"
	"sync"
)

// shards is the number of partial gradients of a batch. Sequence i is added to part
// i mod shards, and the parts are added up in order: the sum has the same bits
// whatever the number of goroutines.
const shards = 8

// Batch computes the gradient of several sequences at once, each on its own, by a
// fixed set of goroutines. Once it has run, running it again allocates nothing. It is
// not for use by several callers at the same time. Close ends its goroutines.
type Batch struct {
	parts [shards]part
	jobs  chan int
	done  sync.WaitGroup
	once  sync.Once

	net    *RNN
	states [][]float64
	seqs   []Sequence
}

type part struct {
	pass     *Pass
	gradient *Gradient
	loss     float64
	failed   int // the sequence
	err      error
}

// NewBatch returns storage for sequences of up to so many steps, eight passes and
// eight gradients, and starts the goroutines. It panics unless steps and goroutines
// are positive.
func NewBatch(net *RNN, steps, goroutines int) *Batch {
	if goroutines < 1 {
		panic(fmt.Sprintf("rnnkit: NewBatch: %d goroutines: at least 1 is needed", goroutines))
	}
	b := &Batch{jobs: make(chan int)}
	for i := range b.parts {
		b.parts[i].pass, b.parts[i].gradient = NewPass(net, steps), NewGradient(net)
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

// Close ends the goroutines. The batch cannot be used any more.
func (b *Batch) Close() { b.once.Do(func() { close(b.jobs) }) }

// Gradient adds the gradient of all sequences to dst and returns their loss, both
// summed. Sequence i starts from states[i], which is replaced by the state that it
// ends in, to be carried over; with states nil all start from the net's H0 or zero.
//
// It returns the error of the first sequence that Forward refuses, by its number from
// 1, and then leaves dst as it was; states may be changed. It panics if states and
// sequences differ in number, for what Forward panics for, and after Close.
func (b *Batch) Gradient(dst *Gradient, net *RNN, states [][]float64, seqs []Sequence) (loss float64, err error) {
	if len(seqs) == 0 {
		return 0, fmt.Errorf("rnnkit: the batch is empty")
	}
	if states != nil && len(states) != len(seqs) {
		panic(fmt.Sprintf("rnnkit: Batch: %d states for %d sequences", len(states), len(seqs)))
	}
	inputs, hidden, outputs := net.Dims()
	dst.fits(inputs, hidden, outputs, net)
	for i, state := range states { // here, and not in a goroutine, whose panic nobody can catch
		if len(state) != net.StateLen() {
			panic(fmt.Sprintf("rnnkit: Batch: state %d has length %d, the net's is %d long", i+1, len(state), net.StateLen()))
		}
	}
	for i, seq := range seqs {
		if room := len(b.parts[0].pass.whole.H) - 1; seq.Len() > room {
			panic(fmt.Sprintf("rnnkit: Batch: sequence %d has %d steps, the batch was made for %d", i+1, seq.Len(), room))
		}
	}
	b.parts[0].gradient.fits(inputs, hidden, outputs, net)

	b.net, b.states, b.seqs = net, states, seqs
	used := min(shards, len(seqs))
	b.done.Add(used)
	for i := range used {
		b.jobs <- i
	}
	b.done.Wait()

	first := len(seqs)
	for i := range used {
		if p := &b.parts[i]; p.err != nil && p.failed < first {
			first, err = p.failed, p.err
		}
	}
	if err != nil {
		return 0, fmt.Errorf("sequence %d: %w", first+1, err)
	}
	for i := range used {
		loss += b.parts[i].loss
		sum := dst.flat()
		for p, data := range b.parts[i].gradient.flat() {
			addSlice(sum[p], data)
		}
	}
	return loss, nil
}

// run works off part i.
func (b *Batch) run(i int) {
	p := &b.parts[i]
	p.gradient.Zero()
	p.loss, p.err = 0, nil
	for s := i; s < len(b.seqs); s += shards {
		var state []float64
		if b.states != nil {
			state = b.states[s]
		}
		if err := p.pass.Forward(b.net, state, b.seqs[s]); err != nil {
			p.failed, p.err = s, err
			return
		}
		p.pass.Backward(p.gradient, b.net)
		p.loss += p.pass.Loss
		copy(state, p.pass.Last())
	}
}
