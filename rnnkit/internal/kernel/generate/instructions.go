package main

import (
	"math/bits"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// instructions is a set of vector instructions.
type instructions struct {
	suffix   string // of the names of its functions
	lanes    int    // numbers in a vector
	tileRows int    // rows of the largest tile of a product
}

var (
	avx2   = instructions{suffix: "AVX2", lanes: 4, tileRows: 6}
	avx512 = instructions{suffix: "AVX512", lanes: 8, tileRows: 8}
)

// size is the size of a vector in bytes.
func (s instructions) size() int { return 8 * s.lanes }

// vector returns a new register.
func (g *generator) vector() reg.VecVirtual {
	if g.lanes == 8 {
		return g.ZMM()
	}
	return g.YMM()
}

// zeros returns n registers of zeros.
func (g *generator) zeros(n int) []reg.VecVirtual {
	all := make([]reg.VecVirtual, n)
	for i := range all {
		all[i] = g.vector()
		g.xor(all[i], all[i], all[i])
	}
	return all
}

func (g *generator) xor(a, b, to operand.Op) {
	if g.lanes == 8 {
		g.VPXORQ(a, b, to)
	} else {
		g.VXORPD(a, b, to)
	}
}

// begin begins a function with this name and these parameters.
func (g *generator) begin(name, parameters, doc string) {
	g.Function(name + g.suffix)
	g.Attributes(attr.NOSPLIT)
	g.SignatureExpr("func(" + parameters + ")")
	g.Pragma("noescape")
	g.Doc(name + g.suffix + " " + doc)
}

func (g *generator) end() {
	g.VZEROUPPER()
	g.RET()
}

// param loads a parameter.
func (g *generator) param(name string) reg.GPVirtual {
	return g.Load(g.Param(name), g.GP64()).(reg.GPVirtual)
}

// bytes loads a parameter that counts numbers and makes bytes of it.
func (g *generator) bytes(name string) reg.GPVirtual {
	r := g.param(name)
	g.SHLQ(operand.U8(3), r)
	return r
}

// rows returns the address of row r < n of the rows that begin at p and are stride bytes
// apart. A factor of 1, 2, 4 or 8 costs nothing, the odd multiples need a register.
func (g *generator) rows(n int, p reg.Register, stride reg.GPVirtual) func(r int) operand.Mem {
	odd := map[int]reg.GPVirtual{1: stride}
	for _, m := range []struct{ row, base, scale int }{{3, 1, 2}, {5, 1, 4}, {7, 3, 4}} {
		if n > m.row {
			odd[m.row] = g.GP64()
			g.LEAQ(operand.Mem{Base: odd[m.base], Index: stride, Scale: uint8(m.scale)}, odd[m.row])
		}
	}
	return func(r int) operand.Mem {
		if r == 0 {
			return operand.Mem{Base: p}
		}
		scale := uint8(1)
		for r%2 == 0 {
			r, scale = r/2, scale*2
		}
		return operand.Mem{Base: p, Index: odd[r], Scale: scale}
	}
}

// at returns the address of vector i of those that begin at m.
func (g *generator) at(m operand.Mem, i int) operand.Mem { return m.Offset(i * g.size()) }

// load reads a vector: all of it if mask is nil, or else what the mask selects, and zeros.
func (g *generator) load(from operand.Mem, mask operand.Op) reg.VecVirtual {
	v := g.vector()
	switch {
	case mask == nil:
		g.VMOVUPD(from, v)
	case g.lanes == 8:
		g.VMOVUPD_Z(from, mask, v)
	default:
		g.VMASKMOVPD(from, mask, v)
	}
	return v
}

// store writes a vector: all of it if mask is nil, or else what the mask selects.
func (g *generator) store(v reg.VecVirtual, to operand.Mem, mask operand.Op) {
	switch {
	case mask == nil:
		g.VMOVUPD(v, to)
	case g.lanes == 8:
		g.VMOVUPD(v, mask, to)
	default:
		g.VMASKMOVPD(v, mask, to)
	}
}

// split divides n numbers into whole groups, of as many numbers as size says (the lanes,
// or eight), and those left. Mask p selects those that are left for vector p of a group.
func (g *generator) split(n reg.GPVirtual, size int) (whole, left reg.GPVirtual, masks []operand.Op) {
	whole, left = g.GP64(), g.GP64()
	g.MOVQ(n, whole)
	g.MOVQ(n, left)
	g.SHRQ(operand.U8(bits.TrailingZeros(uint(size))), whole)
	g.ANDQ(operand.U32(size-1), left)
	if g.lanes == 8 {
		return whole, left, []operand.Op{g.lowest(left)}
	}
	table := g.GP64()
	g.LEAQ(g.masks, table)
	g.NEGQ(left)
	g.LEAQ(operand.Mem{Base: table, Index: left, Scale: 8, Disp: 64}, table)
	g.NEGQ(left)
	for p := range size / g.lanes {
		m := g.YMM()
		g.VMOVUPD(g.at(operand.Mem{Base: table}, p), m)
		masks = append(masks, m)
	}
	return whole, left, masks
}

// two returns the masks for two vectors that select the first numbers of both.
func (g *generator) two(numbers reg.GPVirtual) []operand.Op {
	if g.lanes == 8 {
		low, high := g.lowest(numbers), g.K() // the mask of 16 numbers, of which a vector uses 8
		g.KSHIFTRW(operand.U8(8), low, high)
		return []operand.Op{low, high}
	}
	table := g.GP64()
	g.LEAQ(g.masks, table)
	g.NEGQ(numbers)
	g.LEAQ(operand.Mem{Base: table, Index: numbers, Scale: 8, Disp: 64}, table)
	var masks []operand.Op
	for p := range 2 {
		m := g.YMM()
		g.VMOVUPD(g.at(operand.Mem{Base: table}, p), m)
		masks = append(masks, m)
	}
	return masks
}

// lowest returns a mask of AVX-512 that selects the lowest lanes.
func (g *generator) lowest(lanes reg.GPVirtual) reg.OpmaskVirtual {
	ones, mask := g.GP64(), g.K()
	g.MOVQ(operand.U32(1), ones)
	g.SHLXQ(lanes, ones, ones)
	g.DECQ(ones)
	g.KMOVW(ones.As32(), mask)
	return mask
}

// writeMasks writes the table from which split takes the masks of AVX2: eight times all
// bits, then eight zeros.
func (g *generator) writeMasks() {
	g.masks = g.StaticGlobal("masks")
	g.DataAttributes(attr.RODATA | attr.NOPTR)
	for i := range 16 {
		all := operand.U64(0)
		if i < 8 {
			all = ^all
		}
		g.AddDatum(8*i, all)
	}
}

// sum adds the eight sums of a row, which are in one or two vectors: sum k to sum k+4,
// the first of these four to the second and the third to the fourth, and the two. It
// leaves them in the lowest lane.
func (g *generator) sum(eight []reg.VecVirtual) reg.VecVirtual {
	v, high := g.four(eight), g.XMM()
	g.VHADDPD(v.AsY(), v.AsY(), v.AsY())
	g.VEXTRACTF128(operand.U8(1), v.AsY(), high)
	g.VADDPD(v.AsX(), high, high)
	return high
}

// sums does what sum does for four rows, and returns a vector of four.
func (g *generator) sums(rows [][]reg.VecVirtual) reg.VecVirtual {
	first, second, low, high := g.YMM(), g.YMM(), g.YMM(), g.YMM()
	g.VHADDPD(g.four(rows[1]).AsY(), g.four(rows[0]).AsY(), first)
	g.VHADDPD(g.four(rows[3]).AsY(), g.four(rows[2]).AsY(), second)
	g.VPERM2F128(operand.U8(0x20), second, first, low)
	g.VPERM2F128(operand.U8(0x31), second, first, high)
	g.VADDPD(high, low, low)
	return low
}

// four adds the upper four of eight sums to the lower four.
func (g *generator) four(eight []reg.VecVirtual) reg.VecVirtual {
	if g.lanes == 4 {
		g.VADDPD(eight[1], eight[0], eight[0])
		return eight[0]
	}
	high := g.YMM()
	g.VEXTRACTF64X4(operand.U8(1), eight[0], high)
	g.VADDPD(eight[0].AsY(), high, high)
	return high
}
