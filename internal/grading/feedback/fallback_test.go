package feedback

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/class"
)

// A student whose page cannot be made gets one that says so.
func TestAPanicIsAnsweredWithTheFallback(t *testing.T) {
	g, out := class.Grade{Student: "kim", Points: 3, Of: 20}, t.TempDir()
	nb, err := NotebookOrFallback(g, assignment.A1, out)
	if err != nil || nb.Cells[0].Source != "# a1: 3 of 20 points" {
		t.Errorf("%+v, %v", nb, err)
	}
	nb, err = NotebookOrFallback(g, nil, out)
	if err == nil || !strings.Contains(err.Error(), "the page of kim") || !strings.Contains(err.Error(), "panics/") {
		t.Errorf("the error is %v", err)
	}
	if source := nb.Cells[0].Source + nb.Cells[1].Source + nb.Cells[2].Source; !strings.HasPrefix(source, "# 3 of 20 pointskim**This page could not be made.**") {
		t.Errorf("the page is %q", source)
	}
	if left, err := os.ReadDir(filepath.Join(out, "panics")); err != nil || len(left) != 1 {
		t.Errorf("the stack was not saved: %v, %v", left, err)
	}
}
