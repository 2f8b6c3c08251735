// Package notebook reads, normalises, compares and writes Jupyter notebooks (nbformat 4).
// The .ipynb files are the only source of the course and are treated as source code: they
// have a canonical form, and a comparison reports what a reader would notice. The package
// knows nothing of the course but the metadata of its notebooks.
package notebook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"

	"rnn101/internal/atomicfile"
)

// Notebook is a notebook in memory. Fields of the file that this package does not use are
// preserved.
type Notebook struct {
	Path     string
	Cells    []*Cell
	Metadata map[string]any
	Minor    int // of nbformat 4

	content []byte // of the file, for a notebook that Read returned
}

// Cell is a cell of a notebook.
type Cell struct {
	ID       string
	Kind     string // "markdown", "code" or "raw"
	Source   string
	Metadata map[string]any
	Count    int // execution count, 0 for none
	Outputs  []Output
	other    map[string]any // attachments and the like
}

// Output is one output of a code cell.
type Output struct {
	Kind string            // "stream", "display_data", "execute_result" or "error"
	Name string            // of a stream: "stdout" or "stderr"; of an error: its name
	Text string            // of a stream or an error
	Data map[string]string // by MIME type, of a display
	raw  map[string]any
}

// Read reads a notebook from a file.
func Read(path string) (*Notebook, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	nb, err := Parse(path, data)
	if err == nil {
		nb.content = data
	}
	return nb, err
}

// Parse parses the content of a notebook file. The path is for errors.
func Parse(path string, data []byte) (*Notebook, error) {
	var file struct {
		Cells    []map[string]any `json:"cells"`
		Metadata map[string]any   `json:"metadata"`
		Format   int              `json:"nbformat"`
		Minor    int              `json:"nbformat_minor"`
	}
	if !utf8.Valid(data) { // encoding/json would replace the bytes silently
		valid := 0
		for valid < len(data) {
			r, n := utf8.DecodeRune(data[valid:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			valid += n
		}
		return nil, fmt.Errorf("%s is not valid UTF-8: invalid byte in line %d (byte %d of the file). Restore it from git, or save it again in JupyterLab",
			path, 1+bytes.Count(data[:valid], []byte("\n")), valid+1)
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("%s is not a notebook: it is not JSON (%v). Restore it from git, or save it again in JupyterLab", path, err)
	}
	if file.Format != 4 {
		return nil, fmt.Errorf("%s has notebook format %d, want format 4. Open it in JupyterLab and save it", path, file.Format)
	}
	nb := &Notebook{Path: path, Metadata: file.Metadata, Minor: max(5, file.Minor)}
	if nb.Metadata == nil {
		nb.Metadata = map[string]any{}
	}
	for i, raw := range file.Cells {
		cell, err := parseCell(raw)
		if err != nil {
			return nil, fmt.Errorf("%s, cell %d: %w", path, i+1, err)
		}
		nb.Cells = append(nb.Cells, cell)
	}
	return nb, nil
}

func parseCell(raw map[string]any) (*Cell, error) {
	c := &Cell{other: raw, Metadata: map[string]any{}}
	c.ID, _ = raw["id"].(string)
	c.Kind, _ = raw["cell_type"].(string)
	if c.Kind != "markdown" && c.Kind != "code" && c.Kind != "raw" {
		return nil, fmt.Errorf("unknown cell type %q: want markdown, code or raw", c.Kind)
	}
	var err error
	if c.Source, err = joinLines(raw["source"]); err != nil {
		return nil, fmt.Errorf("source: %w", err)
	}
	if m, ok := raw["metadata"].(map[string]any); ok {
		c.Metadata = m
	}
	if n, ok := raw["execution_count"].(float64); ok {
		c.Count = int(n)
	}
	outputs, _ := raw["outputs"].([]any)
	for _, o := range outputs {
		m, ok := o.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("an output is not a JSON object")
		}
		output, err := parseOutput(m)
		if err != nil {
			return nil, err
		}
		c.Outputs = append(c.Outputs, output)
	}
	for _, known := range []string{"id", "cell_type", "source", "metadata", "execution_count", "outputs"} {
		delete(c.other, known)
	}
	return c, nil
}

func parseOutput(m map[string]any) (Output, error) {
	o := Output{raw: m, Data: map[string]string{}}
	o.Kind, _ = m["output_type"].(string)
	o.Name, _ = m["name"].(string)
	switch o.Kind {
	case "stream":
		text, err := joinLines(m["text"])
		o.Text = text
		return o, err
	case "error":
		o.Name, _ = m["ename"].(string)
		o.Text, _ = m["evalue"].(string)
		return o, nil
	}
	data, _ := m["data"].(map[string]any)
	for mime, value := range data {
		text, err := joinLines(value)
		if err != nil { // a MIME type whose data is JSON
			encoded, _ := json.Marshal(value)
			text = string(encoded)
		}
		o.Data[mime] = text
	}
	return o, nil
}

// joinLines returns a text that nbformat stores as a string or as a list of lines.
func joinLines(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case []any:
		var b strings.Builder
		for _, line := range v {
			s, ok := line.(string)
			if !ok {
				return "", fmt.Errorf("a line is not a string")
			}
			b.WriteString(s)
		}
		return b.String(), nil
	}
	return "", fmt.Errorf("not a string or a list of lines")
}

