package kernel

import (
	"runtime"
	"sync"
	"sync/atomic"

	"gonum.org/v1/gonum/blas/blas64"
)

// A large matrix times a vector takes as long as reading the matrix. Two processors read it
// faster, each its half, and each half stays in the cache of its processor from one step to
// the next. The halves depend on the shapes alone, so the results do not depend on who
// computes them.

// large is the number of entries from which a matrix is shared. Half of it is more than near, so
// that the order of additions is that of the whole.
const large = 48 << 10

// heldColumns is the largest number of columns whose sums AVX-512 holds in registers.
const heldColumns = 128

// A product is to be added to y: that of m, or its transpose, and x.
type product struct {
	y, x                 []float64
	m                    blas64.General
	transpose, backwards bool
}

// add adds the product to y, with the partner's help if the matrix is large.
func (p product) add() {
	if p.m.Rows*p.m.Cols >= large {
		if first, second := p.halves(); len(first.y) > 0 && len(second.y) > 0 && partner.busy.TryLock() {
			partner.share(&first, &second)
			partner.busy.Unlock()
			return
		}
	}
	p.compute()
}

// halves splits the product: by rows, or by columns if the matrix is transposed, so that no sum
// is split.
func (p product) halves() (first, second product) {
	first, second = p, p
	n := len(p.y) / 2
	if p.transpose {
		n = (n + heldColumns/2) / heldColumns * heldColumns
		first.m, second.m = Columns(p.m, 0, n), Columns(p.m, n, p.m.Cols)
	} else {
		first.m, second.m = Cut(p.m, 0, n), Cut(p.m, n, p.m.Rows)
	}
	first.y, second.y = p.y[:n], p.y[n:]
	return first, second
}

// The states of the product that the partner is given.
const (
	none   = iota
	given  // nobody computes it yet
	begun  // the partner computes it
	ending // the partner has computed it
)

// partner is a goroutine that computes the second half of a product. It looks out for the next
// product in a loop, since a pass has one every few microseconds, and sleeps if none comes.
var partner helper

type helper struct {
	busy    sync.Mutex // held by whoever shares a product with the partner
	started bool
	work    product
	state   atomic.Uint32
	asleep  atomic.Bool
	wake    chan struct{} // has room for one, so that nobody waits to send
}

// share computes two products, the second on the partner. If the partner has not begun it
// when the first is computed, share computes both: it never waits for a goroutine that does
// not run.
func (h *helper) share(first, second *product) {
	if !h.started {
		if runtime.GOMAXPROCS(0) < 2 {
			first.compute()
			second.compute()
			return
		}
		h.started, h.wake = true, make(chan struct{}, 1)
		go h.help()
	}
	h.work = *second
	h.state.Store(given)
	if h.asleep.CompareAndSwap(true, false) {
		h.wake <- struct{}{}
	}
	first.compute()
	if h.state.CompareAndSwap(given, none) {
		second.compute()
	} else {
		for i := 1; h.state.Load() != ending; i++ {
			if i%looks == 0 {
				runtime.Gosched() // the partner may have lost its processor
			}
		}
		h.state.Store(none)
	}
	h.work = product{} // it would keep a net in memory that nobody else has
}

// looks is how many times in a row the partner looks for a product before it sleeps: some ten
// microseconds.
const looks = 1 << 14

// help computes what share gives, for ever.
func (h *helper) help() {
	for {
		for i := 0; i < looks; i++ {
			if h.state.Load() == given && h.state.CompareAndSwap(given, begun) {
				h.work.compute()
				h.state.Store(ending)
				i = 0
			}
		}
		h.asleep.Store(true)
		if h.state.Load() == given && h.asleep.CompareAndSwap(true, false) {
			continue // it came in between
		}
		<-h.wake
	}
}
