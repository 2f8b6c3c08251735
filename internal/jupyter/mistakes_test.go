package jupyter

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/notebook"
)

// mistake matches a cell that fails, and what it shows, in the text of notebook 00.
var mistake = regexp.MustCompile("(?s)```go\n(.*?)```\n```text\n(.*?)```")

// Notebook 00 shows the mistakes that a newcomer makes first. It must show them as the kernel
// does.
func TestNotebook00ShowsMistakesAsTheKernelDoes(t *testing.T) {
	if os.Getenv("RNN101_SETUP") != "1" {
		t.Skip("needs the set-up: call go run ./course test")
	}
	repo, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	nb, err := notebook.Read(filepath.Join(repo.Root, "notebooks", "00_start_here.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	var cells []*notebook.Cell
	for _, c := range nb.Cells {
		switch c.ID {
		case "setup", "cells-declare":
			cells = append(cells, c)
		case "mistakes":
			for _, m := range mistake.FindAllStringSubmatch(c.Source, -1) {
				shown = append(shown, m[2])
				// nbclient goes on after the error of a cell with this tag.
				cells = append(cells, &notebook.Cell{Kind: "code", ID: fmt.Sprintf("mistake-%d", len(shown)), Source: strings.TrimSuffix(m[1], "\n"),
					Metadata: map[string]any{"tags": []any{"raises-exception"}}})
			}
		}
	}
	if len(shown) != 5 || len(cells) != 7 {
		t.Fatalf("%d mistakes and %d cells are found, want 5 and 7", len(shown), len(cells))
	}
	nb.Cells = cells
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	result, err := executeCopy(ctx, repo, nb, nb.Path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range result.Cells[2:] {
		if got, want := errorText(t, result, c.ID), plain(shown[i]); got != want {
			t.Errorf("%s\n\nshows\n\n%s\n\nnotebook 00 says\n\n%s", c.Source, got, want)
		}
	}
}

// errorText returns what a cell shows about its error, as plain does.
func errorText(t *testing.T, nb *notebook.Notebook, id string) string {
	t.Helper()
	data, err := nb.Encode()
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Cells []struct {
			ID      string `json:"id"`
			Outputs []struct {
				Text      []string `json:"text"`
				Traceback []string `json:"traceback"`
			} `json:"outputs"`
		} `json:"cells"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, c := range file.Cells {
		for _, o := range c.Outputs {
			if c.ID == id {
				lines = append(lines, strings.Join(o.Text, ""))
				lines = append(lines, o.Traceback...)
			}
		}
	}
	return plain(strings.Join(lines, "\n"))
}

var (
	colour     = regexp.MustCompile("\x1b\\[[0-9;]*m")
	cellNumber = regexp.MustCompile(`Cell\[\d+\]`)
	program    = regexp.MustCompile(`gonb_\w+`)
)

// plain returns a text without what differs from run to run, without colours and empty lines, and
// with repeated lines once.
func plain(text string) string {
	var kept []string
	for line := range strings.Lines(colour.ReplaceAllString(text, "")) {
		line = program.ReplaceAllString(strings.TrimRight(line, " \n"), "gonb_…")
		if line != "" {
			kept = append(kept, cellNumber.ReplaceAllString(line, "Cell[…]"))
		}
	}
	return strings.Join(slices.Compact(kept), "\n")
}
