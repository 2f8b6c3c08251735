package train

import (
	"fmt"
	"sync"
	"sync/atomic"

	"rnn101/rnnkit"
	"rnn101/rnnkit/internal/kernel"
)

// Batch computes the gradient of several sequences, side by side and on several goroutines.
// The sum has the same bits for any number of goroutines. It allocates nothing once it has
// run with as many and as long sequences. It is not safe for concurrent use. Close ends its
// goroutines.
type Batch struct {
	lock  lockstep
	steps int                // the longest sequence
	group int                // how many sequences run side by side
	rooms []kernel.Workspace // of each part

	dst   *rnnkit.Gradient
	sum   *rnnkit.Gradient // of the groups so far: dst, or own if there are several
	own   *rnnkit.Gradient
	sizes [rnnkit.NumParameters][2]int // of own

	phase    phase
	parts    atomic.Uint64 // how many parts the phase has, in the upper half, and how many were taken
	panicked atomic.Pointer[any]
	wake     chan struct{}
	done     sync.WaitGroup
	once     sync.Once
	closed   atomic.Bool
}

// phase is a piece of work that is done in parts, before the next begins.
type phase int

const (
	packing phase = iota
	passes
	summing
	finishing
)

const (
	// A group has 32 sequences, or as many as have this number of steps, but at least 8: the
	// memory of a group grows with its steps. Neither may depend on the goroutines, because
	// the order of the sums depends on both.
	groupSequences, groupSteps = 32, 32 << 10
)

// NewBatch returns storage for sequences of up to the given number of steps, which grows to
// that of up to 32 passes, and starts the goroutines. It panics unless steps and goroutines
// are positive.
func NewBatch(net *rnnkit.RNN, steps, goroutines int) *Batch {
	if goroutines < 1 || steps < 1 {
		panic(fmt.Sprintf("train: NewBatch: %d steps, %d goroutines: both must be positive", steps, goroutines))
	}
	net.Dims() // panics if the net is none
	b := &Batch{
		steps: steps, group: max(8, min(groupSequences, groupSteps/steps)),
		// A phase has as many parts as there are goroutines. With more a goroutine that comes
		// late would cost less, but each part reads all of W at each step, and packs all states:
		// with twice as many a batch of 32 takes a fifth longer.
		rooms: make([]kernel.Workspace, goroutines),
		wake:  make(chan struct{}, goroutines-1),
	}
	for range cap(b.wake) { // the caller of Gradient is one
		go func() {
			for range b.wake {
				b.work()
			}
		}()
	}
	return b
}

// Close ends the goroutines. The batch cannot be used afterwards.
func (b *Batch) Close() {
	b.once.Do(func() {
		b.closed.Store(true)
		close(b.wake)
	})
}

