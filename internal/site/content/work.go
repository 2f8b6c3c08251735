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
