package live

import (
	"os"
	"path/filepath"
	"testing"
)

func TestDocumentationHasEachNameThatCellsCanUse(t *testing.T) {
	file := filepath.Join(t.TempDir(), "net.go")
	source := `// Package net is small.
package net

// Size is a number
// of neurons.
const Size = 3

// Errors of the net.
var (
	ErrShape = 1 // the shapes differ
	ErrEmpty = 2
)

// A Net has states.
//
// It can be read.
type Net struct {
	H, C []float64 // states, of length Size
	own  int
	// F is called.
	F func(a, b int) (sum int)
}

// New returns a net.
func New(x, y int, more ...string) (net *Net, err error) { return nil, nil }

// Loss returns
//
//	−log ŷ
//
// in nats.
func (n *Net) Loss(int) float64 { return 0 }

func plain() {}

// A Cell computes.
type Cell interface {
	Step(t int) // takes a step
}
`
	if err := os.WriteFile(file, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	var d documented
	if err := d.add("a/net", []string{file}); err != nil {
		t.Fatal(err)
	}
	want := "a/net\t\t\tPackage net is small.\n" +
		"a/net.Size\t\t\tSize is a number of neurons.\n" +
		"a/net.ErrShape\t\t\tthe shapes differ\n" +
		"a/net.ErrEmpty\t\t\tErrors of the net.\n" +
		"a/net.Cell\t\t\tA Cell computes.\n" +
		"a/net.Cell.Step\tt\t\ttakes a step\n" +
		"a/net.Net\t\t\tA Net has states.\n" +
		"a/net.New\tx,y,more\tnet,err\tNew returns a net.\n" +
		"a/net.Net.Loss\t\t\tLoss returns …\n" +
		"a/net.Net.H\t\t\tstates, of length Size\n" +
		"a/net.Net.C\t\t\tstates, of length Size\n" +
		"a/net.Net.F\ta,b\tsum\tF is called.\n"
	if got := d.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if err := d.add("a/net", []string{filepath.Join(filepath.Dir(file), "none.go")}); err == nil {
		t.Error("a file that is not there is no error")
	}
}