// Gradient adds the gradient of all sequences to dst and returns the sum of their
// losses. Sequence i starts from states[i], which Gradient replaces by the state after
// the last step; if states is nil, all start from the net's H0 or zero.
//
// It returns an error that names the first sequence that does not fit the net, or else the
// first for which Forward returns one, with its number from 1. Then dst is unchanged, but
// states may have changed. It panics if there are not as many states as sequences, where
// Forward does, and after Close.
func (b *Batch) Gradient(dst *rnnkit.Gradient, net *rnnkit.RNN, states [][]float64, seqs []rnnkit.Sequence) (loss float64, err error) {
	if len(seqs) == 0 {
		return 0, fmt.Errorf("train: the batch has no sequence")
	}
	if states != nil && len(states) != len(seqs) {
		panic(fmt.Sprintf("train: Batch: %d states for %d sequences", len(states), len(seqs)))
	}
	if b.closed.Load() {
		panic("train: Batch: Gradient after Close")
	}
	net.Parameters(dst) // panics if dst does not fit
	for i, state := range states {
		if len(state) != net.StateLen() {
			panic(fmt.Sprintf("train: Batch: state %d has length %d, that of the net %d", i+1, len(state), net.StateLen()))
		}
	}
	l := &b.lock
	l.use(net)
	for i, seq := range seqs {
		if seq.Len() > b.steps {
			panic(fmt.Sprintf("train: Batch: sequence %d has %d steps, the batch was made for %d", i+1, seq.Len(), b.steps))
		}
		if err := seq.Check(net); err != nil {
			return 0, fmt.Errorf("train: sequence %d: %w", i+1, err)
		}
	}
	l.take(seqs)
	b.do(packing, packs)

	b.dst, b.sum = dst, dst
	if len(seqs) > b.group { // an error in a later group must leave dst as it is
		b.sum = b.zeros(net)
	}
	for first := 0; first < len(seqs); first += b.group {
		last := min(first+b.group, len(seqs))
		var before [][]float64
		if states != nil {
			before = states[first:last]
		}
		l.begin(before, seqs[first:last])
		b.do(passes, len(b.rooms))
		if i, err := l.err(); err != nil {
			return 0, fmt.Errorf("train: sequence %d: %w", first+i+1, err)
		}
		b.do(summing, len(b.rooms))
		loss += l.end(before)
	}
	b.do(finishing, len(b.rooms))
	return loss, nil
}

// zeros returns a gradient of zeros for the net. That of U is zero only if some input is
// dense, otherwise it is not used.
func (b *Batch) zeros(net *rnnkit.RNN) *rnnkit.Gradient {
	var sizes [rnnkit.NumParameters][2]int
	for i, p := range net.Parameters(b.dst) {
		sizes[i] = [2]int{len(p.Data), len(p.Grad)}
	}
	if b.own == nil || b.sizes != sizes {
		b.own, b.sizes = rnnkit.NewGradient(net), sizes
	}
	for i, p := range net.Parameters(b.own) {
		if i > 0 || b.lock.dense {
			clear(p.Grad)
		}
	}
	return b.own
}

// do does a phase in so many parts.
func (b *Batch) do(p phase, parts int) {
	b.phase = p
	b.done.Add(parts)
	b.parts.Store(uint64(parts) << 32)
	for range cap(b.wake) {
		select {
		case b.wake <- struct{}{}:
		default: // a goroutine that has not yet woken up for the phase before
		}
	}
	b.work()
	b.done.Wait()
	if r := b.panicked.Swap(nil); r != nil {
		panic(*r)
	}
}

// work does the parts that nobody has taken.
func (b *Batch) work() {
	for {
		taken := b.parts.Add(1)
		part, parts := int(uint32(taken))-1, int(taken>>32)
		if part >= parts {
			return
		}
		b.part(part, parts)
	}
}

func (b *Batch) part(part, parts int) {
	// Nobody could recover from a panic in one of the goroutines, such as that of a cell from
	// elsewhere: do repeats it, where the caller can.
	defer b.done.Done()
	defer func() {
		if r := recover(); r != nil {
			first := r // r itself would be allocated without a panic, too
			b.panicked.CompareAndSwap(nil, &first)
		}
	}()
	l := &b.lock
	switch b.phase {
	case packing:
		l.pack(part)
	case passes:
		if from, to := share(l.n, part, parts); from < to {
			l.forward(from, to)
			l.backward(from, to)
		}
	case summing:
		l.gradient(b.sum, part, parts, &b.rooms[part])
	case finishing:
		sum := l.net.Parameters(b.sum)
		for i, p := range l.net.Parameters(b.dst) {
			from, to := share(p.Rows, part, parts)
			if columns := max(1, p.Cols); b.sum != b.dst && (i > 0 || l.dense) && len(p.Grad) > 0 {
				kernel.Add(p.Grad[from*columns:to*columns], sum[i].Grad[from*columns:to*columns])
			}
		}
		from, to := share(l.sums, part, parts)
		l.words.addTo(b.dst.U.RawMatrix(), from, to)
	}
}
