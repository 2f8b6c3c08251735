package class

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/checkout"
	"rnn101/internal/grading/release"
	"rnn101/internal/notebook"
)

type object = map[string]any

// paper is a notebook that somebody hands in: to begin with the solution, with whatever a
// test does to it.
type paper struct {
	t  *testing.T
	nb object
}

func solution(t *testing.T, name string) *paper {
	t.Helper()
	return paperOf(t, load(t, name).Solved)
}

func paperOf(t *testing.T, nb *notebook.Notebook) *paper {
	t.Helper()
	data, err := nb.Encode()
	if err != nil {
		t.Fatal(err)
	}
	p := &paper{t: t}
	if err := json.Unmarshal(data, &p.nb); err != nil {
		t.Fatal(err)
	}
	for _, c := range p.cells() { // one text, which is easier to change
		if lines, ok := c.(object)["source"].([]any); ok {
			whole := ""
			for _, line := range lines {
				whole += line.(string)
			}
			c.(object)["source"] = whole
		}
	}
	return p
}

func (p *paper) cells() []any { return p.nb["cells"].([]any) }

// cell is the cell with a grade_id, and its place.
func (p *paper) cell(id string) (object, int) {
	p.t.Helper()
	for i, c := range p.cells() {
		if meta := nbgraderOf(c); meta != nil && meta["grade_id"] == id {
			return c.(object), i
		}
	}
	p.t.Fatalf("there is no cell %s", id)
	return nil, 0
}

func nbgraderOf(cell any) object {
	meta, _ := cell.(object)["metadata"].(object)["nbgrader"].(object)
	return meta
}

// answer replaces what stands in an answer cell.
func (p *paper) answer(id, source string) *paper {
	p.t.Helper()
	c, _ := p.cell(id)
	c["source"] = source
	return p
}

// replace changes a text in an answer cell, where it must be.
func (p *paper) replace(id, from, to string) *paper {
	p.t.Helper()
	c, _ := p.cell(id)
	source := c["source"].(string)
	if !strings.Contains(source, from) {
		p.t.Fatalf("the cell %s has no %q", id, from)
	}
	c["source"] = strings.Replace(source, from, to, 1)
	return p
}

// append adds lines below an answer.
func (p *paper) append(id, more string) *paper {
	p.t.Helper()
	c, _ := p.cell(id)
	c["source"] = c["source"].(string) + "\n\n" + more
	return p
}

// answers changes the source of each answer cell in code.
func (p *paper) answers(change func(source string) string) *paper {
	for _, c := range p.cells() {
		if meta := nbgraderOf(c); meta != nil && meta["solution"] == true && c.(object)["cell_type"] == "code" {
			c.(object)["source"] = change(c.(object)["source"].(string))
		}
	}
	return p
}

// insert puts a cell before another place; -1 is the end.
func (p *paper) insert(at int, cell object) *paper {
	all := p.cells()
	if at < 0 {
		at = len(all)
	}
	p.nb["cells"] = append(append(append([]any{}, all[:at]...), cell), all[at:]...)
	return p
}

// copyOf is a cell like another, with another source.
func (p *paper) copyOf(id, source string) object {
	p.t.Helper()
	c, _ := p.cell(id)
	other := object{}
	for key, value := range c {
		other[key] = value
	}
	other["source"], other["id"] = source, "copy"
	return other
}

func (p *paper) bytes() []byte {
	p.t.Helper()
	data, err := json.Marshal(p.nb)
	if err != nil {
		p.t.Fatal(err)
	}
	return data
}

func code(source string) object {
	return object{"cell_type": "code", "metadata": object{}, "source": source, "outputs": []any{}, "execution_count": nil}
}

// put writes a file below a folder.
func put(t *testing.T, data []byte, file ...string) {
	t.Helper()
	path := filepath.Join(file...)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

var repo = &checkout.Checkout{Root: filepath.Join("..", "..", "..")}

func load(t *testing.T, name string) *release.Source {
	t.Helper()
	s, err := release.Load(repo, name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
