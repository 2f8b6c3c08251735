package notebook

import (
	"bytes"
	"testing"
)

func TestACloneChangesAlone(t *testing.T) {
	nb := &Notebook{Minor: 5, Metadata: map[string]any{"title": "one"}, Cells: []*Cell{{
		ID: "a", Kind: "code", Source: "x", Metadata: map[string]any{"tags": []string{"t"}}, Count: 3,
		Outputs: []Output{{Kind: "stream", Name: "stdout", Text: "1\n"}}, other: map[string]any{"attachments": "kept"},
	}}}
	encode := func(nb *Notebook) []byte {
		t.Helper()
		data, err := nb.Encode()
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	before := encode(nb)
	c := nb.Clone()
	if !bytes.Equal(encode(c), before) {
		t.Errorf("the clone is %s, want %s", encode(c), before)
	}
	c.Cells[0].Source, c.Cells[0].Count, c.Cells[0].Outputs[0] = "y", 0, Output{Kind: "stream"}
	c.Metadata["title"] = "two"
	c.Cells = append(c.Cells[:0], &Cell{Kind: "raw"})
	if after := encode(nb); !bytes.Equal(after, before) {
		t.Errorf("the original is now %s, want %s", after, before)
	}
}
