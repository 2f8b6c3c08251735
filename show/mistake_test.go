package show

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/janpfeifer/gonb/gonbui"
)

// In a notebook a reader's mistake ends the cell with a sentence, not with a panic.
func TestAMistakeEndsACellWithoutAStackTrace(t *testing.T) {
	var written bytes.Buffer
	var codes []int
	defer func(notebook bool, writer io.Writer, before func(int)) {
		gonbui.IsNotebook, stderr, exit = notebook, writer, before
	}(gonbui.IsNotebook, stderr, exit)
	gonbui.IsNotebook, stderr = true, &written
	exit = func(code int) { codes = append(codes, code); panic("ended") }
	U, two := [][]float64{{1, 2, 3}, {4, 5, 6}}, []float64{1, 2}
	mustPanic(t, func() { Product("a", two, "U", U, "h", two) }, "ended")
	if !slices.Equal(codes, []int{1}) {
		t.Errorf("the cell ended with %v, want [1]", codes)
	}
	if got, want := written.String(), "show.Product: U is 2×3 but h is 2×1: it must be 3×1.\n"; got != want {
		t.Errorf("the cell shows %q, want %q", got, want)
	}
}

func TestAMistakeNamesTheLinesThatLedToIt(t *testing.T) {
	got := report("Product", "U is 2×3", []string{"show.Product(U)", "helper(U)"})
	if want := "show.Product: U is 2×3.\nIn the line: show.Product(U)\nCalled in the line: helper(U)\n"; got != want {
		t.Errorf("the report is %q, want %q", got, want)
	}
}

func TestCallersAreTheLinesOfThePackage(t *testing.T) {
	lines := callers("rnn101/show.TestCallers") // this line
	if len(lines) != 1 || !strings.HasSuffix(lines[0], "// this line") {
		t.Errorf("the lines are %q, want that of the call", lines)
	}
	if lines := callers("main."); len(lines) > 0 && strings.Contains(lines[0], "callers") {
		t.Errorf("a line of another package is among %q", lines)
	}
	if line := sourceLine("no such file", 1); line != "" {
		t.Errorf("a missing file has the line %q", line)
	}
}
