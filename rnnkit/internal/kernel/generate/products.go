package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// tile adds a product to some rows of C, two vectors wide or less, whose sums stay in
// registers. The rows of B are always two vectors wide.
func (g *generator) tile(rows int) {
	name := fmt.Sprintf("tile%d", rows)
	g.begin(name, "c *float64, ldc int, a *float64, ars, acs int, b *float64, ldb, n, columns int",
		fmt.Sprintf("adds Σ_k<n a[r*ars+k*acs] b[k*ldb+j] to c[r*ldc+j], for r < %d and j < columns <= %d.", rows, 2*g.lanes))
	a, b, n := g.param("a"), g.param("b"), g.param("n")
	ars, acs, ldb := g.bytes("ars"), g.bytes("acs"), g.bytes("ldb")
	at := g.rows(rows, a, ars)
	sums := g.zeros(2 * rows)
	g.Label("loop")
	left, right := g.load(operand.Mem{Base: b}, nil), g.load(g.at(operand.Mem{Base: b}, 1), nil)
	for r := range rows {
		x := g.vector()
		g.VBROADCASTSD(at(r), x)
		g.VFMADD231PD(left, x, sums[2*r])
		g.VFMADD231PD(right, x, sums[2*r+1])
	}
	g.ADDQ(acs, a)
	g.ADDQ(ldb, b)
	g.DECQ(n)
	g.JNE(operand.LabelRef("loop"))
	c, ldc, columns := g.param("c"), g.bytes("ldc"), g.param("columns")
	g.CMPQ(columns, operand.U32(2*g.lanes))
	g.JL(operand.LabelRef("narrow"))
	g.addSums(sums, c, ldc, make([]operand.Op, 2))
	g.end()
	g.Label("narrow")
	g.addSums(sums, c, ldc, g.two(columns))
	g.end()
}

// copies copies rows of so many vectors, as a tile's rows of B must lie.
func (g *generator) copies(vectors int) {
	numbers := vectors * g.lanes
	g.begin(fmt.Sprintf("copies%d", vectors), "dst, src *float64, stride, rows int",
		fmt.Sprintf("copies rows of %d numbers, which begin stride apart, to rows without gaps. There is at least one.", numbers))
	dst, src, stride, rows := g.param("dst"), g.param("src"), g.bytes("stride"), g.param("rows")
	g.Label("loop")
	for i := range vectors {
		g.store(g.load(g.at(operand.Mem{Base: src}, i), nil), g.at(operand.Mem{Base: dst}, i), nil)
	}
	g.ADDQ(stride, src)
	g.ADDQ(operand.U32(uint32(8*numbers)), dst)
	g.DECQ(rows)
	g.JNE(operand.LabelRef("loop"))
	g.end()
}

// addSums adds the sums of a tile, two vectors for each row, to C.
func (g *generator) addSums(sums []reg.VecVirtual, c, ldc reg.GPVirtual, masks []operand.Op) {
	for i, sum := range sums {
		to, mask := g.at(operand.Mem{Base: c}, i%2), masks[i%2]
		if mask == nil {
			g.VADDPD(to, sum, sum)
		} else {
			g.VADDPD(g.load(to, mask), sum, sum)
		}
		g.store(sum, to, mask)
		if i%2 == 1 && i < len(sums)-1 {
			g.ADDQ(ldc, c)
		}
	}
}

// along calls f for each whole group of numbers, and then for those left with their masks.
// f is to advance its pointers.
func (g *generator) along(whole, left reg.GPVirtual, masks []operand.Op, f func(masks []operand.Op)) {
	count := g.GP64()
	g.MOVQ(whole, count)
	g.TESTQ(count, count)
	g.JE(operand.LabelRef("part"))
	g.Label("whole")
	f(make([]operand.Op, len(masks)))
	g.DECQ(count)
	g.JNE(operand.LabelRef("whole"))
	g.Label("part")
	g.TESTQ(left, left)
	g.JE(operand.LabelRef("done"))
	f(masks)
	g.Label("done")
}

// eights is how many vectors hold eight numbers.
func (s instructions) eights() int { return 8 / s.lanes }

// eightSums returns registers of zeros for eight sums of each row.
func (g *generator) eightSums(rows int) [][]reg.VecVirtual {
	all := make([][]reg.VecVirtual, rows)
	for r := range all {
		all[r] = g.zeros(g.eights())
	}
	return all
}

// addProducts adds the products of eight numbers of a row and of x to eight sums.
func (g *generator) addProducts(sums []reg.VecVirtual, row operand.Mem, x []reg.VecVirtual, masks []operand.Op) {
	for p := range sums {
		if masks[p] == nil {
			g.VFMADD231PD(g.at(row, p), x[p], sums[p])
		} else {
			g.VFMADD231PD(g.load(g.at(row, p), masks[p]), x[p], sums[p])
		}
	}
}

