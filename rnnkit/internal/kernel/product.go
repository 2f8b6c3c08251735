package kernel

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
)

// The products of matrices follow Goto and van de Geijn (2008): the factor on the right is
// packed in panels as wide as a tile, a block of which stays in the first cache while the
// rows of the other factor go by, and a tile of the result stays in registers.

// depth is how many rows of a panel make a block. Each number of a product is a sum over
// each block, in the order of the rows, and the sum of these.
const depth = 256

// Factor is the right factor of products, packed once for many of them. Its zero value is
// ready for Pack. It grows to the largest matrix that it holds.
type Factor struct {
	rows, cols int
	panels     []float64 // panel j holds columns j*width …, row by row; the last is filled up with zeros
	left       []float64 // the packed left factor of AddTransposedProduct

	source blas64.General // what was packed
	times  blas.Transpose // what of source a row is multiplied with: itself or its transpose
}

// Pack packs M.
func (f *Factor) Pack(M blas64.General) { f.pack(M.Rows, M.Cols, M, blas.Trans) }

// PackTransposed packs Mᵀ.
func (f *Factor) PackTransposed(M blas64.General) { f.pack(M.Cols, M.Rows, M, blas.NoTrans) }

func (f *Factor) pack(rows, cols int, M blas64.General, times blas.Transpose) {
	f.rows, f.cols, f.source, f.times = rows, cols, M, times
	if level == Portable {
		return
	}
	_, width := tileSize()
	f.panels = room(f.panels, (cols+width-1)/width*width*rows)
	for j := 0; j < cols; j += width {
		panel, columns := f.panels[j*rows:(j+width)*rows], min(width, cols-j)
		if columns < width {
			clear(panel)
		}
		if times == blas.Trans {
			packRows(panel, width, M.Data[j:], M.Stride, rows, columns)
			continue
		}
		for i := range columns {
			for k, v := range M.Data[(j+i)*M.Stride : (j+i)*M.Stride+rows] {
				panel[k*width+i] = v
			}
		}
	}
}

// room returns x cut to a length, or a new slice if it is too short.
func room(x []float64, length int) []float64 {
	if cap(x) < length {
		return make([]float64, length)
	}
	return x[:length]
}

// packRows copies rows of so many columns, which begin stride apart, to rows of a width.
// The columns behind stay as they are.
func packRows(dst []float64, width int, src []float64, stride, rows, columns int) {
	if columns == width && copies(dst, width, src, stride, rows) {
		return
	}
	for k := range rows {
		copy(dst[k*width:k*width+columns], src[k*stride:])
	}
}

// AddProduct adds A times the factor to C. A row of C has the same bits however many rows
// there are. Backwards it begins with the last columns: of a factor that is too large for a
// cache, that has the columns that were read last. It has no effect on the result.
func (f *Factor) AddProduct(C, A blas64.General, backwards bool) {
	mustEqual("the columns of A and the rows of the factor", A.Cols, f.rows)
	mustEqual("the columns of C and of the factor", C.Cols, f.cols)
	mustEqual("the rows of C and of A", C.Rows, A.Rows)
	if level == Portable {
		for t := range A.Rows { // with gonum that is faster than Gemm, and allocates nothing
			blas64.Gemv(f.times, 1, f.source, vector(Row(A, t)), 1, vector(Row(C, t)))
		}
		return
	}
	_, width := tileSize()
	panels := (f.cols + width - 1) / width
	for p := range panels {
		if backwards {
			p = panels - 1 - p
		}
		for from := 0; from < f.rows; from += depth {
			f.addTiles(C, 0, C.Rows, p*width, A.Data[from:], A.Stride, 1, from, min(depth, f.rows-from))
		}
	}
}

// AddTransposedProduct adds Aᵀ times the factor to C: the sum of the outer products of the
// rows of A and those of the factor.
func (f *Factor) AddTransposedProduct(C, A blas64.General) {
	mustEqual("the rows of A and of the factor", A.Rows, f.rows)
	mustEqual("the columns of C and of the factor", C.Cols, f.cols)
	mustEqual("the rows of C and the columns of A", C.Rows, A.Cols)
	if A.Rows == 0 {
		return
	}
	if level == Portable {
		for i := range C.Rows {
			column := blas64.Vector{N: A.Rows, Data: A.Data[i:], Inc: A.Stride}
			blas64.Gemv(f.times, 1, f.source, column, 1, vector(Row(C, i)))
		}
		return
	}
	height, width := tileSize()
	slab := leftRows / height * height
	f.left = room(f.left, min(depth, f.rows)*min(slab, (C.Rows+height-1)/height*height))
	for from := 0; from < f.rows; from += depth {
		n := min(depth, f.rows-from)
		for top := 0; top < C.Rows; top += slab {
			rows := min(slab, C.Rows-top)
			for i := 0; i < rows; i += height {
				packRows(f.left[i*n:], height, A.Data[from*A.Stride+top+i:], A.Stride, n, min(height, rows-i))
			}
			for j := 0; j < f.cols; j += width {
				for i := 0; i < rows; i += height {
					f.addTiles(C, top+i, min(top+i+height, C.Rows), j, f.left[i*n:], 1, height, from, n)
				}
			}
		}
	}
}

// leftRows is about how many rows of C have their part of the left factor packed at a time.
const leftRows = 128

// addTiles adds to the rows first to last of the panel of C that begins in column j the
// products of n rows of the factor with the numbers a: that of row first+r and of row k is
// at r*ars + k*acs.
func (f *Factor) addTiles(C blas64.General, first, last, j int, a []float64, ars, acs, from, n int) {
	height, width := tileSize()
	panel := f.panels[j*f.rows+from*width:]
	columns := min(width, C.Cols-j)
	for i := first; i < last; i += height {
		rows := min(height, last-i)
		a := a[(i-first)*ars:]
		tile(C.Data[i*C.Stride+j:], C.Stride, a, ars, acs, panel, width, n, rows, columns)
	}
}
