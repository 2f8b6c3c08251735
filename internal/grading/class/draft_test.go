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

// draft is a notebook that a test edits before it hands it in.
type draft struct {
	t  *testing.T
	nb object
}

func solution(t *testing.T, name string) *draft {
	t.Helper()
	return draftOf(t, load(t, name).Solved)
}

func draftOf(t *testing.T, nb *notebook.Notebook) *draft {
	t.Helper()
	data, err := nb.Encode()
	if err != nil {
		t.Fatal(err)
	}
	p := &draft{t: t}
	if err := json.Unmarshal(data, &p.nb); err != nil {
		t.Fatal(err)
	}
	for _, c := range p.cells() { // as one string, which is easier to edit
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

func (p *draft) cells() []any { return p.nb["cells"].([]any) }

// cell returns the cell with a grade_id, and its index.
func (p *draft) cell(id string) (object, int) {
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

// answer replaces the source of an answer cell.
func (p *draft) answer(id, source string) *draft {
	p.t.Helper()
	c, _ := p.cell(id)
	c["source"] = source
	return p
}

// unmarked removes all metadata of the cells.
func (p *draft) unmarked() {
	for _, c := range p.cells() {
		c.(object)["metadata"] = object{}
	}
}

// replace replaces a text in an answer cell. The cell must have it.
func (p *draft) replace(id, from, to string) *draft {
	p.t.Helper()
	c, _ := p.cell(id)
	source := c["source"].(string)
	if !strings.Contains(source, from) {
		p.t.Fatalf("the cell %s has no %q", id, from)
	}
	c["source"] = strings.Replace(source, from, to, 1)
	return p
}

// append adds lines to an answer.
func (p *draft) append(id, more string) *draft {
	p.t.Helper()
	c, _ := p.cell(id)
	c["source"] = c["source"].(string) + "\n\n" + more
	return p
}

// answers changes the source of each answer cell with code.
func (p *draft) answers(change func(source string) string) *draft {
	for _, c := range p.cells() {
		if meta := nbgraderOf(c); meta != nil && meta["solution"] == true && c.(object)["cell_type"] == "code" {
			c.(object)["source"] = change(c.(object)["source"].(string))
		}
	}
	return p
}

// insert inserts a cell at an index; -1 is the end.
func (p *draft) insert(at int, cell object) *draft {
	all := p.cells()
	if at < 0 {
		at = len(all)
	}
	p.nb["cells"] = append(append(append([]any{}, all[:at]...), cell), all[at:]...)
	return p
}

// copyOf returns a copy of a cell with another source.
func (p *draft) copyOf(id, source string) object {
	p.t.Helper()
	c, _ := p.cell(id)
	other := object{}
	for key, value := range c {
		other[key] = value
	}
	other["source"], other["id"] = source, "copy"
	return other
}

func (p *draft) bytes() []byte {
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

// put writes a file, and makes its folder.
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
