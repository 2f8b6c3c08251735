package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
)

// What the assembly computes is written down here once more with math.FMA: every number
// has to have the same bits at AVX2 and AVX512. At Portable gonum adds up in another order.

// lengths are those around the sizes of vectors, groups, tiles, blocks and the near cache.
var lengths = []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 15, 16, 17, 23, 24, 25, 31, 32, 33, 40, 47, 48, 49, 63, 64, 65, 71, 100, 127, 128, 129, 136, 137, 255, 256, 257, 300}

// fma is math.FMA where the kernels round like it. At Portable, on a processor without the
// instruction, that would be very slow, and no nearer to the truth.
func fma(x, y, z float64) float64 {
	if level == Portable {
		return x*y + z
	}
	return math.FMA(x, y, z)
}

// orderedDot returns y + Σ a_k x_k as dots adds it up: in so many times eight sums.
func orderedDot(y float64, a, x []float64, eights int) float64 {
	sums := make([]float64, 8*eights)
	for k := range a {
		sums[k%len(sums)] = fma(a[k], x[k], sums[k%len(sums)])
	}
	for ; eights > 1; eights /= 2 {
		for k := range 4 * eights {
			sums[k] += sums[k+4*eights]
		}
	}
	for k := range 4 {
		sums[k] += sums[k+4]
	}
	return y + ((sums[0] + sums[1]) + (sums[2] + sums[3]))
}

func orderedProduct(y []float64, m blas64.General, x []float64) {
	eights := 1
	if m.Rows*m.Cols > 12288 {
		eights = 4
	}
	for i := range y {
		y[i] = orderedDot(y[i], m.Data[i*m.Stride:i*m.Stride+m.Cols], x, eights)
	}
}

func orderedTransposed(y []float64, m blas64.General, x []float64, backwards bool) {
	for i := range x {
		if backwards {
			i = len(x) - 1 - i
		}
		for j := range y {
			y[j] = fma(m.Data[i*m.Stride+j], x[i], y[j])
		}
	}
}

// orderedMatrices adds to C the sums over k of a(i, k) b(k, j), a block of 256 after the
// other.
func orderedMatrices(C blas64.General, n int, a, b func(i, k int) float64) {
	for from := 0; from < n; from += 256 {
		for i := range C.Rows {
			for j := range C.Cols {
				sum := 0.0
				for k := from; k < min(from+256, n); k++ {
					sum = fma(a(i, k), b(k, j), sum)
				}
				C.Data[i*C.Stride+j] += sum
			}
		}
	}
}

// random returns a matrix that is cut out of a larger one, which is NaN elsewhere.
func random(r *rand.Rand, rows, cols int) blas64.General {
	stride := cols + r.IntN(4)
	all := make([]float64, rows*stride+16)
	for i := range all {
		all[i] = math.NaN()
	}
	begin := r.IntN(8) // so that every alignment occurs
	m := blas64.General{Rows: rows, Cols: cols, Stride: stride, Data: all[begin : begin+max(0, (rows-1)*stride+cols)]}
	for i := range rows {
		for j := range cols {
			m.Data[i*stride+j] = r.NormFloat64()
		}
	}
	return m
}

// strange replaces some numbers by NaN, infinities, zeros and denormals.
func strange(r *rand.Rand, m blas64.General) blas64.General {
	special := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1), 5e-324, -1e-310, math.MaxFloat64}
	for i := range m.Rows {
		for j := range m.Cols {
			if r.IntN(20) == 0 {
				m.Data[i*m.Stride+j] = special[r.IntN(len(special))]
			}
		}
	}
	return m
}

func clone(m blas64.General) blas64.General {
	m.Data = append([]float64(nil), m.Data...)
	return m
}

// same fails the test unless the numbers have the same bits or, at Portable, are near. What
// is NaN has to stay NaN: so does what lies between the rows of a matrix.
func same(t *testing.T, what string, got, want []float64) {
	t.Helper()
	for i := range want {
		if math.IsNaN(want[i]) && math.IsNaN(got[i]) || got[i] == want[i] {
			continue
		}
		if level == Portable && math.Abs(got[i]-want[i]) <= 1e-12*max(1, math.Abs(want[i])) {
			continue
		}
		t.Errorf("%s: number %d is %v, want %v", what, i, got[i], want[i])
		return
	}
}

func TestProductsWithVectorsAddUpInTheirOrder(t *testing.T) {
	atEachLevel(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 2))
		for _, rows := range lengths {
			for _, cols := range lengths {
				m := random(r, rows, cols)
				M := mat.NewDense(rows, cols, nil)
				M.SetRawMatrix(m)
				x, y := random(r, 1, cols).Data, random(r, 1, rows).Data
				name := fmt.Sprintf("%d×%d", rows, cols)

				want := append([]float64(nil), y...)
				orderedProduct(want, m, x)
				got := append([]float64(nil), y...)
				AddProduct(got, M, x, false)
				same(t, name+" M x", got, want)

				got = append([]float64(nil), y...)
				AddProduct(got, M, x, true)
				same(t, name+" M x backwards", got, want)

				for _, backwards := range []bool{false, true} {
					want = append([]float64(nil), x...)
					orderedTransposed(want, m, y, backwards)
					got = append([]float64(nil), x...)
					AddTransposed(got, M, y, backwards)
					same(t, fmt.Sprint(name, " Mᵀ x, backwards ", backwards), got, want)
				}
			}
		}
	})
}

