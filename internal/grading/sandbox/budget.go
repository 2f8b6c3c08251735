package sandbox

import (
	"fmt"
	"math"
	"sync"
	"time"
)

// A Budget is the processor time that grading one student may take in all: of this process, of
// the compiler and of the workers. Nil is one without a limit.
type Budget struct {
	limit time.Duration
	begin time.Duration // processor time of this process at the beginning

	mu       sync.Mutex
	spent    time.Duration // by processes that have ended, and by workers so far
	timeouts int           // calls that have used up their time
	refused  bool          // something was not done because nothing was left
}

// NewBudget returns a budget of which some is used. It counts the processor time of this process
// from now on.
func NewBudget(limit, used time.Duration) *Budget {
	begin, _ := processorTime()
	return &Budget{limit: limit, begin: begin, spent: used}
}

// Used returns the processor time used so far.
func (b *Budget) Used() time.Duration {
	now, _ := processorTime()
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.spent + now - b.begin
}

// Left returns the processor time that is left. It may be negative.
func (b *Budget) Left() time.Duration {
	if b == nil {
		return math.MaxInt64
	}
	return b.limit - b.Used()
}

// Refused reports whether a compilation or a call was not made, or was ended early, because
// nothing was left.
func (b *Budget) Refused() bool {
	if b == nil {
		return false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.refused
}

func (b *Budget) spend(time time.Duration) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.spent += time
}

// refuse reports whether nothing is left, and remembers it.
func (b *Budget) refuse() bool {
	if b.Left() > 0 {
		return false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refused = true
	return true
}

// shortestCall is the least time that a call has.
const shortestCall = 250 * time.Millisecond

// callTime returns the limit for a call. Each call that does not end halves it for the next ones:
// else one function with an endless loop would take the time of all others. A right answer takes
// some milliseconds.
func (b *Budget) callTime(limit time.Duration) time.Duration {
	if b == nil {
		return limit
	}
	b.mu.Lock()
	timeouts := b.timeouts
	b.mu.Unlock()
	for range min(timeouts, 16) {
		limit = max(limit/2, min(limit, shortestCall))
	}
	return min(limit, max(b.Left(), time.Millisecond))
}

func (b *Budget) timedOut() {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.timeouts++
}

// usedUp is the error for a compilation that nothing is left for.
func (b *Budget) usedUp() error {
	return &Rejected{fmt.Sprintf("the %v of processor time for one student are used up", b.limit)}
}
