package site

import (
	"fmt"
	"strings"

	"rnn101/internal/notebook"
)

// A Diagnostic is something that a reader should not see, in a cell of a notebook.
type Diagnostic struct{ Notebook, Cell, Text string }

func (c Diagnostic) String() string {
	if c.Cell == "" {
		return c.Notebook + ": " + c.Text
	}
	return c.Notebook + ", cell " + c.Cell + ": " + c.Text
}

// check looks for what can be seen before anything is rendered: outputs that are errors,
// and outputs that are not of the code above them.
func (p *page) check(course bool) (problems, warnings []Diagnostic) {
	stale := ""
	switch p.nb.Executed() {
	case p.nb.CodeHash():
	case "":
		stale = "it does not say which code its outputs are of"
	default:
		stale = "its code has changed since it was run"
	}
	if stale != "" {
		c := Diagnostic{p.name, "", stale + ". Call: go run ./course run " + p.file}
		if course {
			problems = append(problems, c)
		} else {
			warnings = append(warnings, c)
		}
	}
	for i, cell := range p.nb.Cells {
		for _, output := range cell.Outputs {
			if output.Kind == "error" {
				problems = append(problems, Diagnostic{p.name, cellName(cell, i),
					fmt.Sprintf("its output is an error (%s). Mend the cell and run the notebook", firstLine(output.Text))})
			}
		}
	}
	return problems, warnings
}

// cellName is what a message calls a cell by: its id, or its place.
func cellName(c *notebook.Cell, i int) string {
	if c.ID != "" {
		return c.ID
	}
	return fmt.Sprint(i + 1)
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

// What a page shows of one output at most, and what an image or a sound may have on top.
const (
	textLimit  = 200_000
	mediaLimit = 20_000_000
)

// prepare returns the notebook as it goes to the renderer: each cell with a name of its
// own, and outputs too long for a page cut, with a line that says so.
func (p *page) prepare() (data []byte, warnings []Diagnostic, err error) {
	copied, err := notebook.Parse(p.file, p.data)
	if err != nil {
		return nil, nil, err
	}
	copied.Metadata["language_info"] = map[string]any{"name": "go", "pygments_lexer": "go"} // GoNB leaves it open
	used := map[string]bool{}
	for i, cell := range copied.Cells {
		cell.Outputs = notebook.MergeStreams(cell.Outputs)
		name := cellName(cell, i)
		for n := 2; used[name]; n++ {
			name = fmt.Sprintf("%s-%d", cellName(cell, i), n)
		}
		used[name] = true
		cell.ID = name
		for j := range cell.Outputs {
			if shortened := shorten(&cell.Outputs[j], p.lang); shortened != "" {
				warnings = append(warnings, Diagnostic{p.name, name, shortened})
			}
		}
	}
	data, err = copied.Encode()
	return data, warnings, err
}

// shorten cuts an output that is too long for a page, and says so there in the page's
// language. It returns a warning, or "" if the output stays as it is.
func shorten(o *notebook.Output, lang string) string {
	if o.Kind == "stream" {
		kept, left := head(o.Text, textLimit)
		if left == 0 {
			return ""
		}
		more := size(left)
		o.Text = kept + texts.In(lang).Text("cut", more) + "\n"
		return "its output is cut on the page: " + more + " more are in the notebook"
	}
	said := ""
	for mime, text := range o.Data {
		limit := textLimit
		if strings.Contains(text, "data:") || strings.HasPrefix(mime, "image/") || strings.HasPrefix(mime, "audio/") {
			limit = mediaLimit
		}
		if len(text) <= limit {
			continue
		}
		more := size(len(text))
		// Half of a table or of an image is none: the whole of it stays in the notebook.
		delete(o.Data, mime)
		o.Data["text/plain"] = texts.In(lang).Text("cut", more)
		said = "its output is left out of the page: its " + more + " are in the notebook"
	}
	return said
}

// head returns the beginning of a text, whole lines where it has some, and how many
// bytes are left.
func head(text string, limit int) (string, int) {
	if len(text) <= limit {
		return text, 0
	}
	kept := strings.ToValidUTF8(text[:limit], "")
	if at := strings.LastIndexByte(kept, '\n'); at >= 0 {
		kept = kept[:at+1]
	} else {
		kept += "\n"
	}
	return kept, len(text) - len(kept)
}

// size writes a number of bytes for people.
func size(n int) string {
	switch {
	case n >= 1_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n >= 1000:
		return fmt.Sprintf("%.0f KB", float64(n)/1e3)
	}
	return fmt.Sprintf("%d bytes", n)
}
