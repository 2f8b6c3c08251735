package main

import (
	"math"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// constant returns the address of a vector whose numbers are all v.
func (g *generator) constant(v float64) operand.Mem {
	i := 0
	for i < len(g.constants) && math.Float64bits(g.constants[i]) != math.Float64bits(v) {
		i++
	}
	if i == len(g.constants) {
		g.constants = append(g.constants, v)
	}
	return operand.NewDataAddr(operand.Symbol{Name: "constants", Static: true}, 64*i)
}

// writeConstants writes the table of all constants.
func (g *generator) writeConstants() {
	g.StaticGlobal("constants")
	g.DataAttributes(attr.RODATA | attr.NOPTR)
	for i, v := range g.constants {
		for lane := range 8 {
			g.AddDatum(64*i+8*lane, operand.F64(v))
		}
	}
}

// set returns a register with a vector of memory.
func (g *generator) set(m operand.Mem) reg.VecVirtual { return g.load(m, nil) }

// function writes a function that sets each of n numbers to the value of f.
func (g *generator) function(name string, f func(x reg.VecVirtual) reg.VecVirtual) {
	g.begin(name, "dst, src *float64, n int", "sets dst[i] to "+name+"(src[i]) for i < n.")
	dst, src, n := g.param("dst"), g.param("src"), g.param("n")
	whole, left, masks := g.split(n, g.lanes)
	// The code for a vector is long, so it is there once: behind the whole vectors the
	// mask is that of the numbers left.
	mask := g.wholeMask()
	g.TESTQ(whole, whole)
	g.JE(operand.LabelRef("part"))
	g.Label("loop")
	y := f(g.load(operand.Mem{Base: src}, mask))
	g.store(y, operand.Mem{Base: dst}, mask)
	g.ADDQ(operand.Imm(uint64(g.size())), src)
	g.ADDQ(operand.Imm(uint64(g.size())), dst)
	g.DECQ(whole)
	g.JG(operand.LabelRef("loop"))
	g.JL(operand.LabelRef("done")) // that was the part
	g.Label("part")
	g.TESTQ(left, left)
	g.JE(operand.LabelRef("done"))
	g.copyMask(masks[0], mask)
	g.XORQ(whole, whole)
	g.JMP(operand.LabelRef("loop"))
	g.Label("done")
	g.end()
}

// wholeMask returns a mask that selects all lanes.
func (g *generator) wholeMask() operand.Op {
	if g.lanes == 8 {
		k := g.K()
		g.KXNORW(k, k, k)
		return k
	}
	m := g.YMM()
	g.VPCMPEQD(m, m, m)
	return m
}

func (g *generator) copyMask(from, to operand.Op) {
	if g.lanes == 8 {
		g.KMOVW(from, to)
	} else {
		g.VMOVAPD(from, to)
	}
}

// horner returns the polynomial in x with these coefficients, that of the highest power
// first.
func (g *generator) horner(x reg.VecVirtual, coefficients ...float64) reg.VecVirtual {
	v := g.set(g.constant(coefficients[0]))
	for _, c := range coefficients[1:] {
		g.VFMADD213PD(g.constant(c), x, v)
	}
	return v
}

// ln 2 in two parts, the first of 32 bits, so that its product with an exponent is exact
// (Cody and Waite 1980).
const (
	ln2High = 6.93147180369123816490e-01
	ln2Low  = 1.90821492927058770002e-10
)

// exp is 2ⁿ eʳ with n the integer next to x/ln 2 and r = x − n ln 2, |r| ≤ ln 2 / 2. eʳ is its
// Taylor polynomial of degree 13: the next term is at most (ln 2 / 2)¹⁴/14! = 4e-18.
func (g *generator) exp(x reg.VecVirtual) reg.VecVirtual {
	// Beyond these the result is +Inf or 0. Of two numbers one of which is NaN, the
	// instructions take the operand that is first here: x.
	v := g.vector()
	g.VMINPD(x, g.set(g.constant(710)), v)
	g.VMAXPD(v, g.set(g.constant(-746)), v)
	n, r := g.vector(), g.vector()
	g.VMULPD(g.constant(math.Log2E), v, n)
	g.round(0, n)
	g.VMOVAPD(v, r)
	g.VFNMADD231PD(g.constant(ln2High), n, r)
	g.VFNMADD231PD(g.constant(ln2Low), n, r)
	var taylor []float64
	for k, factorial := 2, 2.0; k <= 13; k, factorial = k+1, factorial*float64(k+1) {
		taylor = append([]float64{1 / factorial}, taylor...)
	}
	q, square, e := g.horner(r, taylor...), g.vector(), g.vector()
	g.VMULPD(r, r, square)
	g.VFMADD213PD(r, square, q) // r + r² q
	g.VADDPD(g.constant(1), q, e)
	if g.lanes == 8 {
		g.VSCALEFPD(n, e, e)
		return e
	}
	// 2ⁿ in two factors: 2⁻¹⁰⁷⁵ and 2¹⁰²⁴ are no normal numbers. Only the second product
	// can round, so that the result has the bits of VSCALEFPD.
	half, rest := g.vector(), g.vector()
	g.VMULPD(g.constant(0.5), n, half)
	g.round(1, half) // down
	g.VSUBPD(half, n, rest)
	// In the sum with 1.5·2⁵² + 1023 the lowest bits are k + 1023, the exponent of 2ᵏ.
	for _, k := range []reg.VecVirtual{half, rest} {
		power := g.vector()
		g.VADDPD(g.constant(1.5*(1<<52)+1023), k, power)
		g.VPSLLQ(operand.U8(52), power, power)
		g.VMULPD(power, e, e)
	}
	return e
}

// round rounds v to an integer: to the nearest, half to even, or down if mode is 1.
func (g *generator) round(mode int, v reg.VecVirtual) {
	if g.lanes == 8 {
		g.VRNDSCALEPD(operand.U8(mode), v, v)
	} else {
		g.VROUNDPD(operand.U8(mode), v, v)
	}
}

var minusZero = math.Copysign(0, -1)

// sigmoid is 1/(1 + e⁻ˣ).
func (g *generator) sigmoid(x reg.VecVirtual) reg.VecVirtual {
	minus, y := g.vector(), g.set(g.constant(1))
	g.xor(g.constant(minusZero), x, minus)
	e := g.exp(minus)
	g.VADDPD(g.constant(1), e, e)
	g.VDIVPD(e, y, y)
	return y
}

// The rational function of Cephes (Moshier 1984) for tanh, which Go's math.Tanh has too:
// tanh x = x + x³ P(x²)/Q(x²) for |x| < 0.625.
var (
	tanhP = []float64{-9.64399179425052238628e-1, -9.92877231001918586564e1, -1.61468768441708447952e3}
	tanhQ = []float64{1, 1.12811678491632931402e2, 2.23548839060100448583e3, 4.84406305325125486048e3}
)

// tanh is sign(x) (base + top/bottom), with z = |x|:
//
//	z + z³ P(z²)/Q(z²)     if z < 0.625
//	1 + −2/(e²ᶻ + 1)       otherwise
//
// Both have one division, so that one serves both.
func (g *generator) tanh(x reg.VecVirtual) reg.VecVirtual {
	sign, z, twice, square := g.vector(), g.vector(), g.vector(), g.vector()
	if g.lanes == 8 {
		g.VPANDQ(g.constant(minusZero), x, sign)
	} else {
		g.VANDPD(g.constant(minusZero), x, sign)
	}
	g.xor(sign, x, z)
	g.VADDPD(z, z, twice)
	e := g.exp(twice)
	g.VADDPD(g.constant(1), e, e)
	g.VMULPD(z, z, square)
	p, q := g.horner(square, tanhP...), g.horner(square, tanhQ...)
	g.VMULPD(square, p, p)
	g.VMULPD(z, p, p)
	one, two := g.set(g.constant(1)), g.set(g.constant(-2))
	top, bottom, base := g.vector(), g.vector(), g.vector()
	const less = 1
	if g.lanes == 8 {
		small := g.K()
		g.VCMPPD(operand.U8(less), g.constant(0.625), z, small)
		g.VBLENDMPD(p, two, small, top)
		g.VBLENDMPD(q, e, small, bottom)
		g.VBLENDMPD(z, one, small, base)
	} else {
		small := g.vector()
		g.VCMPPD(operand.U8(less), g.constant(0.625), z, small)
		g.VBLENDVPD(small, p, two, top)
		g.VBLENDVPD(small, q, e, bottom)
		g.VBLENDVPD(small, z, one, base)
	}
	g.VDIVPD(bottom, top, top)
	g.VADDPD(top, base, base)
	g.xor(sign, base, base)
	return base
}
