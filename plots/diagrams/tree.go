package diagrams

import (
	"strings"

	"rnn101/plots/internal/check"
	"rnn101/plots/internal/figure"
	"rnn101/plots/internal/tree"
)

// Node is a question, with what follows from yes and from no, or a diagnosis, from
// which nothing follows.
type Node struct {
	Text    string
	Yes, No *Node
}

// Tree draws a decision tree: what follows from yes is to the right of a question, what
// follows from no is below it. Diagnoses are grey.
//
// It panics if the root is no question, a node has only one of Yes and No, or no text,
// there are more than 20 questions, or more than three yeses in a row.
func Tree(title string, root Node) (*Figure, error) {
	t := &walk{}
	drawn := t.node(&root)
	if root.Yes == nil {
		check.Panicf("Tree", "the root %q is not a question: it has neither Yes nor No", root.Text)
	}
	if columns := tree.Columns(drawn); columns > 4 {
		check.Panicf("Tree", "there are %d yeses in a row, at most 3 can be drawn", columns-1)
	}
	alt := []string{texts.Text("tree.alt", title)}
	for _, q := range t.questions {
		alt = append(alt, texts.Text("tree.question", t.number[q], q.Text, t.name(q.Yes), t.name(q.No)))
	}
	return figure.New(tree.Draw(drawn, texts.Text("tree.yes"), texts.Text("tree.no"), title), strings.Join(alt, " "))
}

// walk goes through a tree, from yes to no.
type walk struct {
	questions []*tree.Node
	number    map[*tree.Node]int
}

// node copies a node and what follows from it, and checks it.
func (w *walk) node(n *Node) *tree.Node {
	switch {
	case n.Text == "":
		check.Panicf("Tree", "a node has no text")
	case (n.Yes == nil) != (n.No == nil):
		check.Panicf("Tree", "the node %q has only one of Yes and No", n.Text)
	}
	drawn := &tree.Node{Text: n.Text}
	if n.Yes == nil {
		return drawn
	}
	w.questions = append(w.questions, drawn)
	if len(w.questions) > 20 {
		check.Panicf("Tree", "there are more than 20 questions")
	}
	if w.number == nil {
		w.number = map[*tree.Node]int{}
	}
	w.number[drawn] = len(w.questions)
	drawn.Yes, drawn.No = w.node(n.Yes), w.node(n.No)
	return drawn
}

// name says a diagnosis, or the number of a question.
func (w *walk) name(n *tree.Node) string {
	if number, ok := w.number[n]; ok {
		return texts.Text("tree.go", number)
	}
	return strings.TrimSuffix(n.Text, ".")
}
