package main

import (
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit/internal/kernel"
)

// rates are the measured rates of the machine and of the kernels of a pass.
type rates struct {
	Peak      float64            `json:"peak"`      // Gflop/s of one core, without memory; 0: not known
	Bandwidth float64            `json:"bandwidth"` // GB/s at which one core reads a matrix of this size
	Kernels   map[string]float64 `json:"kernels"`   // Gflop/s
	Roof      map[string]float64 `json:"roof"`      // attainable Gflop/s by peak and bandwidth
}

// roofline measures one core (Williams, Waterman and Patterson 2009). The roof of a kernel is
// the lower of the peak and the bandwidth times the kernel's operations for each byte of the
// H×H matrix that it reads or writes.
func roofline(hidden, steps int, seconds float64) rates {
	H, square := hidden, 2*float64(hidden)*float64(hidden)
	numbers := func(n int) []float64 {
		v := make([]float64, n)
		for i := range v {
			v[i] = float64(i%7) / 7e9 // sums of many runs stay small
		}
		return v
	}
	matrix := func(rows, cols int) blas64.General {
		return blas64.General{Rows: rows, Cols: cols, Stride: cols, Data: numbers(rows * cols)}
	}
	W, x, y := mat.NewDense(H, H, numbers(H*H)), numbers(H), numbers(H)
	states, deltas := matrix(steps, H), matrix(steps, H)
	const side = 32 // sequences side by side
	h, sums := matrix(side, H), matrix(side, H)
	var factor, outer kernel.Factor
	factor.PackTransposed(W.RawMatrix())
	outer.Pack(states)

	rate := func(amount float64, step func()) float64 {
		microseconds, _ := median(step, seconds/7)
		return amount / microseconds / 1e3
	}
	c := rates{Kernels: map[string]float64{}, Roof: map[string]float64{}}
	const loops = 100_000
	if operations := kernel.Peak(loops); operations > 0 {
		c.Peak = rate(float64(operations), func() { kernel.Peak(loops) })
		c.Bandwidth = rate(8*float64(H*H), func() { kernel.Read(W.RawMatrix().Data) })
	}
	for _, k := range []struct {
		name         string
		operations   float64
		flopsPerByte float64
		run          func()
	}{
		{"W h", square, 2.0 / 8, func() { kernel.AddProduct(y, W, x, false) }},
		{"Wᵀ δ", square, 2.0 / 8, func() { kernel.AddTransposed(y, W, x, false) }},
		{"Σ δ hᵀ", square * float64(steps), 2 * float64(steps) / 16, func() { outer.AddTransposedProduct(W.RawMatrix(), deltas) }},
		{"W H", square * side, 2.0 * side / 8, func() { factor.AddProduct(sums, h, false) }},
	} {
		c.Kernels[k.name] = rate(k.operations, k.run)
		if c.Peak > 0 {
			c.Roof[k.name] = min(c.Peak, c.Bandwidth*k.flopsPerByte)
		}
	}
	return c
}
