//go:build !amd64

package kernel

func available() Level { return Portable }

// Peak returns 0: there is no assembly whose limit it could measure.
func Peak(int) (operations int) { return 0 }

// Read returns 0, as Peak.
func Read([]float64) (bytes int) { return 0 }

// The functions below are for the higher levels, which other processors do not have.

func tileSize() (rows, columns int) { panic("kernel: no tiles") }

func tile([]float64, int, []float64, int, int, []float64, int, int, int, int) {
	panic("kernel: no tiles")
}

func dots([]float64, []float64, int, []float64, bool) { panic("kernel: no dots") }

func axpys([]float64, []float64, int, []float64, bool) { panic("kernel: no axpys") }

func apply(function, []float64, []float64) { panic("kernel: no functions") }

func copies([]float64, int, []float64, int, int) bool { panic("kernel: no copies") }
