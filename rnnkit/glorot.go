package rnnkit

import (
	"math"
	"math/rand/v2"
)

// Glorot sets U, W and V to uniform random numbers in ±√(6/(rows+columns)), with the
// rows of one gate (Glorot and Bengio 2010), and the biases and H0 to zero. The same
// seed gives the same net.
func (n *RNN) Glorot(seed uint64) {
	_, hidden, _ := n.Dims()
	random := rand.New(rand.NewPCG(seed, 0))
	for _, p := range n.Parameters(nil) {
		limit := 0.0
		switch p.Name {
		case "U", "W":
			limit = math.Sqrt(6 / float64(hidden+p.Cols))
		case "V":
			limit = math.Sqrt(6 / float64(p.Rows+p.Cols))
		}
		for i := range p.Data {
			p.Data[i] = limit * (2*random.Float64() - 1)
		}
	}
}
