package site

import (
	"strings"
	"testing"

	"rnn101/internal/notebook"
	"rnn101/internal/panics"
)

// A sheet that panics gets another page, or says which one it is.
func TestASheetThatPanicsCostsNoOther(t *testing.T) {
	nb := &notebook.Notebook{Metadata: map[string]any{}, Cells: []*notebook.Cell{{ID: "title", Kind: "markdown", Source: "# Instead", Metadata: map[string]any{}}}}
	var caught *panics.Error
	broken := Sheet{Name: "lee", Language: "en", Notebook: &notebook.Notebook{Cells: []*notebook.Cell{nil}}, Instead: func(p *panics.Error) *notebook.Notebook {
		caught = p
		return nb
	}}
	one, err := broken.page()
	if err != nil || one.title != "Instead" || one.out != "lee.html" || one.nb != nb {
		t.Errorf("%+v, %v", one, err)
	}
	if caught == nil || !strings.Contains(caught.Error(), "nil pointer") {
		t.Errorf("it was told of %v", caught)
	}
	broken.Instead = nil
	if _, err := broken.page(); err == nil || !strings.HasPrefix(err.Error(), "lee: panic: ") {
		t.Errorf("without another page: %v", err)
	}
}
