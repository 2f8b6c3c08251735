package notebook

import (
	"fmt"
	"math"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"rnn101/internal/notebook/picture"
)

// imageIn matches an image embedded in an HTML output.
var imageIn = regexp.MustCompile(`data:image/(png|gif);base64,([A-Za-z0-9+/=\s]*)`)

// Difference is a difference between two runs of a notebook.
type Difference struct {
	Notebook string
	Cell     string // its name, or "" for the whole notebook
	What     string
}

func (d Difference) String() string {
	if d.Cell == "" {
		return d.Notebook + ": " + d.What
	}
	return fmt.Sprintf("%s, cell %s: %s", d.Notebook, d.Cell, d.What)
}

// Compare returns the differences between the outputs of two runs of the same cells. It
// compares text exactly and images by their pixels. In a cell with the tag "approximate"
// numbers may differ by a relative 1e-9, with the tag "approximate=1e-6" by 1e-6, and so
// on. In a cell with the tag "measured" numbers may differ freely, such as times; the text
// of the notebook cannot quote them. In a cell with the tag "chaotic" numbers and images may
// differ freely on processors of another kind than those that the committed outputs are from.
func Compare(want, got *Notebook) []Difference { return compare(want, got, elsewhere) }

// CompareElsewhere is Compare for a run with other instructions than those that the committed
// outputs are from.
func CompareElsewhere(want, got *Notebook) []Difference { return compare(want, got, true) }

// elsewhere reports whether this is a processor of another kind: the committed outputs are from
// amd64.
const elsewhere = runtime.GOARCH != "amd64"

func compare(want, got *Notebook, elsewhere bool) []Difference {
	var all []Difference
	if len(want.Cells) != len(got.Cells) {
		return []Difference{{want.Path, "", fmt.Sprintf("it has %d cells, the other run has %d", len(want.Cells), len(got.Cells))}}
	}
	for i, c := range want.Cells {
		if c.Kind != "code" {
			continue
		}
		for _, what := range compareOutputs(MergeStreams(c.Outputs), MergeStreams(got.Cells[i].Outputs), c.allowance(elsewhere)) {
			all = append(all, Difference{want.Path, want.CellName(i), what})
		}
	}
	return all
}

// measured is the tag of a cell whose numbers differ from run to run.
const measured = "measured"

// Measures reports whether the numbers that the cell shows differ from run to run, as its tag says.
func (c *Cell) Measures() bool { return slices.Contains(c.Tags(), measured) }

// chaotic is the tag of a cell whose trainings make rounding errors grow until they decide.
const chaotic = "chaotic"

// allowance is what may differ between two outputs.
type allowance struct {
	tolerance float64 // relative, of numbers
	images    bool    // images may differ freely
}

// allowance returns what may differ in the outputs of the cell. elsewhere: between two kinds of
// processors.
func (c *Cell) allowance(elsewhere bool) allowance {
	if elsewhere && slices.Contains(c.Tags(), chaotic) {
		return allowance{math.Inf(1), true}
	}
	return allowance{tolerance: c.tolerance()}
}

// tolerance returns the relative difference that numbers in the outputs of the cell may
// have.
func (c *Cell) tolerance() float64 {
	for _, tag := range c.Tags() {
		if tag == measured {
			return math.Inf(1)
		}
		if tag == "approximate" {
			return 1e-9
		}
		if value, ok := strings.CutPrefix(tag, "approximate="); ok {
			if t, err := strconv.ParseFloat(value, 64); err == nil && t > 0 {
				return t
			}
		}
	}
	return 0
}

func compareOutputs(want, got []Output, allowed allowance) []string {
	kinds := func(outputs []Output) string {
		names := make([]string, len(outputs))
		for i, o := range outputs {
			names[i] = o.describe()
		}
		return "[" + strings.Join(names, ", ") + "]"
	}
	if a, b := kinds(want), kinds(got); a != b {
		return []string{fmt.Sprintf("the outputs are %s, committed are %s (an output is missing, new, or out of order)", b, a)}
	}
	var all []string
	for i := range want {
		if what := compareOutput(want[i], got[i], allowed); what != "" {
			all = append(all, fmt.Sprintf("output %d: %s", i+1, what))
		}
	}
	return all
}

