package engine

import (
	"math"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font/liberation"
)

// gonum/plot reads its fonts when the first chart is made, and panics if it cannot.
func TestGonumPlotReadsTheEmptyFonts(t *testing.T) {
	if n := len(liberation.Collection()); n != 12 {
		t.Errorf("there are %d fonts, want 12", n)
	}
}

// The layout of a chart depends on them. The numbers are those of Liberation Serif: a space of 512, a descent
// of 443 in 2048.
func TestTheEmptyFontsHaveTheMeasuresOfLiberationSerif(t *testing.T) {
	label := plot.New().Y.Label.TextStyle // of 12 points
	if got, want := float64(label.Width(" ")), 12.0*512/2048; math.Abs(got-want) > 0.02 {
		t.Errorf("a space is %v wide, want %v", got, want)
	}
	if got, want := float64(label.FontExtents().Descent), 12.0*443/2048; math.Abs(got-want) > 0.02 {
		t.Errorf("the descent is %v, want %v", got, want)
	}
}
