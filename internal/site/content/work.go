package content

import (
	"bytes"
	"encoding/json"
	"fmt"

	"rnn101/internal/notebook"
)

// Work returns a script that holds a notebook without its outputs, and the names of its cells on the
// page, for the reader's download with changed cells: from disk a page cannot read the notebook itself.
// file is the name of the download.
func Work(nb *notebook.Notebook, file string) ([]byte, error) {
	empty := nb.Clone()
	for _, c := range empty.Cells {
		c.Outputs, c.Count = nil, 0
	}
	data, err := empty.Encode()
	if err != nil {
		return nil, err
	}
	about, err := json.Marshal(map[string]any{"file": file, "cells": Names(nb)})
	return fmt.Appendf(nil, "var rnn101Notebook = {...%s, \"notebook\": %s};\n", about, bytes.TrimSpace(data)), err
}

// Cells returns what the scripts of a page must know of the cells of a notebook, by their ids: slow has
// the seconds of those that take long on a page, changing those whose numbers differ from run to run,
// words the text of those that an assignment wants answered in words.
func Cells(nb *notebook.Notebook) map[string]any {
	slow, changing, words := map[string]int{}, map[string]bool{}, map[string]string{}
	for _, c := range nb.Cells {
		if n := c.LiveSeconds(); n > 0 {
			slow[c.ID] = n
		}
		if c.Measures() {
			changing[c.ID] = true
		}
		if c.Kind == "markdown" && answers(c) {
			words[c.ID] = c.Source
		}
	}
	return map[string]any{"slow": slow, "changing": changing, "words": words}
}

// answers reports whether students of an assignment write their answer into the cell.
func answers(c *notebook.Cell) bool {
	nbgrader, _ := c.Metadata["nbgrader"].(map[string]any)
	return nbgrader["solution"] == true
}
