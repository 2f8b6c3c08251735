package main

import (
	"os"
	"path/filepath"
	"testing"

	"rnn101/internal/checkout"
)

func TestTheDrawingIsOfTheCode(t *testing.T) {
	repo, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	want, err := drawing(repo)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(repo.Root, "docs", "architecture.svg"))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Error("docs/architecture.svg is not the drawing of this code: call go run ./tools/architecture")
	}
}

func TestReduceLeavesOutWhatALongerPathStandsFor(t *testing.T) {
	got := reduce(graph{"a": {"b": true, "c": true}, "b": {"c": true}})
	if len(got["a"]) != 1 || !got["a"]["b"] || !got["b"]["c"] {
		t.Errorf("the arrows are %v, want a to b and b to c", got)
	}
}

func TestAPartIsAboveWhatItImports(t *testing.T) {
	rows, err := levels(graph{"a": {"b": true, "c": true}, "b": {"c": true}, "c": {}})
	if err != nil || len(rows) != 3 || rows[0][0] != "a" || rows[1][0] != "b" || rows[2][0] != "c" {
		t.Errorf("the rows are %v (%v), want a, b, c", rows, err)
	}
	if _, err := levels(graph{"a": {"b": true}, "b": {"a": true}}); err == nil {
		t.Error("parts that import each other have no order, and no error came")
	}
}

// Boxes and arrows that pass between them keep apart.
func TestNodesOfARowDoNotOverlap(t *testing.T) {
	rows := [][]string{{"a", "b"}, {"c"}, {"d", "e", "f"}}
	l := newLayout(rows, graph{"a": {"c": true, "d": true, "f": true}, "b": {"c": true, "e": true}, "c": {"d": true}})
	for _, row := range l.rows {
		for i := range row[1:] {
			if got, want := row[i+1].x-row[i].x, distance(row[i], row[i+1]); got < want-1e-6 {
				t.Errorf("%q and %q are %g apart, want at least %g", row[i].part, row[i+1].part, got, want)
			}
		}
	}
}

func TestRowsAreOrderedSoThatArrowsDoNotCross(t *testing.T) {
	l := newLayout([][]string{{"a", "b"}, {"c", "d"}}, graph{"a": {"d": true}, "b": {"c": true}})
	if n := l.crossings(); n != 0 {
		t.Errorf("%d arrows cross, want none", n)
	}
}
