package notebook

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"strings"
	"testing"
)

// square returns a PNG in base64: 100×100 pixels, white less dark, with that many black
// pixels.
func square(t *testing.T, block int, dark uint8) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 100, 100))
	for i := range 100 * 100 {
		c := color.RGBA{255 - dark, 255 - dark, 255 - dark, 255}
		if i < block {
			c = color.RGBA{0, 0, 0, 255}
		}
		img.SetRGBA(i%100, i/100, c)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

// moving returns a GIF in base64: 100×100 pixels, white, in which a row of pixels becomes
// black after a time.
func moving(t *testing.T, row, delay int) string {
	t.Helper()
	colours := color.Palette{color.White, color.Black}
	g := gif.GIF{LoopCount: -1, Delay: []int{delay, delay}, Image: []*image.Paletted{
		image.NewPaletted(image.Rect(0, 0, 100, 100), colours), image.NewPaletted(image.Rect(0, row, 100, row+1), colours)}}
	for x := range 100 {
		g.Image[1].SetColorIndex(x, row, 1)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &g); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

func animation(alt, gif string) string {
	return shown("text/html", `<img alt="`+alt+`" src="data:image/gif;base64,`+gif+`">`)
}

func stdout(text string) string {
	return fmt.Sprintf(`{"output_type": "stream", "name": "stdout", "text": %q}`, text)
}

func shown(mime, text string) string {
	return fmt.Sprintf(`{"output_type": "display_data", "metadata": {}, "data": {%q: %q}}`, mime, text)
}

func chart(alt, png string) string {
	return shown("text/html", `<img alt="`+alt+`" src="data:image/png;base64,`+png+`">`)
}

func code(tags string, outputs ...string) string {
	return `{"cell_type": "code", "id": "c", "metadata": {"tags": [` + tags + `]}, "source": "x", "outputs": [` + strings.Join(outputs, ",") + `]}`
}

func TestCompareReportsWhatAReaderWouldNotice(t *testing.T) {
	white := square(t, 0, 0)
	for _, c := range []struct {
		name      string
		want, got string
		says      string // "" for no difference
	}{
		{"the same", code("", stdout("a\n"), chart("up", white)), code("", stdout("a\n"), chart("up", white)), ""},
		{"standard output split elsewhere", code("", stdout("ab\n")), code("", stdout("a"), stdout("b\n")), ""},
		{"one digit of a text", code("", stdout("loss 2.3804\n")), code("", stdout("loss 2.3805\n")), "2.3805"},
		{"one digit of a formula", code("", shown("text/markdown", "$$0.5$$")), code("", shown("text/markdown", "$$0.6$$")), "0.6"},
		{"a missing output", code("", stdout("a"), shown("text/markdown", "b")), code("", stdout("a")), "an output is missing"},
		{"displays out of order", code("", shown("text/markdown", "b"), stdout("a")), code("", stdout("a"), shown("text/markdown", "b")), "out of order"},
		{"a chart for a table", code("", shown("text/markdown", "b")), code("", chart("up", white)), "[image], committed are [markdown]"},
		{"another alternative text", code("", chart("the loss falls", white)), code("", chart("the loss rises", white)), "rises"},
		{"a small difference of colour", code("", chart("up", white)), code("", chart("up", square(t, 0, 24))), ""},
		{"a large difference of colour", code("", chart("up", white)), code("", chart("up", square(t, 0, 25))), "100.00 %"},
		{"five pixels of ten thousand", code("", chart("up", white)), code("", chart("up", square(t, 5, 0))), ""},
		{"six pixels of ten thousand", code("", chart("up", white)), code("", chart("up", square(t, 6, 0))), "0.06 %"},
		{"an image that is not a PNG", code("", chart("up", white)), code("", chart("up", "AAAA")), "cannot be read"},
		{"a PNG by itself", code("", shown("image/png", white)), code("", shown("image/png", square(t, 500, 0))), "5.00 %"},
		{"the same animation", code("", animation("up", moving(t, 5, 10))), code("", animation("up", moving(t, 5, 10))), ""},
		{"a second frame that differs", code("", animation("up", moving(t, 5, 10))), code("", animation("up", moving(t, 6, 10))), "2.00 %"},
		{"a faster animation", code("", animation("up", moving(t, 5, 10))), code("", animation("up", moving(t, 5, 5))), "hundredths of a second"},
		{"a GIF that is cut off", code("", animation("up", moving(t, 5, 10))), code("", animation("up", moving(t, 5, 10)[:80])), "cannot be read"},
		{"an animation for a chart", code("", chart("up", white)), code("", animation("up", moving(t, 5, 10))), "gif"},
		{"another form of display", code("", shown("text/markdown", "b")), code("", shown("text/plain", "b")), "out of order"},
		{"a last digit, untagged", code("", stdout("0.12345678901")), code("", stdout("0.12345678902")), "0.12345678902"},
		{"a last digit, tagged", code(`"approximate"`, stdout("L = 0.12345678901 nats")), code(`"approximate"`, stdout("L = 0.12345678902 nats")), ""},
		{"more than a last digit, tagged", code(`"approximate"`, stdout("0.123456789")), code(`"approximate"`, stdout("0.123456799")), "0.123456799"},
		{"a tolerance of its own", code(`"approximate=1e-3"`, stdout("12.91")), code(`"approximate=1e-3"`, stdout("12.92")), ""},
		{"a word, tagged", code(`"approximate=1e-3"`, stdout("12.91 nats")), code(`"approximate=1e-3"`, stdout("12.91 bits")), "bits"},
		{"a sign, tagged", code(`"approximate=1e-3"`, stdout("−0.5")), code(`"approximate=1e-3"`, stdout("0.5")), "0.5"},
		{"a time, measured", code(`"measured"`, stdout("0 to 12.91 ms")), code(`"measured"`, stdout("0.1 to 83.5 ms")), ""},
		{"a word, measured", code(`"measured"`, stdout("12.91 ms")), code(`"measured"`, stdout("12.91 µs")), "µs"},
		{"an invalid tolerance", code(`"approximate=much"`, stdout("1.0")), code(`"approximate=much"`, stdout("1.1")), "1.1"},
	} {
		differences := Compare(testNotebook(t, c.want), testNotebook(t, c.got))
		switch {
		case c.says == "" && len(differences) > 0:
			t.Errorf("%s: found %v, want nothing", c.name, differences)
		case c.says != "" && len(differences) != 1:
			t.Errorf("%s: found %v, want one difference", c.name, differences)
		case c.says != "" && !strings.Contains(differences[0].String(), c.says):
			t.Errorf("%s: found %q, want %q in it", c.name, differences[0], c.says)
		}
		if len(differences) > 0 && !strings.HasPrefix(differences[0].String(), "test.ipynb, cell c: ") {
			t.Errorf("%s: %q does not name notebook and cell", c.name, differences[0])
		}
	}
}

// On another kind of processor a chaotic training ends elsewhere, but what the cell says must be the same.
func TestAChaoticCellDiffersElsewhereOnly(t *testing.T) {
	tagged := func(number, claim string, pixels int) *Notebook {
		return testNotebook(t, code(`"chaotic"`, chart("it ends at "+number, square(t, pixels, 0)), stdout("loss "+number+" "+claim)))
	}
	committed := tagged("4.67", "✓", 0)
	for name, c := range map[string]struct {
		run  *Notebook
		says []string // of CompareElsewhere
	}{
		"numbers": {tagged("3.10", "✓", 0), nil},
		"pixels":  {tagged("4.67", "✓", 500), nil},
		"a claim": {tagged("3.10", "✗", 0), []string{"✗"}},
	} {
		found := CompareElsewhere(committed, c.run)
		if len(found) != len(c.says) || len(found) > 0 && !strings.Contains(found[0].What, c.says[0]) {
			t.Errorf("%s: elsewhere it finds %v, want %q", name, found, c.says)
		}
		if len(compare(committed, c.run, false)) == 0 {
			t.Errorf("%s: on the same kind of processor it finds nothing", name)
		}
	}
	if found := CompareElsewhere(testNotebook(t, code("", stdout("4.67"))), testNotebook(t, code("", stdout("3.10")))); len(found) != 1 {
		t.Errorf("without the tag it finds %v, want one difference", found)
	}
}

func TestCompareFindsAMissingCell(t *testing.T) {
	differences := Compare(testNotebook(t, code("", stdout("a"))), testNotebook(t))
	if len(differences) != 1 || differences[0].String() != "test.ipynb: it has 1 cells, the other run has 0" {
		t.Errorf("found %v, want the missing cell", differences)
	}
}

func TestKeepOutputsKeepsTheBytesOfEqualOutputsOnly(t *testing.T) {
	committed, other := square(t, 0, 0), square(t, 0, 3) // equal to the eye, not in bytes
	old := testNotebook(t, code("", chart("up", committed)))
	run := testNotebook(t, code("", chart("up", other)))
	run.KeepOutputs(old)
	if !strings.Contains(run.Cells[0].Outputs[0].Data["text/html"], committed) {
		t.Error("an image that looks the same got new bytes")
	}
	changed := testNotebook(t, code("", chart("down", other)))
	changed.KeepOutputs(old)
	if !strings.Contains(changed.Cells[0].Outputs[0].Data["text/html"], other) {
		t.Error("an output that differs was replaced by the old one")
	}
}
