package rnnkit

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// Glorot sets U, W and V to uniform random numbers in ±√(6/(rows+columns)), with the
// rows of one gate (Glorot and Bengio 2010), and the biases and H0 to zero. The same
// seed gives the same net.
func (n *RNN) Glorot(seed uint64) {
	_, hidden, _ := n.Dims()
	random := rand.New(rand.NewPCG(seed, 0))
	for p, data := range n.flat() {
		limit := 0.0
		if p < 3 {
			rows, columns := [3]*mat.Dense{n.U, n.W, n.V}[p].Dims()
			if p < 2 {
				rows = hidden
			}
			limit = math.Sqrt(6 / float64(rows+columns))
		}
		for i := range data {
			data[i] = limit * (2*random.Float64() - 1)
		}
	}
}

// Orthogonal sets each square block of M to a random orthogonal matrix, drawn
// uniformly (Saxe, McClelland and Ganguli 2014; Mezzadri 2007): a block keeps the
// length of what it is multiplied with. M is H×H, or G blocks of that as W of an LSTM
// or a GRU is. It panics for another shape.
func Orthogonal(M *mat.Dense, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 1))
	forBlocks("Orthogonal", M, func(b *mat.Dense) {
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
	})
}

// Identity sets each square block of M to the identity (Le, Jaitly and Hinton 2015).
// M is as for Orthogonal.
func Identity(M *mat.Dense) {
	forBlocks("Identity", M, func(b *mat.Dense) {
		b.Zero()
		H, _ := b.Dims()
		for i := range H {
			b.Set(i, i, 1)
		}
	})
}

// ScaleToRadius scales each square block of M to the spectral radius given, as echo
// state networks do (Jaeger 2001). M is as for Orthogonal. It panics for a radius that
// is negative or not finite, and for a block whose radius is zero.
func ScaleToRadius(M *mat.Dense, radius float64) {
	if radius < 0 || !finite([]float64{radius}) {
		panic(fmt.Sprintf("rnnkit: ScaleToRadius: radius %v: it must be finite and not negative", radius))
	}
	forBlocks("ScaleToRadius", M, func(b *mat.Dense) {
		own := SpectralRadius(b)
		if own == 0 {
			panic("rnnkit: ScaleToRadius: a block has the radius 0 and cannot be scaled")
		}
		b.Scale(radius/own, b)
	})
}

func forBlocks(caller string, M *mat.Dense, do func(*mat.Dense)) {
	rows, H := M.Dims()
	if rows%H != 0 {
		panic(fmt.Sprintf("rnnkit: %s: the matrix is %d×%d: it must consist of square blocks", caller, rows, H))
	}
	for k := 0; k < rows; k += H {
		do(M.Slice(k, k+H, 0, H).(*mat.Dense))
	}
}
