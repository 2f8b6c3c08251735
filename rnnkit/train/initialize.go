package train

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit/gradcheck"
)

// Orthogonal sets each square block of M to a random orthogonal matrix, drawn
// uniformly (Saxe, McClelland and Ganguli 2014; Mezzadri 2007): multiplication by a
// block preserves lengths. M is H×H, or has a block of H rows for each gate, like W of
// an LSTM or a GRU. It panics for another shape.
func Orthogonal(M *mat.Dense, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 1))
	for _, b := range blocks("Orthogonal", M) {
		H, _ := b.Dims()
		normal := mat.NewDense(H, H, nil)
		for i := range normal.RawMatrix().Data {
			normal.RawMatrix().Data[i] = random.NormFloat64()
		}
		var qr mat.QR
		var q, r mat.Dense
		qr.Factorize(normal)
		qr.QTo(&q)
		qr.RTo(&r)
		b.Apply(func(i, j int, v float64) float64 { // the sign makes the draw uniform
			return math.Copysign(v, v*r.At(j, j))
		}, &q)
	}
}

// Identity sets each square block of M to the identity (Le, Jaitly and Hinton 2015).
// M is as for Orthogonal.
func Identity(M *mat.Dense) {
	for _, b := range blocks("Identity", M) {
		b.Zero()
		H, _ := b.Dims()
		for i := range H {
			b.Set(i, i, 1)
		}
	}
}

// ScaleToRadius scales each square block of M to the given spectral radius, as in echo
// state networks (Jaeger 2001). M is as for Orthogonal. It panics for a radius that is
// negative or not finite, and for a block whose spectral radius is zero.
func ScaleToRadius(M *mat.Dense, radius float64) {
	if !(radius >= 0 && radius <= math.MaxFloat64) {
		panic(fmt.Sprintf("train: ScaleToRadius: radius %v: it must be finite and not negative", radius))
	}
	for _, b := range blocks("ScaleToRadius", M) {
		current := gradcheck.SpectralRadius(b)
		if current == 0 {
			panic("train: ScaleToRadius: a block has the spectral radius 0 and cannot be scaled")
		}
		b.Scale(radius/current, b)
	}
}

// blocks returns views of the square blocks of M.
func blocks(caller string, M *mat.Dense) []*mat.Dense {
	rows, H := M.Dims()
	if rows%H != 0 {
		panic(fmt.Sprintf("train: %s: the matrix is %d×%d: it must consist of square blocks", caller, rows, H))
	}
	var all []*mat.Dense
	for k := 0; k < rows; k += H {
		all = append(all, M.Slice(k, k+H, 0, H).(*mat.Dense))
	}
	return all
}
