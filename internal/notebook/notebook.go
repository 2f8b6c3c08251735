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
	"maps"
	"os"
	"strings"
	"unicode/utf8"

	"rnn101/internal/atomicfile"
	"rnn101/internal/notebook/layout"
)

// Notebook is a notebook in memory. Fields of the file that this package does not use are
// preserved, and so is the layout of the file until [Notebook.Normalise].
type Notebook struct {
	Path     string
	Cells    []*Cell
	Metadata map[string]any
	Minor    int // of nbformat 4

	content []byte         // of the file, for a notebook that Read returned
	other   map[string]any // fields of the file besides those above
	layout  *layout.Layout // nil: the normal one
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

// FormatError is the error of a notebook in another format than nbformat 4.
type FormatError struct {
	Path   string
	Format int
}

func (e *FormatError) Error() string {
	if e.Format > 4 {
		return fmt.Sprintf("%s has notebook format %d, which is newer than this program: save it in format 4", e.Path, e.Format)
	}
	return fmt.Sprintf("%s has notebook format %d, want format 4. Open it in JupyterLab and save it", e.Path, e.Format)
}

// Parse parses the content of a notebook file. The path is for errors, one of which is a
// [*FormatError].
func Parse(path string, data []byte) (*Notebook, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // some editors of Windows write it
	if !utf8.Valid(data) {                          // encoding/json would replace the bytes silently
		return nil, fmt.Errorf("%s is not valid UTF-8: %s", path, notUTF8(data))
	}
	file, err := layout.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s is not a notebook: it is not JSON: %s", path, notJSON(data, err))
	}
	root, ok := file.(map[string]any)
	if !ok || root["nbformat"] == nil {
		return nil, fmt.Errorf("%s is not a notebook: it is JSON without the field nbformat", path)
	}
	format := integer(root["nbformat"])
	if format == 0 {
		return nil, fmt.Errorf("%s is not a notebook: its nbformat is %v, want a number, 4 mostly", path, root["nbformat"])
	}
	if format != 4 {
		return nil, &FormatError{path, format}
	}
	nb := &Notebook{Path: path, Metadata: map[string]any{}, Minor: integer(root["nbformat_minor"]), other: root, layout: layout.Of(data)}
	if m, ok := root["metadata"].(map[string]any); ok {
		nb.Metadata = m
	}
	cells, ok := root["cells"].([]any)
	if !ok && root["cells"] != nil {
		return nil, fmt.Errorf("%s is not a notebook: its cells are not a list", path)
	}
	for i, raw := range cells {
		m, ok := raw.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("%s, cell %d: not a JSON object", path, i+1)
		}
		cell, err := parseCell(m)
		if err != nil {
			return nil, fmt.Errorf("%s, cell %d: %w", path, i+1, err)
		}
		nb.Cells = append(nb.Cells, cell)
	}
	for _, known := range []string{"cells", "metadata", "nbformat", "nbformat_minor"} {
		delete(root, known)
	}
	return nb, nil
}

// integer returns a small whole number of a JSON text, or 0.
func integer(v any) int {
	n, ok := v.(json.Number)
	if text, isText := v.(string); !ok && isText { // of a program that is careless with types
		n = json.Number(text)
	}
	f, err := n.Float64()
	if err != nil || f < 0 || f > 1e9 {
		return 0
	}
	return int(f)
}

func parseCell(raw map[string]any) (*Cell, error) {
	c := &Cell{other: raw, Metadata: map[string]any{}}
	c.ID, _ = raw["id"].(string)
	c.Kind, _ = raw["cell_type"].(string)
	if c.Kind != "markdown" && c.Kind != "code" && c.Kind != "raw" {
		return nil, fmt.Errorf("it has the type %q, which format 4 does not have: change its cell_type to markdown, code or raw", c.Kind)
	}
	var err error
	if c.Source, err = layout.JoinLines(raw["source"]); err != nil {
		return nil, fmt.Errorf("source: %w", err)
	}
	if m, ok := raw["metadata"].(map[string]any); ok {
		c.Metadata = m
	}
	c.Count = integer(raw["execution_count"])
	if c.Outputs, err = parseOutputs(raw["outputs"]); err != nil {
		return nil, err
	}
	for _, known := range []string{"id", "cell_type", "source", "metadata", "execution_count", "outputs"} {
		delete(c.other, known)
	}
	return c, nil
}