// loadEight loads eight numbers.
func (g *generator) loadEight(from operand.Mem, masks []operand.Op) []reg.VecVirtual {
	var all []reg.VecVirtual
	for p, mask := range masks {
		all = append(all, g.load(g.at(from, p), mask))
	}
	return all
}

const eightBytes = 64 // the bytes of eight numbers

// dots adds A x to y, a block of rows after the other. Row by row it has sum k of the
// products whose number is k modulo 8.
func (g *generator) dots(rows int) {
	g.begin(fmt.Sprintf("dots%d", rows), "y, a *float64, lda int, x *float64, n, blocks int",
		fmt.Sprintf("adds Σ_k<n a[i*lda+k] x[k] to y[i] for i < %d*blocks, in eight sums: product k is in sum k modulo 8.", rows))
	y, first, lda, n, blocks := g.param("y"), g.param("a"), g.bytes("lda"), g.param("n"), g.param("blocks")
	whole, left, masks := g.split(n, 8)
	a, x := g.GP64(), g.GP64()
	at := g.rows(rows, a, lda)
	g.Label("block")
	g.MOVQ(first, a)
	g.Load(g.Param("x"), x)
	sums := g.eightSums(rows)
	g.along(whole, left, masks, func(masks []operand.Op) {
		v := g.loadEight(operand.Mem{Base: x}, masks)
		for r := range rows {
			g.addProducts(sums[r], at(r), v, masks)
		}
		g.ADDQ(operand.Imm(eightBytes), a)
		g.ADDQ(operand.Imm(eightBytes), x)
	})
	if rows == 1 {
		g.addNumber(g.sum(sums[0]), y)
	}
	for r := 0; r+4 <= rows; r += 4 {
		to, four := operand.Mem{Base: y, Disp: 8 * r}, g.sums(sums[r:r+4]).AsY()
		g.VADDPD(to, four, four)
		g.VMOVUPD(four, to)
	}
	g.ADDQ(operand.Imm(uint64(8*rows)), y)
	g.LEAQ(operand.Mem{Base: first, Index: lda, Scale: uint8(rows)}, first)
	g.DECQ(blocks)
	g.JNE(operand.LabelRef("block"))
	g.end()
}

// addNumber adds the lowest lane of v to the number at p.
func (g *generator) addNumber(v reg.VecVirtual, p reg.GPVirtual) {
	g.VADDSD(operand.Mem{Base: p}, v.AsX(), v.AsX())
	g.VMOVSD(v.AsX(), operand.Mem{Base: p})
}

// streamSums is how many times eight sums stream has.
const streamSums = 4

// stream adds A x to y, row after row: it reads A as it lies in memory. What fetches ahead
// from the outer caches follows one row better than eight.
func (g *generator) stream() {
	g.begin("stream", "y, a *float64, lda int, x *float64, n, rows, step int",
		"adds Σ_k<n a[i*lda+k] x[k] to y[i*step] for i < rows, in 32 sums: product k is in sum k modulo 32. lda may be negative.")
	y, first, lda, n, rows, step := g.param("y"), g.param("a"), g.bytes("lda"), g.param("n"), g.param("rows"), g.bytes("step")
	whole, left, masks := g.split(n, 8)
	groups, rest := g.GP64(), g.GP64()
	g.MOVQ(whole, groups)
	g.SHRQ(operand.U8(2), groups)
	g.ANDQ(operand.Imm(streamSums-1), whole)
	full := make([]operand.Op, g.eights())
	a, x, count := g.GP64(), g.GP64(), g.GP64()
	g.Label("row")
	g.MOVQ(first, a)
	g.Load(g.Param("x"), x)
	sums := g.eightSums(streamSums)
	g.MOVQ(groups, count)
	g.TESTQ(count, count)
	g.JE(operand.LabelRef("rest"))
	g.Label("group")
	for j := range streamSums {
		g.addProducts(sums[j], operand.Mem{Base: a, Disp: eightBytes * j}, g.loadEight(operand.Mem{Base: x, Disp: eightBytes * j}, full), full)
	}
	g.ADDQ(operand.U32(streamSums*eightBytes), a)
	g.ADDQ(operand.U32(streamSums*eightBytes), x)
	g.DECQ(count)
	g.JNE(operand.LabelRef("group"))
	g.Label("rest")
	g.MOVQ(whole, rest)
	part := func(j int) operand.LabelRef { return operand.LabelRef(fmt.Sprintf("part%d", j)) }
	for j := range streamSums - 1 {
		g.TESTQ(rest, rest)
		g.JE(part(j))
		g.addProducts(sums[j], operand.Mem{Base: a}, g.loadEight(operand.Mem{Base: x}, full), full)
		g.ADDQ(operand.Imm(eightBytes), a)
		g.ADDQ(operand.Imm(eightBytes), x)
		g.DECQ(rest)
	}
	for j := streamSums - 1; j >= 0; j-- { // what is left belongs to the sums behind the last whole eight
		g.Label(string(part(j)))
		g.TESTQ(left, left)
		g.JE(operand.LabelRef("total"))
		g.addProducts(sums[j], operand.Mem{Base: a}, g.loadEight(operand.Mem{Base: x}, masks), masks)
		g.JMP(operand.LabelRef("total"))
	}
	g.Label("total")
	for half := streamSums / 2; half > 0; half /= 2 {
		for j := range half {
			for p := range sums[j] {
				g.VADDPD(sums[j+half][p], sums[j][p], sums[j][p])
			}
		}
	}
	g.addNumber(g.sum(sums[0]), y)
	g.ADDQ(step, y)
	g.ADDQ(lda, first)
	g.DECQ(rows)
	g.JNE(operand.LabelRef("row"))
	g.end()
}

