//go:build unix && !js

package kernel

import (
	"math/rand/v2"
	"os"
	"syscall"
	"testing"
	"unsafe"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
)

// guarded is memory between two pages that must not be touched: to read or write beyond
// either end ends the test with a fault.
type guarded struct{ page []byte }

func newGuarded(t *testing.T, numbers int) guarded {
	t.Helper()
	size := os.Getpagesize()
	pages := (8*numbers + size - 1) / size * size
	all, err := syscall.Mmap(-1, 0, pages+2*size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal("mmap: ", err)
	}
	t.Cleanup(func() {
		if err := syscall.Munmap(all); err != nil {
			t.Error("munmap: ", err)
		}
	})
	for _, guard := range [][]byte{all[:size], all[size+pages:]} {
		if err := syscall.Mprotect(guard, syscall.PROT_NONE); err != nil {
			t.Fatal("mprotect: ", err)
		}
	}
	return guarded{all[size : size+pages]}
}

// numbers returns n numbers at one end of the memory.
func (g guarded) numbers(n int, atEnd bool) []float64 {
	all := unsafe.Slice((*float64)(unsafe.Pointer(&g.page[0])), len(g.page)/8)
	if atEnd {
		return all[len(all)-n:]
	}
	return all[:n:n]
}

func (g guarded) matrix(r *rand.Rand, rows, cols int) blas64.General {
	m := blas64.General{Rows: rows, Cols: cols, Stride: cols, Data: g.numbers(rows*cols, r.IntN(2) == 0)}
	for i := range m.Data {
		m.Data[i] = r.NormFloat64()
	}
	return m
}

func TestNothingBeyondTheEndsIsTouched(t *testing.T) {
	const longest = 160
	a, b, c, d := newGuarded(t, longest*longest), newGuarded(t, longest*longest), newGuarded(t, longest*longest), newGuarded(t, longest)
	atEachLevel(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(7, 8))
		var factor Factor
		for range 2000 {
			rows, n, cols := 1+r.IntN(40), 1+r.IntN(40), 1+r.IntN(40)
			if r.IntN(10) == 0 {
				rows, n, cols = 1+r.IntN(longest), 1+r.IntN(longest), 1+r.IntN(longest)
			}
			A := a.matrix(r, rows, n)
			M := mat.NewDense(rows, n, nil)
			M.SetRawMatrix(A)
			AddProduct(c.matrix(r, 1, rows).Data, M, d.matrix(r, 1, n).Data, r.IntN(2) == 0)
			AddTransposed(c.matrix(r, 1, n).Data, M, d.matrix(r, 1, rows).Data, r.IntN(2) == 0)

			factor.Pack(b.matrix(r, n, cols))
			factor.AddProduct(c.matrix(r, rows, cols), A, r.IntN(2) == 0)
			factor.PackTransposed(b.matrix(r, cols, n))
			factor.AddProduct(c.matrix(r, rows, cols), A, r.IntN(2) == 0)
			factor.Pack(b.matrix(r, rows, cols))
			factor.AddTransposedProduct(c.matrix(r, n, cols), A)

			x := d.matrix(r, 1, n).Data
			y := c.matrix(r, 1, n).Data
			Tanh(y, x)
			Sigmoid(y, x)
			Exp(y, x)
			Add(y, x)
			Sum(x)
			Finite(x)
		}
	})
}
