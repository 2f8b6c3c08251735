package kernel

import "golang.org/x/sys/cpu"

func available() Level {
	switch {
	case !cpu.X86.HasAVX2 || !cpu.X86.HasFMA || !cpu.X86.HasBMI2:
		return Portable
	case !cpu.X86.HasAVX512F:
		return AVX2
	}
	return AVX512
}

// The assembly by level and, in the inner tables, by rows or vectors.
var (
	tiles = [...][]func(c *float64, ldc int, a *float64, ars, acs int, b *float64, ldb, n, columns int){
		AVX2:   {1: tile1AVX2, tile2AVX2, tile3AVX2, tile4AVX2, tile5AVX2, tile6AVX2},
		AVX512: {1: tile1AVX512, tile2AVX512, tile3AVX512, tile4AVX512, tile5AVX512, tile6AVX512, tile7AVX512, tile8AVX512},
	}
	copiesOf = [...][]func(dst, src *float64, stride, rows int){
		AVX2:   {1: copies1AVX2, copies2AVX2},
		AVX512: {1: copies1AVX512, copies2AVX512},
	}
	dotsOf = [...][]func(y, a *float64, lda int, x *float64, n, blocks int){
		AVX2:   {1: dots1AVX2, 4: dots4AVX2, 8: nil},
		AVX512: {1: dots1AVX512, 4: dots4AVX512, 8: dots8AVX512},
	}
	streams = [...]func(y, a *float64, lda int, x *float64, n, rows, step int){
		AVX2: streamAVX2, AVX512: streamAVX512,
	}
	axpysOf = [...][]func(y, a *float64, lda int, x *float64, step, n, blocks int){
		AVX2:   {1: axpys1AVX2, 4: axpys4AVX2, 8: axpys8AVX2},
		AVX512: {1: axpys1AVX512, 4: axpys4AVX512, 8: axpys8AVX512},
	}
	helds = [...]func(y, a *float64, lda int, x *float64, step, n, rows int){
		1: held1AVX512, held2AVX512, held3AVX512, held4AVX512, held5AVX512, held6AVX512, held7AVX512, held8AVX512,
		held9AVX512, held10AVX512, held11AVX512, held12AVX512, held13AVX512, held14AVX512, held15AVX512, held16AVX512,
	}
	peaks     = [...]func(n int){AVX2: peakAVX2, AVX512: peakAVX512}
	reads     = [...]func(p *float64, n int){AVX2: readAVX2, AVX512: readAVX512}
	functions = [...][numFunctions]func(dst, src *float64, n int){
		AVX2:   {tanh: tanhAVX2, sigmoid: sigmoidAVX2, exp: expAVX2},
		AVX512: {tanh: tanhAVX512, sigmoid: sigmoidAVX512, exp: expAVX512},
	}
)

// Peak multiplies and adds n times as many numbers as the vectors of a kernel hold, without
// memory, and returns how many floating-point operations that were: 0 at Portable. It is for
// benchmarks.
func Peak(n int) (operations int) {
	if level == Portable || n < 1 {
		return 0
	}
	peaks[level](n)
	return 2 * 12 * lanes() * n
}

// Read reads the memory of x once, and returns how many bytes that were: 0 at Portable. It is
// for benchmarks.
func Read(x []float64) (bytes int) {
	group := 8 * lanes()
	if level == Portable || len(x) < group {
		return 0
	}
	reads[level](&x[0], len(x)/group)
	return 8 * (len(x) / group * group)
}

// lanes is how many numbers a vector holds.
func lanes() int {
	if level == AVX512 {
		return 8
	}
	return 4
}

// tileSize returns the size of the largest tile.
func tileSize() (rows, columns int) {
	if level == AVX512 {
		return 8, 16
	}
	return 6, 8
}

// tile adds Σ_k<n a[r*ars+k*acs] b[k*width+j] to c[r*ldc+j], for r < rows and j < columns,
// width being that of the largest tile. n is positive.
func tile(c []float64, ldc int, a []float64, ars, acs int, b []float64, width, n, rows, columns int) {
	_, _, _ = c[(rows-1)*ldc+columns-1], a[(rows-1)*ars+(n-1)*acs], b[n*width-1]
	tiles[level][rows](&c[0], ldc, &a[0], ars, acs, &b[0], width, n, columns)
}

// copies copies rows of a width, which begin stride apart, to rows without gaps. It reports
// false, and copies nothing, if the width is not that of one or two vectors.
func copies(dst []float64, width int, src []float64, stride, rows int) bool {
	kernels, vectors := copiesOf[level], width/lanes()
	if width%lanes() != 0 || vectors >= len(kernels) || rows == 0 {
		return false
	}
	_, _ = dst[rows*width-1], src[(rows-1)*stride+width-1]
	kernels[vectors](&dst[0], &src[0], stride, rows)
	return true
}

// What is larger than near, in numbers, is read from an outer cache: then a row after the
// other is faster than several at a time.
const near = 12 << 10

// dots adds the product of the rows of a, which begin stride apart, and x to y. The order of
// the rows has no effect on the result.
func dots(y, a []float64, stride int, x []float64, backwards bool) {
	rows, n := len(y), len(x)
	_ = a[(rows-1)*stride+n-1]
	switch {
	case rows*n > near && backwards:
		streams[level](&y[rows-1], &a[(rows-1)*stride], -stride, &x[0], n, rows, -1)
	case rows*n > near:
		streams[level](&y[0], &a[0], stride, &x[0], n, rows, 1)
	case backwards: // in slabs, the last first
		for last := rows; last > 0; {
			first := (last - 1) / slab * slab
			dotsForwards(y[first:last], a[first*stride:], stride, x)
			last = first
		}
	default:
		dotsForwards(y, a, stride, x)
	}
}

// slab is how many rows are read forwards at a time on the way backwards.
const slab = 16

func dotsForwards(y, a []float64, stride int, x []float64) {
	i, rows := 0, len(y)
	for size := 8; size > 0; size /= 2 {
		if kernel := dotsOf[level][size]; kernel != nil && rows-i >= size {
			blocks := (rows - i) / size
			kernel(&y[i], &a[i*stride], stride, &x[0], len(x), blocks)
			i += blocks * size
		}
	}
}

// axpys adds to y the sum of the rows of a, which begin stride apart, each times its
// number of x: in the order of the rows, or from the last to the first.
func axpys(y, a []float64, stride int, x []float64, backwards bool) {
	rows, n := len(x), len(y)
	_ = a[(rows-1)*stride+n-1]
	i, step := 0, 1 // row i is next
	if backwards {
		i, step = rows-1, -1
	}
	if level == AVX512 {
		chunks := (n + heldColumns - 1) / heldColumns
		for k := range chunks {
			if backwards {
				k = chunks - 1 - k
			}
			j := k * heldColumns
			columns := min(heldColumns, n-j)
			helds[(columns+7)/8](&y[j], &a[i*stride+j], step*stride, &x[i], step, columns, rows)
		}
		return
	}
	for size := 8; size > 0; size /= 2 {
		kernel := axpysOf[level][size]
		if blocks := rows / size; kernel != nil && blocks > 0 {
			kernel(&y[0], &a[i*stride], step*stride, &x[i], step, n, blocks)
			i += step * blocks * size
			rows -= blocks * size
		}
	}
}

// apply sets dst to the values of the function at src.
func apply(f function, dst, src []float64) {
	_ = dst[len(src)-1]
	functions[level][f](&dst[0], &src[0], len(src))
}