// axpys adds Aᵀ x to y, a block of rows after the other.
func (g *generator) axpys(rows int) {
	g.begin(fmt.Sprintf("axpys%d", rows), "y, a *float64, lda int, x *float64, step, n, blocks int",
		fmt.Sprintf("adds Σ_i<%d*blocks x[i*step] a[i*lda+j] to y[j] for j < n, in the order of i. step and lda may be negative.", rows))
	first, lda, x, step, n, blocks := g.param("a"), g.bytes("lda"), g.param("x"), g.bytes("step"), g.param("n"), g.param("blocks")
	whole, left, masks := g.split(n, g.lanes)
	a, y := g.GP64(), g.GP64()
	at := g.rows(rows, a, lda)
	g.Label("block")
	g.MOVQ(first, a)
	g.Load(g.Param("y"), y)
	factors := make([]reg.VecVirtual, rows)
	for r := range factors {
		factors[r] = g.vector()
		g.VBROADCASTSD(operand.Mem{Base: x}, factors[r])
		g.ADDQ(step, x)
	}
	g.along(whole, left, masks, func(masks []operand.Op) {
		mask := masks[0]
		v := g.load(operand.Mem{Base: y}, mask)
		for r := range rows {
			if mask == nil {
				g.VFMADD231PD(at(r), factors[r], v)
			} else {
				g.VFMADD231PD(g.load(at(r), mask), factors[r], v)
			}
		}
		g.store(v, operand.Mem{Base: y}, mask)
		g.ADDQ(operand.Imm(uint64(g.size())), a)
		g.ADDQ(operand.Imm(uint64(g.size())), y)
	})
	g.LEAQ(operand.Mem{Base: first, Index: lda, Scale: uint8(rows)}, first)
	g.DECQ(blocks)
	g.JNE(operand.LabelRef("block"))
	g.end()
}

// held is axpys for rows of up to so many vectors, with y in registers all the time.
func (g *generator) held(vectors int) {
	g.begin(fmt.Sprintf("held%d", vectors), "y, a *float64, lda int, x *float64, step, n, rows int",
		fmt.Sprintf("adds Σ_i<rows x[i*step] a[i*lda+j] to y[j] for j < n, in the order of i; %d < n <= %d. step and lda may be negative.", g.lanes*(vectors-1), g.lanes*vectors))
	y, a, lda, x, step, n, rows := g.param("y"), g.param("a"), g.bytes("lda"), g.param("x"), g.bytes("step"), g.param("n"), g.param("rows")
	g.SUBQ(operand.U32(uint32(g.lanes*(vectors-1))), n)
	masks := make([]operand.Op, vectors)
	masks[vectors-1] = g.lowest(n)
	sums := make([]reg.VecVirtual, vectors)
	for j, mask := range masks {
		sums[j] = g.load(g.at(operand.Mem{Base: y}, j), mask)
	}
	g.Label("row")
	factor := g.vector()
	g.VBROADCASTSD(operand.Mem{Base: x}, factor)
	for j, mask := range masks {
		from := g.at(operand.Mem{Base: a}, j)
		if mask == nil {
			g.VFMADD231PD(from, factor, sums[j])
		} else {
			g.VFMADD231PD(g.load(from, mask), factor, sums[j])
		}
	}
	g.ADDQ(lda, a)
	g.ADDQ(step, x)
	g.DECQ(rows)
	g.JNE(operand.LabelRef("row"))
	for j, mask := range masks {
		g.store(sums[j], g.at(operand.Mem{Base: y}, j), mask)
	}
	g.end()
}
