package notebook

import (
	"maps"
	"slices"
)

// Clone returns a copy of the notebook, as if it had not been read from a file. Its cells,
// their outputs and its metadata can be replaced without changing nb. What these hold,
// such as a cell's metadata, is shared.
func (nb *Notebook) Clone() *Notebook {
	copied := &Notebook{Path: nb.Path, Metadata: maps.Clone(nb.Metadata), Minor: nb.Minor, other: nb.other}
	for _, c := range nb.Cells {
		cell := *c
		cell.Outputs = slices.Clone(c.Outputs)
		copied.Cells = append(copied.Cells, &cell)
	}
	return copied
}
