// Package figuretest tests figures: against their golden images, which are in the
// folder testdata of the package under test, and for texts that are not from the
// catalogue.
package figuretest

import (
	"bytes"
	"errors"
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"gonum.org/v1/plot/cmpimg"

	"rnn101/internal/lang"
	"rnn101/plots/internal/figure"
	"rnn101/plots/internal/render"
)

var update = flag.Bool("update", false, "write the golden images anew")

// Draw is a call that draws a figure.
type Draw = func() (*figure.Figure, error)

// Golden compares a figure with testdata/NAME.png, or writes that file with -update.
func Golden(t *testing.T, name string, draw Draw) {
	t.Helper()
	_, got := encode(t, draw)
	golden := filepath.Join("testdata", name+".png")
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	same, err := cmpimg.EqualApprox("png", got, want, 0.02)
	if err != nil {
		t.Fatal(err)
	}
	if !same {
		t.Errorf("the chart differs from %s; look at both, and add -update to the command if the new one is right", golden)
	}
}

// Size tests that the image has the density and size that the figure says.
func Size(t *testing.T, name string, draw Draw) {
	t.Helper()
	f, data := encode(t, draw)
	config, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	width, height := f.Size()
	if dx, dy := float64(config.Width)-1.5*width, float64(config.Height)-1.5*height; dx < -1 || dx > 1 || dy < -1 || dy > 1 {
		t.Errorf("%s: the image is %d×%d pixels, the figure says %v×%v CSS pixels", name, config.Width, config.Height, width, height)
	}
}

func encode(t *testing.T, draw Draw) (*figure.Figure, []byte) {
	t.Helper()
	f, err := draw()
	if err != nil {
		t.Fatal(err)
	}
	data, err := f.PNG()
	if err != nil {
		t.Fatal(err)
	}
	return f, data
}

var (
	symbols    = regexp.MustCompile(`tanh|σ|[UVWLxhŷa∂δ][₀-₉⁽⁾⁰-⁹₋ₖₜₙ]*|[cfiogzrn]ₜ(₋₁)?`)
	inBrackets = regexp.MustCompile(`⟦[^⟦⟧]*⟧`)
	letter     = regexp.MustCompile(`\p{L}+`)
)

// Catalogue tests a figure in the dummy language, in which every text of the catalogue
// stands between ⟦ and ⟧. The font cannot write these, so the call must fail, and the
// letters that its texts have outside of the brackets must be symbols of the lecture or
// names that the call gave. In each language of the course the font must have every
// character of every label.
func Catalogue(t *testing.T, name string, draw Draw, given *regexp.Regexp) {
	t.Helper()
	before := lang.Tag()
	defer func() { _ = lang.Set(before) }() // it was set
	for _, l := range lang.Languages() {
		if err := lang.Set(l.Tag); err != nil {
			t.Fatal(err)
		}
		if _, err := draw(); err != nil {
			t.Errorf("%s in %s: %v", name, l.Name, err)
		}
	}
	if err := lang.Set(lang.Dummy); err != nil {
		t.Fatal(err)
	}
	_, err := draw()
	var unwritable *figure.UnwritableError
	if !errors.As(err, &unwritable) {
		t.Errorf("%s: no text came from the catalogue (error %v)", name, err)
		return
	}
	for _, text := range unwritable.Texts {
		rest := text
		for inBrackets.MatchString(rest) {
			rest = inBrackets.ReplaceAllString(rest, " ")
		}
		rest = symbols.ReplaceAllString(given.ReplaceAllString(rest, " "), " ")
		if escaped := letter.FindString(rest); escaped != "" {
			t.Errorf("%s: %q escaped the catalogue in %q", name, escaped, text)
		}
	}
}

// Writable tests that the font has every character of a group's texts, in each language of
// the course: of the labels that no figure of a test happens to have, too.
func Writable(t *testing.T, group string) {
	t.Helper()
	for _, l := range lang.Languages() {
		for key, text := range lang.For(group).In(l.Tag).All() {
			if r, missing := render.Missing(text); missing {
				t.Errorf("%s.%s in %s: the font has no character %q (U+%04X)", group, key, l.Name, r, r)
			}
		}
	}
}
