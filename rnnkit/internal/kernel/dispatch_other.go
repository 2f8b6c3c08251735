//go:build !amd64

package kernel

func available() Level { return Portable }

// The functions below are for the higher levels, which other processors do not have.

func tileSize() (rows, columns int) { panic("kernel: no tiles") }

func tile([]float64, int, []float64, int, int, []float64, int, int, int, int) {
	panic("kernel: no tiles")
}

func dots([]float64, []float64, int, []float64) { panic("kernel: no dots") }

func axpys([]float64, []float64, int, []float64) { panic("kernel: no axpys") }

func apply(function, []float64, []float64) { panic("kernel: no functions") }
