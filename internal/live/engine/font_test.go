package engine

import (
	"testing"

	"gonum.org/v1/plot/font/liberation"
)

// gonum/plot reads its fonts when the first chart is made, and panics if it cannot.
func TestGonumPlotReadsTheEmptyFonts(t *testing.T) {
	if n := len(liberation.Collection()); n != 12 {
		t.Errorf("there are %d fonts, want 12", n)
	}
}
