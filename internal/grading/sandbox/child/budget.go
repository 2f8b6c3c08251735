package child

import (
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
	begin, _ := ProcessorTime()
	return &Budget{limit: limit, begin: begin, spent: used}
}

// Limit returns what the budget is in all.
func (b *Budget) Limit() time.Duration { return b.limit }

// Used returns the processor time used so far.
func (b *Budget) Used() time.Duration {
	now, _ := ProcessorTime()
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

// Spend counts processor time of another process.
func (b *Budget) Spend(time time.Duration) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.spent += time
}

// Refuse reports whether nothing is left. Refused remembers it.
func (b *Budget) Refuse() bool {
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

// CallTime returns the limit for a call. Each call that does not end halves it for the next ones:
// else one function with an endless loop would take the time of all others. A right answer takes
// some milliseconds.
func (b *Budget) CallTime(limit time.Duration) time.Duration {
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

// TimedOut counts a call that has used up its time.
func (b *Budget) TimedOut() {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.timeouts++
}
