package engine

import (
	"strconv"
	"strings"
	"sync"
)

// Table describes a group of numbers: a scalar, a vector or more.
type Table struct {
	Name  string
	Dims  []int
	Timed bool // its first index is a time, from 0, before the first step, to T
}

// Layout returns the tables of a sequence of T steps, in the order in which Numbers holds them.
//
//	U W V eta       the parameters and the learning rate
//	x target        the one-hot vectors of the words and the targets
//	a h o y L       a_t, h_t, o_t, ŷ_t, L_t; L.0 is the loss
//	exp sum         exp(o_t) and its sum
//	d               ŷ_t − y_t
//	slope           1 − h_t²
//	vt wt           Vᵀ(ŷ_t − y_t) and Wᵀ δ_{t+1}
//	de              δ_t
//	e               e.t.k is ∂L_t/∂a_k
//	cW cU           cW.t.k is ∂L_t/∂W⁽ᵏ⁾, the cells of the table of paths
//	kW kU           its sums by columns
//	dU dW dV        the gradients
//	fU fW fV        the gradients by finite differences
//	nU nW nV nL     the parameters after one update, and their loss
func Layout(T int) []Table {
	X, H, Y := Inputs, Hidden, Outputs
	fixed := func(name string, dims ...int) Table { return Table{name, dims, false} }
	timed := func(name string, dims ...int) Table { return Table{name, append([]int{T + 1}, dims...), true} }
	return []Table{
		fixed("U", H, X), fixed("W", H, H), fixed("V", Y, H), fixed("eta"),
		timed("x", X), timed("target", Y),
		timed("a", H), timed("h", H), timed("o", Y), timed("y", Y), timed("L"),
		timed("exp", Y), timed("sum"), timed("d", Y),
		timed("slope", H), timed("vt", H), timed("wt", H), timed("de", H),
		timed("e", T+1, H), timed("cW", T+1, H, H), timed("cU", T+1, H, X),
		timed("kW", H, H), timed("kU", H, X),
		fixed("dU", H, X), fixed("dW", H, H), fixed("dV", Y, H),
		fixed("fU", H, X), fixed("fW", H, H), fixed("fV", Y, H),
		fixed("nU", H, X), fixed("nW", H, H), fixed("nV", Y, H), fixed("nL"),
	}
}

// Numbers holds all numbers of a net that has run.
type Numbers struct {
	T     int
	State State
	Data  []float64 // the tables of Layout, one after the other, each by row

	layout *layout
}

// layout is where Numbers has its tables.
type layout struct {
	places map[string]placed
	size   int
}

// placed is a table and the place of its first number.
type placed struct {
	Table
	start int
}

// layouts has the layout of each number of steps that was computed: an edit on the page computes the same again.
var layouts sync.Map

// maxDims is the most dimensions that a table has.
const maxDims = 4

func newNumbers(s State) *Numbers {
	T := len(s.Words)
	known, ok := layouts.Load(T)
	if !ok {
		l := &layout{places: map[string]placed{}}
		for _, table := range Layout(T) {
			l.places[table.Name] = placed{table, l.size}
			l.size += table.size()
		}
		known, _ = layouts.LoadOrStore(T, l)
	}
	l := known.(*layout)
	return &Numbers{T: T, State: s, Data: make([]float64, l.size), layout: l}
}

func (t Table) size() int {
	size := 1
	for _, d := range t.Dims {
		size *= d
	}
	return size
}

// index returns the place of a number in Data, or −1 if there is none.
func (n *Numbers) index(name string, at ...int) int {
	table, ok := n.layout.places[name]
	if !ok || len(at) != len(table.Dims) {
		return -1
	}
	index := 0
	for d, i := range at {
		if i < 0 || i >= table.Dims[d] {
			return -1
		}
		index = index*table.Dims[d] + i
	}
	return table.start + index
}

// At returns the number of a table with the given indices. It panics if there is none.
func (n *Numbers) At(name string, at ...int) float64 { return n.Data[n.index(name, at...)] }

// set copies a vector or the rows of a matrix to the place that begins at the given indices.
func (n *Numbers) set(name string, values []float64, at ...int) {
	var first [maxDims]int
	copy(first[:], at)
	copy(n.Data[n.index(name, first[:len(n.layout.places[name].Dims)]...):], values)
}

// Table returns the table with a name.
func (n *Numbers) Table(name string) Table { return n.layout.places[name].Table }

// Parse splits an id such as h.1.0 into the name of a table and indices.
func Parse(id string) (name string, at []int, ok bool) {
	name, rest, more := strings.Cut(id, ".")
	for more {
		var part string
		part, rest, more = strings.Cut(rest, ".")
		i, err := strconv.Atoi(part)
		if err != nil {
			return "", nil, false
		}
		at = append(at, i)
	}
	return name, at, true
}

// Value returns the number with an id: the name of its table and its indices, as in h.1.0.
func (n *Numbers) Value(id string) (value float64, ok bool) {
	name, at, ok := Parse(id)
	if !ok {
		return 0, false
	}
	index := n.index(name, at...)
	if index < 0 {
		return 0, false
	}
	return n.Data[index], true
}
