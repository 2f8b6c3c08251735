package class

import (
	"strings"
	"testing"

	"rnn101/internal/grading/collect"
	"rnn101/internal/grading/sandbox"
	"rnn101/internal/grading/submission"
)

// Where only a human can tell, the teacher and the student learn it, and nothing is lost
// meanwhile. None of these needs a program.
func TestWhatCannotBeKnownNeedsAHuman(t *testing.T) {
	text := func(source string) object {
		return object{"cell_type": "markdown", "metadata": object{}, "source": source}
	}
	words := "Only the state goes on from word to word."
	for name, c := range map[string]struct {
		assignment string
		edit       func(p *draft) *draft
		reason     string // a part of it; "" for none
		answer     string // to the question, for a human to read
	}{
		"as handed out":      {"a1", func(p *draft) *draft { return p }, "", ""},
		"notes of their own": {"a1", func(p *draft) *draft { return p.insert(3, text("I begin with softmax and oneHot.")) }, "", ""},
		"another name": {"a1", func(p *draft) *draft {
			return p.insert(7, code("func onehot(size, place int) []float64 { return nil }"))
		}, "oneHot has no answer, and the cell no. 8 declares onehot, which has its type", ""},
		"in a text cell":       {"a1", func(p *draft) *draft { return p.insert(7, text("```go\nfunc oneHot(n, i int) []float64 {\n}\n```")) }, "oneHot has no answer, and the text in the cell no. 8 may be one", ""},
		"the type of its cell": {"a1", func(p *draft) *draft { c, _ := p.cell("one-hot"); c["cell_type"] = "markdown"; return p }, "the text in the cell one-hot may be one", ""},
		"words in a new cell":  {"a4", func(p *draft) *draft { return p.insert(-1, text(words)) }, "the question why has no answer in its cell, and there is text in other cells: no. 26", words},
		"words in a code cell": {"a4", func(p *draft) *draft { return p.insert(-1, code(words)) }, "there is text in other cells: no. 26", words},
		"words below the question": {"a4", func(p *draft) *draft {
			for _, c := range p.cells() {
				if source := c.(object)["source"].(string); strings.HasPrefix(source, "## 5. In words") {
					c.(object)["source"] = source + "\n\n" + words
				}
			}
			return p
		}, "there is text in other cells: no. 23", words},
		"no words":            {"a4", func(p *draft) *draft { return p }, "", ""},
		"words in their cell": {"a4", func(p *draft) *draft { return p.answer("why", words).insert(-1, text("Done!")) }, "", words},
	} {
		s := load(t, c.assignment)
		class := &Class{Assignment: s.Assignment, Frame: s.Frame, Key: []byte("key"), Builder: new(sandbox.Builder)}
		p := draftOf(t, s.Edition)
		g := class.GradeFile(t.Context(), "lee", submission.Parse(c.edit(p).bytes()))
		if g.NeedsHuman != (c.reason != "") || !strings.Contains(g.Reason, c.reason) {
			t.Errorf("%s: needs a human: %v, %q; want %q", name, g.NeedsHuman, g.Reason, c.reason)
		}
		if said := strings.Join(g.Notes, "\n"); c.reason != "" && !strings.Contains(said, c.reason) {
			t.Errorf("%s: the student is told %q", name, said)
		}
		if len(g.Checks) == 0 {
			t.Errorf("%s: its checks are lost", name)
		}
		for _, w := range g.Written {
			if w.Answer != c.answer || (w.Points == nil) != (c.answer != "") {
				t.Errorf("%s: the answer is %q, with the points %v; want %q", name, w.Answer, w.Points, c.answer)
			}
		}
	}
}

// The notebook that was graded may be another than the one with the answers.
func TestTheOtherNotebookOfAStudentIsNamed(t *testing.T) {
	c := class(t)
	s := handIn(t, t.TempDir(), "lee", begin)
	s.Unclear = "there are 2 notebooks"
	all, err := c.Run(t.Context(), []collect.Submission{s}, func(int, int, string) {})
	if err != nil {
		t.Fatal(err)
	}
	if g := all[0]; !g.NeedsHuman || g.Reason != "there are 2 notebooks" || len(g.Notes) == 0 || !strings.Contains(g.Notes[len(g.Notes)-1], "there are 2 notebooks") || g.Checks == nil {
		t.Errorf("%+v", g)
	}
}
