package notebook

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// kernel is the kernelspec of every notebook of the course.
var kernel = map[string]any{"display_name": "Go (gonb)", "language": "go", "name": "gonb"}

// LanguageInfo returns the language_info of every notebook of the course. GoNB leaves
// pygments_lexer empty; an exported page is then highlighted as Python.
func LanguageInfo() map[string]any {
	return map[string]any{"name": "go", "file_extension": ".go", "mimetype": "text/x-go", "pygments_lexer": "go"}
}

// keptMetadata are the keys of a cell's metadata that Normalise keeps: the alternative text
// of an image that has none, how long the cell takes on a page, and nbgrader's data about an assignment.
var keptMetadata = []string{"alt", "live", "nbgrader"}

// Normalise removes what changes from run to run without a meaning: how standard output is
// split, execution counts, times, versions, folded outputs. It replaces random cell ids by
// readable ones. It keeps whether the source of a code cell is folded. It is for the notebooks
// of the course: of those of others it would remove what is theirs. It returns an error if two
// cells have the same id.
func (nb *Notebook) Normalise() error {
	executed := nb.Executed()
	nb.Minor, nb.other, nb.layout = max(5, nb.Minor), nil, nil
	nb.Metadata = map[string]any{"kernelspec": kernel, "language_info": LanguageInfo()}
	if executed != "" {
		nb.setExecuted(executed)
	}
	used := map[string]bool{}
	for i, c := range nb.Cells {
		if c.ID != "" && used[c.ID] {
			return fmt.Errorf("%s: two cells have the id %q, the second is cell %d. Give it another id", nb.Path, c.ID, i+1)
		}
		used[c.ID] = true
	}
	count := 0
	for _, c := range nb.Cells {
		if c.ID == "" || randomID.MatchString(c.ID) {
			c.ID = unused(slug(c.Source), used)
		}
		tags, old, folded := c.Tags(), c.Metadata, c.SourceFolded()
		c.Metadata = map[string]any{}
		for _, key := range keptMetadata {
			if value, ok := old[key]; ok {
				c.Metadata[key] = value
			}
		}
		if len(tags) > 0 {
			slices.Sort(tags)
			c.Metadata["tags"] = tags
		}
		if folded && c.Kind == "code" {
			c.Metadata["jupyter"] = map[string]any{"source_hidden": true}
		}
		c.Count = 0
		if c.Kind == "code" {
			count++
			c.Count = count
			c.Outputs = MergeStreams(c.Outputs)
			for i, o := range c.Outputs {
				if o.Data != nil && o.Kind != "stream" && o.Kind != "error" {
					c.Outputs[i].raw = maps.Clone(o.raw)
					delete(c.Outputs[i].raw, "metadata")
				}
			}
		}
	}
	return nil
}

// CellName returns the name of a cell in messages: its id, or its number, counted from 1, if it
// has none, an invalid or a random one, which JupyterLab does not show, or the one of another cell.
func (nb *Notebook) CellName(i int) string {
	id := nb.Cells[i].ID
	same := func(c *Cell) bool { return c.ID == id }
	if !validID.MatchString(id) || randomID.MatchString(id) || slices.IndexFunc(nb.Cells, same) != i || slices.ContainsFunc(nb.Cells[i+1:], same) {
		return strconv.Itoa(i + 1)
	}
	return id
}

// Tags returns the tags of the cell.
func (c *Cell) Tags() []string {
	var tags []string
	switch all := c.Metadata["tags"].(type) {
	case []any:
		for _, t := range all {
			if s, ok := t.(string); ok {
				tags = append(tags, s)
			}
		}
	case []string:
		tags = slices.Clone(all)
	}
	return tags
}

// LiveSeconds returns about how many seconds the cell takes where a page runs it, as its metadata say
// for those that take long, {"live": {"seconds": 60}}, or 0.
func (c *Cell) LiveSeconds() int {
	live, _ := c.Metadata["live"].(map[string]any)
	return max(0, integer(live["seconds"]))
}

// SourceFolded reports whether the source of the cell is folded, as JupyterLab does it with
// View, Collapse Selected Code: the reader sees it after a click.
func (c *Cell) SourceFolded() bool {
	jupyter, _ := c.Metadata["jupyter"].(map[string]any)
	folded, _ := jupyter["source_hidden"].(bool)
	return folded
}

// MergeStreams joins consecutive outputs of the same stream: the kernel splits a stream at
// random.
func MergeStreams(outputs []Output) []Output {
	var all []Output
	for _, o := range outputs {
		if n := len(all); n > 0 && o.Kind == "stream" && all[n-1].Kind == "stream" && all[n-1].Name == o.Name {
			all[n-1].Text += o.Text
			continue
		}
		all = append(all, o)
	}
	return all
}

// JupyterLab gives a new cell a random id: eight hexadecimal digits, or a UUID.
var (
	randomID = regexp.MustCompile(`^([0-9a-f]{8}|[0-9a-f-]{36})$`)
	validID  = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	notWord  = regexp.MustCompile(`[^a-z0-9]+`)
)

// slug returns an id from the first words of a cell.
func slug(source string) string {
	words := strings.Fields(notWord.ReplaceAllString(strings.ToLower(source), " "))
	id := strings.Join(words[:min(5, len(words))], "-")
	if len(id) > 48 {
		id = id[:48]
	}
	if id == "" {
		id = "cell"
	}
	return id
}

func unused(id string, used map[string]bool) string {
	for n, candidate := 2, id; ; n++ {
		if !used[candidate] {
			used[candidate] = true
			return candidate
		}
		candidate = fmt.Sprintf("%s-%d", id, n)
	}
}

// Executed returns the hash of the code that produced the outputs, which the notebook's
// metadata holds, or "" if it is unknown.
func (nb *Notebook) Executed() string {
	own, _ := nb.Metadata["rnn101"].(map[string]any)
	hash, _ := own["executed"].(string)
	return hash
}

// HasOutputs reports whether a cell has an output.
func (nb *Notebook) HasOutputs() bool {
	return slices.ContainsFunc(nb.Cells, func(c *Cell) bool { return len(c.Outputs) > 0 })
}

func (nb *Notebook) setExecuted(hash string) {
	nb.Metadata["rnn101"] = map[string]any{"executed": hash}
}

// MarkExecuted records that the outputs are those of the current code.
func (nb *Notebook) MarkExecuted() {
	nb.setExecuted(nb.CodeHash())
	if nb.Metadata["language_info"] == nil {
		nb.Metadata["language_info"] = LanguageInfo()
	}
}

// CodeHash returns a hash of the sources of all code cells, in order.
func (nb *Notebook) CodeHash() string {
	h := sha256.New()
	for _, c := range nb.Cells {
		if c.Kind == "code" {
			fmt.Fprintf(h, "%d\n%s\n", len(c.Source), c.Source)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// KernelName returns the name of the kernel in the notebook's metadata.
func (nb *Notebook) KernelName() string {
	spec, _ := nb.Metadata["kernelspec"].(map[string]any)
	name, _ := spec["name"].(string)
	return name
}
