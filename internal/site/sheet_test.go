package site

import (
	"strings"
	"testing"

	"rnn101/internal/notebook"
	"rnn101/internal/panics"
)

// A sheet that panics is replaced by its fallback, or named in the error.
func TestASheetThatPanicsGetsItsFallback(t *testing.T) {
	nb := &notebook.Notebook{Metadata: map[string]any{}, Cells: []*notebook.Cell{{ID: "title", Kind: "markdown", Source: "# Fallback", Metadata: map[string]any{}}}}
	var caught *panics.Error
	broken := Sheet{Name: "lee", Language: "en", Notebook: &notebook.Notebook{Cells: []*notebook.Cell{nil}}, Fallback: func(p *panics.Error) *notebook.Notebook {
		caught = p
		return nb
	}}
	pg, err := broken.page()
	if err != nil || pg.title != "Fallback" || pg.out != "lee.html" || pg.nb != nb {
		t.Errorf("%+v, %v", pg, err)
	}
	if caught == nil || !strings.Contains(caught.Error(), "nil pointer") {
		t.Errorf("Fallback got %v", caught)
	}
	broken.Fallback = nil
	if _, err := broken.page(); err == nil || !strings.HasPrefix(err.Error(), "lee: panic: ") {
		t.Errorf("without a fallback: %v", err)
	}
}