// lines splits a text as nbformat does: each line keeps its newline.
func lines(s string) []string {
	if s == "" {
		return []string{}
	}
	all := strings.SplitAfter(s, "\n")
	if all[len(all)-1] == "" {
		all = all[:len(all)-1]
	}
	return all
}

// Encode returns the content of the notebook's file: JSON with sorted keys, indented by one
// space, without escaped HTML.
func (nb *Notebook) Encode() ([]byte, error) {
	cells := make([]any, len(nb.Cells))
	for i, c := range nb.Cells {
		cells[i] = c.encode()
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(map[string]any{
		"cells": cells, "metadata": nb.Metadata, "nbformat": 4, "nbformat_minor": nb.Minor,
	})
	return b.Bytes(), err
}

func (c *Cell) encode() map[string]any {
	m := map[string]any{}
	for k, v := range c.other {
		m[k] = v
	}
	m["id"], m["cell_type"], m["source"], m["metadata"] = c.ID, c.Kind, lines(c.Source), c.Metadata
	if c.Kind != "code" {
		return m
	}
	m["execution_count"] = nil
	if c.Count > 0 {
		m["execution_count"] = c.Count
	}
	outputs := make([]any, len(c.Outputs))
	for i, o := range c.Outputs {
		outputs[i] = o.encode()
	}
	m["outputs"] = outputs
	return m
}

func (o Output) encode() map[string]any {
	switch o.Kind {
	case "stream":
		return map[string]any{"output_type": o.Kind, "name": o.Name, "text": lines(o.Text)}
	case "error":
		return o.raw
	}
	data := map[string]any{}
	for mime, text := range o.Data {
		data[mime] = lines(text)
	}
	m := map[string]any{"output_type": o.Kind, "data": data, "metadata": map[string]any{}}
	if o.Kind == "execute_result" {
		m["execution_count"] = o.raw["execution_count"]
	}
	return m
}

// Write writes the notebook to nb.Path, atomically.
func (nb *Notebook) Write() error {
	data, err := nb.Encode()
	if err != nil {
		return fmt.Errorf("%s: %w", nb.Path, err)
	}
	if old, err := os.ReadFile(nb.Path); err == nil && bytes.Equal(old, data) {
		return nil
	}
	return atomicfile.WriteFile(nb.Path, data, 0o666)
}

// WriteIfUnchanged is like [Notebook.Write] but returns an error if the file has changed
// since [Read] returned old: the reader may have saved it meanwhile.
func (nb *Notebook) WriteIfUnchanged(old *Notebook) error {
	data, err := nb.Encode()
	if err != nil {
		return fmt.Errorf("%s: %w", nb.Path, err)
	}
	if bytes.Equal(old.content, data) {
		return nil
	}
	err = atomicfile.CompareAndSwap(nb.Path, old.content, data, 0o666)
	if errors.Is(err, atomicfile.ErrChanged) {
		return fmt.Errorf("%w. The file was not written: call again", err)
	}
	return err
}
