// Command generate writes the assembly of package kernel, kernels_amd64.s, and the Go
// declarations of its functions, kernels_amd64.go:
//
//	go run . [FOLDER]
//
// FOLDER is the folder of package kernel, by default the parent folder. Each function is
// written twice, for AVX2 with FMA and for AVX-512, and adds up each result in the same
// order in both, so that both have the same bits.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/pass"
	"github.com/mmcloughlin/avo/printer"
)

// names are the files that are generated.
var names = [2]string{"kernels_amd64.s", "kernels_amd64.go"}

func main() {
	folder := ".."
	if len(os.Args) > 1 {
		folder = os.Args[1]
	}
	files, err := generate()
	for i, name := range names {
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, name), files[i], 0o666)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// generate returns the contents of the files in names.
func generate() (files [2][]byte, err error) {
	g := &generator{Context: build.NewContext()}
	g.ConstraintExpr("amd64")
	g.writeMasks()
	for _, set := range []instructions{avx2, avx512} {
		g.instructions = set
		for rows := 1; rows <= set.tileRows; rows++ {
			g.tile(rows)
		}
		for vectors := 1; vectors <= 2; vectors++ {
			g.copies(vectors)
		}
		for _, rows := range []int{8, 4, 1} {
			if rows*g.eights() <= 8 { // AVX2 has too few registers for more sums
				g.dots(rows)
			}
			g.axpys(rows)
		}
		g.stream()
		if set.lanes == 8 {
			for vectors := 1; vectors <= 16; vectors++ {
				g.held(vectors)
			}
		}
		g.peak()
		g.read()
		g.function("exp", g.exp)
		g.function("sigmoid", g.sigmoid)
		g.function("tanh", g.tanh)
	}
	g.writeConstants()

	file, err := g.Result()
	if err != nil {
		return files, err
	}
	if err := pass.Compile.Execute(file); err != nil {
		return files, err
	}
	config := printer.Config{Name: "rnnkit/internal/kernel/generate", Pkg: "kernel"}
	for i, p := range []printer.Printer{printer.NewGoAsm(config), printer.NewStubs(config)} {
		if files[i], err = p.Print(file); err != nil {
			return files, err
		}
	}
	return files, nil
}

// generator writes functions for one set of instructions after the other.
type generator struct {
	*build.Context
	instructions

	masks     operand.Mem
	constants []float64
}
