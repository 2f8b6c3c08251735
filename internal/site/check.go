package site

import (
	"bytes"
	"fmt"
	"strings"

	"rnn101/internal/notebook"
	"rnn101/internal/site/content"
)

// A Diagnostic is a problem or a warning about a notebook, or about one of its cells.
type Diagnostic struct {
	Notebook string
	Cell     string // its id, or ""
	Text     string
}

func (d Diagnostic) String() string {
	if d.Cell == "" {
		return d.Notebook + ": " + d.Text
	}
	return d.Notebook + ", cell " + d.Cell + ": " + d.Text
}

// check returns what is to be said of outputs that are errors or stale.
func (p *page) check() (all []Diagnostic) {
	stale := ""
	switch p.nb.Executed() {
	case p.nb.CodeHash():
	case "":
		if p.nb.HasOutputs() { // and is not handed out to be run
			stale = "it does not record which code its outputs are from"
		}
	default:
		stale = "its code has changed since it was last run"
	}
	if stale != "" && p.nb.KernelName() == "gonb" {
		all = append(all, Diagnostic{p.name, "", stale + ". Run it: go run ./course run " + p.file})
	}
	if p.nan() {
		all = append(all, Diagnostic{p.name, "", "it has NaN or Infinity, which JSON does not have, so JupyterLab cannot open it: the page shows null in their place"})
	}
	for i, cell := range p.nb.Cells {
		for _, output := range cell.Outputs {
			if output.Kind == "error" {
				all = append(all, Diagnostic{p.name, p.nb.CellName(i),
					fmt.Sprintf("its output is an error (%s). Correct the cell and run the notebook", firstLine(output.Text))})
			}
		}
	}
	return all
}

// nan reports whether the file has NaN where JSON has no such thing.
func (p *page) nan() bool { return !bytes.Equal(p.data, notebook.WithoutNaN(p.data)) }

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

// prepare returns the notebook for the renderer.
func (p *page) prepare() (data []byte, warnings []Diagnostic, err error) {
	parsed, err := notebook.Parse(p.file, p.source)
	if err != nil {
		return nil, nil, err
	}
	data, cut, err := content.Prepare(parsed, p.lang)
	for _, w := range cut {
		warnings = append(warnings, Diagnostic{p.name, w.Cell, w.Text})
	}
	return data, warnings, err
}