// describe returns the kind of the output for messages.
func (o Output) describe() string {
	switch {
	case o.Kind == "stream" || o.Kind == "error":
		return o.Kind + " " + o.Name
	case o.Data["text/html"] != "" && imageIn.MatchString(o.Data["text/html"]), o.Data["image/png"] != "":
		return "image"
	case o.Data["text/markdown"] != "":
		return "markdown"
	}
	return o.Kind
}

func compareOutput(want, got Output, allowed allowance) string {
	if what := compareText(want.Text, got.Text, allowed.tolerance); what != "" {
		return what
	}
	for mime, text := range want.Data {
		other, ok := got.Data[mime]
		if !ok {
			return "the output has no " + mime
		}
		if text == other || mime == "image/png" && allowed.images { // looking for images in megabytes of them takes long
			continue
		}
		if mime == "image/png" {
			if what := picture.Compare(text, other); what != "" {
				return what
			}
			continue
		}
		a, b := imageIn.FindAllStringSubmatch(text, -1), imageIn.FindAllStringSubmatch(other, -1)
		if what := compareText(imageIn.ReplaceAllString(text, "$1…"), imageIn.ReplaceAllString(other, "$1…"), allowed.tolerance); what != "" {
			return what
		}
		if allowed.images {
			continue
		}
		for i := range a { // as many, because the texts around them are equal
			if what := picture.Compare(a[i][2], b[i][2]); what != "" {
				return what
			}
		}
	}
	for mime := range got.Data {
		if _, ok := want.Data[mime]; !ok {
			return "the output has a new " + mime
		}
	}
	return ""
}

var numberIn = regexp.MustCompile(`[-−]?\d+(\.\d+)?([eE][-+]?\d+)?`)

// compareText compares numbers within the tolerance and the text between them exactly. It
// returns "" or the difference.
func compareText(want, got string, tolerance float64) string {
	if want == got {
		return ""
	}
	if tolerance > 0 && numberIn.ReplaceAllString(want, "#") == numberIn.ReplaceAllString(got, "#") {
		a, b := numberIn.FindAllString(want, -1), numberIn.FindAllString(got, -1)
		for i := range a {
			x, y := value(a[i]), value(b[i])
			if !math.IsInf(tolerance, 1) && math.Abs(x-y) > tolerance*math.Max(math.Abs(x), math.Abs(y)) {
				return fmt.Sprintf("the number %s is committed, the run gave %s (tolerance %g)", a[i], b[i], tolerance)
			}
		}
		return ""
	}
	at := 0
	w, g := []rune(want), []rune(got)
	for at < len(w) && at < len(g) && w[at] == g[at] {
		at++
	}
	around := func(s []rune) string {
		return string(s[max(0, at-20):min(len(s), at+40)])
	}
	return fmt.Sprintf("committed is %q, the run gave %q", around(w), around(g))
}

func value(s string) float64 {
	v, _ := strconv.ParseFloat(strings.Replace(s, "−", "-", 1), 64)
	return v
}

// KeepOutputs replaces outputs that are equal to those of old, as [Compare] sees it, by
// those of old, so that a run does not change bytes without need.
func (nb *Notebook) KeepOutputs(old *Notebook) {
	if len(nb.Cells) != len(old.Cells) {
		return
	}
	for i, c := range nb.Cells {
		before := old.Cells[i]
		if c.Kind == "code" && before.Kind == "code" && len(before.Outputs) > 0 &&
			len(compareOutputs(MergeStreams(before.Outputs), MergeStreams(c.Outputs), c.allowance(elsewhere))) == 0 {
			c.Outputs = MergeStreams(before.Outputs)
		}
	}
}
