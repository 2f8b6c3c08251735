// Package content finds the title and the language of a notebook in its Markdown, and prepares the
// notebook for the renderer: it keeps what the renderer knows, and shortens what is too long for a
// page. It knows nothing of sites.
package content

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"rnn101/internal/lang"
	"rnn101/internal/notebook"
)

var texts = lang.For("site")

// TextLimit and MediaLimit are the sizes in bytes of the largest text, and of the largest image or
// sound, that a page shows of one output.
const (
	TextLimit  = 200_000
	MediaLimit = 20_000_000
)

// A Warning says what a page does not show of a cell's output.
type Warning struct {
	Cell string // its name
	Text string
}

// Prepare returns a notebook as the renderer reads it. It holds only what the renderer knows: each
// cell has a unique id, its metadata are of the right types, its texts are without control
// characters, and outputs that are too long for a page are shortened, with a note in the language
// with the tag. It does not change the notebook.
func Prepare(nb *notebook.Notebook, tag string) (data []byte, warnings []Warning, err error) {
	copied := nb.Clone()
	known := language(copied)
	copied.Metadata, copied.Minor = map[string]any{}, 5
	if len(known) > 0 {
		copied.Metadata["language_info"] = known
	}
	names := Names(nb)
	for i, cell := range copied.Cells {
		name := names[i]
		cell.ID = name
		cell.Metadata = knownMetadata(cell)
		cell.Source = notebook.Printable(cell.Source)
		cell.Outputs = notebook.MergeStreams(cell.Outputs)
		for j := range cell.Outputs {
			o := &cell.Outputs[j]
			*o = o.Shown()
			if warning := shorten(o, tag); warning != "" {
				warnings = append(warnings, Warning{name, warning})
			}
		}
	}
	data, err = copied.Encode()
	return data, warnings, err
}

// Names returns the names that the cells of a notebook have on its page.
func Names(nb *notebook.Notebook) []string {
	names, used := make([]string, len(nb.Cells)), map[string]bool{}
	for i := range nb.Cells {
		name := nb.CellName(i)
		for n := 2; used[name]; n++ {
			name = fmt.Sprintf("%s-%d", nb.CellName(i), n)
		}
		used[name], names[i] = true, name
	}
	return names
}

// language returns what the renderer knows of a notebook's language: its name, and perhaps more.
func language(nb *notebook.Notebook) map[string]any {
	if nb.KernelName() == "gonb" {
		return notebook.LanguageInfo() // GoNB does not set the lexer
	}
	known := map[string]any{}
	spec, _ := nb.Metadata["kernelspec"].(map[string]any)
	info, _ := nb.Metadata["language_info"].(map[string]any)
	for _, name := range []any{spec["language"], info["name"]} { // the second knows it better
		if text, ok := name.(string); ok && text != "" {
			known["name"] = text
		}
	}
	if text, ok := info["pygments_lexer"].(string); ok && len(known) > 0 {
		known["pygments_lexer"] = text
	}
	return known
}

// knownMetadata returns the metadata of a cell that the renderer knows.
func knownMetadata(c *notebook.Cell) map[string]any {
	m := map[string]any{"jupyter": map[string]any{"source_hidden": c.SourceFolded()}}
	if slices.Contains(c.Tags(), "cover") {
		m["tags"] = []string{"cover"}
	}
	if answers(c) {
		m["answer"] = true
	}
	for _, key := range []string{"alt", "raw_mimetype"} {
		if text, ok := c.Metadata[key].(string); ok {
			m[key] = text
		}
	}
	return m
}

// shorten cuts an output that is too long for a page, with a note in the page's language. It
// returns a warning, or "" if the output has not changed.
func shorten(o *notebook.Output, tag string) string {
	cut := func(text *string) string {
		kept, left := head(*text, TextLimit)
		if left == 0 {
			return ""
		}
		more := Size(left)
		*text = kept + texts.In(tag).Text("cut", more) + "\n"
		return "its output is cut on the page: the notebook has " + more + " more"
	}
	if o.Kind == "stream" {
		return cut(&o.Text)
	}
	warning := ""
	if words, ok := o.Data["text/plain"]; ok {
		warning = cut(&words)
		o.Data["text/plain"] = words
	}
	for _, mime := range slices.Sorted(maps.Keys(o.Data)) {
		text := o.Data[mime]
		limit := TextLimit
		if kind, _, _ := strings.Cut(mime, "/"); strings.Contains(text, "data:") || slices.Contains([]string{"image", "audio", "video"}, kind) {
			limit = MediaLimit
		}
		if len(text) <= limit || mime == "text/plain" {
			continue
		}
		more := Size(len(text))
		// Half a table or image is useless, so leave out all of it: its words remain.
		delete(o.Data, mime)
		o.Data["text/plain"] = strings.TrimLeft(o.Data["text/plain"]+"\n", "\n") + texts.In(tag).Text("cut", more)
		warning = "its output of " + more + " is left out of the page"
	}
	return warning
}

// head returns the first lines of a text, at most limit bytes, and the number of bytes cut off. It
// cuts a line only if the first one is too long.
func head(text string, limit int) (string, int) {
	if len(text) <= limit {
		return text, 0
	}
	kept := strings.ToValidUTF8(text[:limit], "")
	if at := strings.LastIndexByte(kept, '\n'); at >= 0 {
		kept = kept[:at+1]
	} else {
		kept += "\n"
	}
	return kept, len(text) - len(kept)
}

// Size formats a number of bytes.
func Size(n int) string {
	switch {
	case n >= 1_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n >= 1000:
		return fmt.Sprintf("%.0f KB", float64(n)/1e3)
	}
	return fmt.Sprintf("%d bytes", n)
}
