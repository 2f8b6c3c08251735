package explain

import (
	"math"
	"slices"
	"testing"

	"rnn101/internal/site/net/engine"
	"rnn101/internal/site/net/engine/enginetest"
)

// The formula that the page shows, evaluated, is the number, and the bars sum to it.
func TestEveryNumberIsMadeOfWhatIsShown(t *testing.T) {
	counts := map[string]int{}
	near := func(a, b float64) bool { return math.Abs(a-b) <= 1e-12*math.Max(1, math.Max(math.Abs(a), math.Abs(b))) }
	for i, s := range enginetest.Random(200) {
		if len(s.Words) > 4 {
			continue
		}
		if i/4%2 == 1 { // every other group of four, one of each length
			s.Mistakes = engine.Mistakes(i / 8 % 16)
		}
		n := compute(t, s)
		for _, table := range engine.Layout(n.T) {
			for at := range size(table) {
				id := place(table, at)
				x, ok := Of(n, id)
				if !ok {
					continue
				}
				counts[table.Name]++
				want, _ := n.Value(id)
				for _, line := range x.Lines {
					if got := Evaluate(n, line); !near(got, want) {
						t.Errorf("net %d, mistakes %04b: the formula of %s gives %v, the number is %v", i, s.Mistakes, id, got, want)
					}
				}
				if len(x.Terms) > 0 {
					total := 0.0
					for _, term := range x.Terms {
						total += term.Value
					}
					if want, _ := n.Value(x.Total); !near(total, want) {
						t.Errorf("net %d, mistakes %04b: the terms of %s sum to %v, want %v", i, s.Mistakes, id, total, want)
					}
				}
				if !x.Given && len(x.Lines) == 0 && table.Name != "x" {
					t.Errorf("%s is made of nothing", id)
				}
				for _, other := range slices.Concat(x.Parents, x.Into) {
					if i > 136 {
						break // each mistake has been seen with each length
					}
					if _, ok := Of(n, other); !ok {
						t.Errorf("%s refers to %s, which cannot be asked", id, other)
					}
				}
			}
		}
	}
	for _, table := range engine.Layout(1) {
		if known := explanations[table.Name] != nil; known != (counts[table.Name] > 0) {
			t.Errorf("the table %s was explained %d times", table.Name, counts[table.Name])
		}
	}
}

// place returns the id of the number at a place of a table.
func place(table engine.Table, at int) string {
	indices := make([]int, len(table.Dims))
	for d := len(indices) - 1; d >= 0; d-- {
		indices[d] = at % table.Dims[d]
		at /= table.Dims[d]
	}
	return id(table.Name, indices...)
}

func size(table engine.Table) int {
	size := 1
	for _, d := range table.Dims {
		size *= d
	}
	return size
}

func compute(t *testing.T, s engine.State) *engine.Numbers {
	t.Helper()
	n, err := engine.Compute(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
