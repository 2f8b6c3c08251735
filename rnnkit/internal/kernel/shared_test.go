package kernel

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"

	"gonum.org/v1/gonum/blas/blas64"
)

// sharedProducts are products with matrices of many shapes around the size from which they are
// shared, and what they give computed as a whole.
func sharedProducts() (products []product, want [][]float64) {
	r := rand.New(rand.NewPCG(1, 2))
	numbers := func(n int) []float64 {
		v := make([]float64, n)
		for i := range v {
			v[i] = r.NormFloat64()
		}
		return v
	}
	for _, shape := range [][2]int{{1, large}, {large, 1}, {2, large}, {400, 123}, {223, 222}, {700, 128}, {300, 191}, {300, 193}, {257, 513}, {1024, 256}} {
		rows, cols := shape[0], shape[1]
		stride := cols + 3
		m := blas64.General{Rows: rows, Cols: cols, Stride: stride, Data: numbers(rows * stride)}
		for _, transpose := range []bool{false, true} {
			for _, backwards := range []bool{false, true} {
				p := product{y: numbers(rows), x: numbers(cols), m: m, transpose: transpose, backwards: backwards}
				if transpose {
					p.y, p.x = p.x, p.y
				}
				whole := p
				whole.y = append([]float64{}, p.y...)
				whole.compute()
				products, want = append(products, p), append(want, whole.y)
			}
		}
	}
	return products, want
}

// name describes a product for messages.
func (p product) name() string {
	return fmt.Sprintf("%d×%d, transpose %v, backwards %v", p.m.Rows, p.m.Cols, p.transpose, p.backwards)
}

// mustBe fails the test unless y has the bits of want.
func mustBe(t *testing.T, name string, y, want []float64) {
	t.Helper()
	for i := range y {
		if y[i] != want[i] {
			t.Errorf("%s: entry %d is %v, computed as a whole it is %v", name, i, y[i], want[i])
			return
		}
	}
}

func TestASharedProductHasTheBitsOfTheWhole(t *testing.T) {
	products, want := sharedProducts()
	for i, p := range products {
		p.add()
		mustBe(t, p.name(), p.y, want[i])
	}
}

// The halves are those of the partner alone, and of share alone: whoever computes them, all is
// computed once.
func TestTheHalvesMakeTheWhole(t *testing.T) {
	products, want := sharedProducts()
	split := 0
	for i, p := range products {
		first, second := p.halves()
		if len(first.y) > 0 && len(second.y) > 0 {
			split++
		}
		second.compute()
		first.compute()
		mustBe(t, p.name(), p.y, want[i])
	}
	if split < len(products)/2 {
		t.Errorf("only %d of %d products were split", split, len(products))
	}
}

// Several passes at a time want the partner, which sleeps and wakes in between.
func TestManyShareThePartner(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	var group sync.WaitGroup
	for g := range 6 {
		group.Go(func() {
			for round := range 10 {
				products, want := sharedProducts()
				for i, p := range products {
					p.add()
					mustBe(t, p.name(), p.y, want[i])
				}
				time.Sleep(time.Duration(g*round) * 100 * time.Microsecond) // long enough for it to sleep
			}
		})
	}
	group.Wait()
}

// On one processor the partner does not run while share computes.
func TestNobodyWaitsForAPartnerThatDoesNotRun(t *testing.T) {
	TestASharedProductHasTheBitsOfTheWhole(t) // starts it
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	TestASharedProductHasTheBitsOfTheWhole(t)
}
