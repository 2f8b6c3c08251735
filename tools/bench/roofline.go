package main

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
)

// rates are the measured rates of the machine and of the three kernels of a pass.
type rates struct {
	Peak      float64            `json:"peak"`      // Gflop/s of one core, with a matrix in the L1 cache
	Bandwidth float64            `json:"bandwidth"` // GB/s of one core, for a copy of the size of the matrix
	Kernels   map[string]float64 `json:"kernels"`   // Gflop/s
	Roof      map[string]float64 `json:"roof"`      // attainable Gflop/s by peak and bandwidth
}

// roofline measures one core. The roof of a kernel is the lower of the peak and the
// bandwidth, for the size of the H×H matrix, times the kernel's flops per byte of that
// matrix that it reads or writes.
func roofline(hidden, steps int, seconds float64) rates {
	seconds /= 5
	vector := func(n int) blas64.Vector {
		v := blas64.Vector{N: n, Inc: 1, Data: make([]float64, n)}
		for i := range v.Data {
			v.Data[i] = float64(i%7) / 7
		}
		return v
	}
	rate := func(flops float64, step func()) float64 {
		microseconds, _ := median(step, seconds)
		return flops / microseconds / 1e3
	}
	c := rates{Kernels: map[string]float64{}, Roof: map[string]float64{}}
	const small = 40 // 40×40 numbers are 13 kB
	tiny, left, right := blas64.General{Rows: small, Cols: small, Stride: small, Data: vector(small * small).Data}, vector(small), vector(small)
	c.Peak = rate(100*2*small*small, func() {
		for range 100 {
			blas64.Gemv(blas.NoTrans, 1e-9, tiny, left, 1, right)
		}
	})
	from, to := vector(hidden*hidden).Data, vector(hidden*hidden).Data
	c.Bandwidth = rate(16*float64(len(from)), func() { copy(to, from) }) // 8 bytes read, 8 written

	H := hidden
	m := blas64.General{Rows: H, Cols: H, Stride: H, Data: vector(H * H).Data}
	x, y := vector(H), vector(H)
	deltas := blas64.General{Rows: steps, Cols: H, Stride: H, Data: vector(steps * H).Data}
	states := blas64.General{Rows: steps, Cols: H, Stride: H, Data: vector(steps * H).Data}
	square := 2 * float64(H) * float64(H)
	c.Kernels["W h"] = rate(square, func() { blas64.Gemv(blas.NoTrans, 1e-9, m, x, 1, y) })
	c.Kernels["Wᵀ δ"] = rate(square, func() { blas64.Gemv(blas.Trans, 1e-9, m, x, 1, y) })
	c.Kernels["Σ δ hᵀ"] = rate(square*float64(steps), func() {
		for i := range H {
			column := blas64.Vector{N: steps, Data: deltas.Data[i:], Inc: H}
			blas64.Gemv(blas.Trans, 1e-9, states, column, 1, blas64.Vector{N: H, Inc: 1, Data: m.Data[i*H : (i+1)*H]})
		}
	})
	for kernel, flopsPerByte := range map[string]float64{"W h": 2.0 / 8, "Wᵀ δ": 2.0 / 8, "Σ δ hᵀ": 2 * float64(steps) / 16} {
		c.Roof[kernel] = min(c.Peak, c.Bandwidth*flopsPerByte)
	}
	return c
}