func TestProductsOfMatricesAddUpInTheirOrder(t *testing.T) {
	atEachLevel(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(3, 4))
		length := func() int { // the long ones are rare: the sums here are slow
			return lengths[min(r.IntN(len(lengths)), r.IntN(len(lengths)))]
		}
		var factor Factor // one for all, so that what was there before is seen
		for range 200 {
			rows, n, cols := length(), length(), length()
			if r.IntN(8) == 0 {
				n = 500 + r.IntN(100)
			}
			name := fmt.Sprintf("%d×%d times %d×%d", rows, n, n, cols)
			A, At, B, Bt, C := random(r, rows, n), random(r, n, rows), random(r, n, cols), random(r, cols, n), random(r, rows, cols)

			got, want := clone(C), clone(C)
			orderedMatrices(want, n, func(i, k int) float64 { return A.Data[i*A.Stride+k] }, func(k, j int) float64 { return B.Data[k*B.Stride+j] })
			factor.Pack(B)
			factor.AddProduct(got, A, false)
			same(t, name+", A B", got.Data, want.Data)

			got, want = clone(C), clone(C)
			orderedMatrices(want, n, func(i, k int) float64 { return A.Data[i*A.Stride+k] }, func(k, j int) float64 { return Bt.Data[j*Bt.Stride+k] })
			factor.PackTransposed(Bt)
			factor.AddProduct(got, A, true)
			same(t, name+", A Bᵀ", got.Data, want.Data)

			got, want = clone(C), clone(C)
			orderedMatrices(want, n, func(i, k int) float64 { return At.Data[k*At.Stride+i] }, func(k, j int) float64 { return B.Data[k*B.Stride+j] })
			factor.Pack(B)
			factor.AddTransposedProduct(got, At)
			same(t, name+", Aᵀ B", got.Data, want.Data)
			if t.Failed() {
				return
			}
		}
	})
}

func TestNaNAndInfinitiesGoThroughEveryProduct(t *testing.T) {
	atEachLevel(t, func(t *testing.T) {
		if level == Portable {
			t.Skip("gonum leaves out products with 0")
		}
		r := rand.New(rand.NewPCG(5, 6))
		var factor Factor
		for range 300 {
			rows, n, cols := 1+r.IntN(40), 1+r.IntN(40), 1+r.IntN(40)
			A, B, C := strange(r, random(r, rows, n)), strange(r, random(r, n, cols)), random(r, rows, cols)
			x, y := strange(r, random(r, 1, n)).Data, random(r, 1, rows).Data
			M := mat.NewDense(rows, n, nil)
			M.SetRawMatrix(A)

			want := append([]float64(nil), y...)
			orderedProduct(want, A, x)
			got := append([]float64(nil), y...)
			AddProduct(got, M, x, false)
			same(t, "M x", got, want)

			want = append([]float64(nil), x...)
			orderedTransposed(want, A, y, false)
			got = append([]float64(nil), x...)
			AddTransposed(got, M, y, false)
			same(t, "Mᵀ x", got, want)

			D := clone(C)
			orderedMatrices(D, n, func(i, k int) float64 { return A.Data[i*A.Stride+k] }, func(k, j int) float64 { return B.Data[k*B.Stride+j] })
			factor.Pack(B)
			factor.AddProduct(C, A, false)
			same(t, "A B", C.Data, D.Data)
		}
	})
}

// FuzzProducts compares the products of matrices of any shape and content with the sums that are
// written down here.
func FuzzProducts(f *testing.F) {
	f.Add(uint64(1), uint16(3), uint16(8), uint16(16))
	f.Add(uint64(2), uint16(129), uint16(257), uint16(33))
	f.Fuzz(func(t *testing.T, seed uint64, a, b, c uint16) {
		if level == Portable {
			t.Skip("gonum leaves out products with 0")
		}
		rows, n, cols := 1+int(a)%200, 1+int(b)%300, 1+int(c)%200
		r := rand.New(rand.NewPCG(seed, 9))
		A, B, C := strange(r, random(r, rows, n)), strange(r, random(r, n, cols)), random(r, rows, cols)
		x, y := strange(r, random(r, 1, n)).Data, random(r, 1, rows).Data
		M := mat.NewDense(rows, n, nil)
		M.SetRawMatrix(A)
		backwards := seed%2 == 1

		want, got := append([]float64(nil), y...), append([]float64(nil), y...)
		orderedProduct(want, A, x)
		AddProduct(got, M, x, backwards)
		same(t, "M x", got, want)

		want, got = append([]float64(nil), x...), append([]float64(nil), x...)
		orderedTransposed(want, A, y, backwards)
		AddTransposed(got, M, y, backwards)
		same(t, "Mᵀ x", got, want)

		D := clone(C)
		orderedMatrices(D, n, func(i, k int) float64 { return A.Data[i*A.Stride+k] }, func(k, j int) float64 { return B.Data[k*B.Stride+j] })
		var factor Factor
		factor.Pack(B)
		factor.AddProduct(C, A, backwards)
		same(t, "A B", C.Data, D.Data)
	})
}
