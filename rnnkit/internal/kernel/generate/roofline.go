package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
)

// independent is how many products that do not wait for each other keep two units busy that
// take four cycles for each.
const independent = 12

// peak multiplies and adds without memory: what the processor can do at most.
func (g *generator) peak() {
	g.begin("peak", "n int", fmt.Sprintf("multiplies and adds %d vectors, n times. It measures the processor.", independent))
	n, sums := g.param("n"), g.zeros(independent)
	x := g.zeros(1)[0]
	g.Label("loop")
	for _, sum := range sums {
		g.VFMADD231PD(x, x, sum)
	}
	g.DECQ(n)
	g.JNE(operand.LabelRef("loop"))
	g.end()
}

// read reads memory and does nothing with it.
func (g *generator) read() {
	g.begin("read", "p *float64, n int", "reads n times eight vectors. It measures the memory.")
	p, n, v := g.param("p"), g.param("n"), g.vector()
	g.Label("loop")
	for i := range 8 {
		g.VMOVUPD(g.at(operand.Mem{Base: p}, i), v)
	}
	g.ADDQ(operand.U32(uint32(8*g.size())), p)
	g.DECQ(n)
	g.JNE(operand.LabelRef("loop"))
	g.end()
}