// ParseOutputs parses the outputs of a code cell, in JSON.
func ParseOutputs(data []byte) ([]Output, error) {
	v, err := layout.Decode(data)
	if err != nil {
		return nil, err
	}
	return parseOutputs(v)
}

func parseOutputs(v any) (all []Output, err error) {
	outputs, _ := v.([]any)
	for _, o := range outputs {
		m, ok := o.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("an output is not a JSON object")
		}
		output, err := parseOutput(m)
		if err != nil {
			return nil, err
		}
		all = append(all, output)
	}
	return all, nil
}

func parseOutput(m map[string]any) (Output, error) {
	o := Output{raw: m, Data: map[string]string{}}
	o.Kind, _ = m["output_type"].(string)
	o.Name, _ = m["name"].(string)
	switch o.Kind {
	case "stream":
		text, err := layout.JoinLines(m["text"])
		o.Text = text
		return o, err
	case "error":
		o.Name, _ = m["ename"].(string)
		o.Text, _ = m["evalue"].(string)
		return o, nil
	}
	data, _ := m["data"].(map[string]any)
	for mime, value := range data {
		text, err := layout.JoinLines(value)
		if err != nil { // a MIME type whose data is JSON
			encoded, _ := json.Marshal(value)
			text = string(encoded)
		}
		o.Data[mime] = text
	}
	return o, nil
}

// Traceback returns the text of an error: its traceback, or else its name and its message.
func (o Output) Traceback() string {
	lines, _ := o.raw["traceback"].([]any)
	var texts []string
	for _, line := range lines {
		if text, ok := line.(string); ok {
			texts = append(texts, text)
		}
	}
	if text := strings.Join(texts, "\n"); strings.TrimSpace(text) != "" {
		return text
	}
	return strings.Trim(o.Name+": "+o.Text, ": ")
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

// Encode returns the content of the notebook's file: as the file was laid out that it was
// parsed from; otherwise JSON with sorted keys, indented by one space, without escaped HTML.
func (nb *Notebook) Encode() ([]byte, error) {
	root := maps.Clone(nb.other)
	if root == nil {
		root = map[string]any{}
	}
	cells := make([]any, len(nb.Cells))
	for i, c := range nb.Cells {
		cells[i] = c.encode()
	}
	root["cells"], root["metadata"], root["nbformat"], root["nbformat_minor"] = cells, nb.Metadata, 4, nb.Minor
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(root); err != nil || nb.layout == nil {
		return b.Bytes(), err
	}
	return nb.layout.Apply(b.Bytes())
}

func (c *Cell) encode() map[string]any {
	m := map[string]any{}
	for k, v := range c.other {
		m[k] = v
	}
	if c.ID != "" {
		m["id"] = c.ID
	}
	m["cell_type"], m["source"], m["metadata"] = c.Kind, lines(c.Source), c.Metadata
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
	m := maps.Clone(o.raw)
	if m == nil {
		m = map[string]any{}
	}
	m["output_type"] = o.Kind
	switch o.Kind {
	case "stream":
		m["name"], m["text"] = o.Name, lines(o.Text)
		return m
	case "error":
		return m
	}
	before, _ := m["data"].(map[string]any)
	data := map[string]any{}
	for mime, text := range o.Data {
		data[mime] = lines(text)
		if value, ok := before[mime]; ok {
			if _, err := layout.JoinLines(value); err != nil { // JSON, not text
				data[mime] = value
			}
		}
	}
	m["data"] = data
	if m["metadata"] == nil {
		m["metadata"] = map[string]any{}
	}
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
