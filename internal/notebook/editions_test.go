package notebook

import (
	"fmt"
	"go/token"
	"maps"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// translation is an edition beside the English one.
type translation struct {
	tag      string
	constant string              // of package show
	script   *unicode.RangeTable // of its prose
}

var translations = []translation{{"ko", "Korean", unicode.Hangul}}

// A translation has the same cells, the same code and the same numbers as the English edition.
func TestTheEditionsAgree(t *testing.T) {
	for _, language := range translations {
		compareEditions(t, edition(t, ""), edition(t, language.tag), language)
	}
}

// That of an assignment has the same points as well.
func TestTheEditionsOfTheAssignmentsAgree(t *testing.T) {
	for _, language := range translations {
		compareEditions(t, graded(t, ""), graded(t, language.tag), language)
	}
}

func compareEditions(t *testing.T, english, translated map[string]*Notebook, language translation) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(english)) {
		if translated[name] == nil {
			t.Errorf("%s/%s is missing", language.tag, name)
		} else if what := editionDifference(english[name], translated[name], language); what != "" {
			t.Errorf("%s/%s, %s", language.tag, name, what)
		}
	}
	for name := range translated {
		if english[name] == nil {
			t.Errorf("%s/%s has no English notebook", language.tag, name)
		}
	}
}

// The comparison of the editions must notice the smallest change.
func TestAChangeInOneEditionIsFound(t *testing.T) {
	wantFound(t, graded(t, "")["a1/a1.ipynb"], map[string]func(*Cell) bool{
		"number of points": func(c *Cell) bool {
			meta, ok := c.Metadata["nbgrader"].(map[string]any)
			if ok = ok && meta["points"] != nil; ok {
				meta["points"] = 7
			}
			return ok
		},
		"answer cell": func(c *Cell) bool {
			meta, ok := c.Metadata["nbgrader"].(map[string]any)
			if ok = ok && meta["solution"] == true; ok {
				meta["solution"] = false
			}
			return ok
		},
	})
	wantFound(t, edition(t, "")["01_what_is_an_rnn.ipynb"], map[string]func(*Cell) bool{
		"Go token": func(c *Cell) bool { return replaceOnce(&c.Source, ":= range", "= range", c.Kind == "code") },
		"literal":  func(c *Cell) bool { return replaceOnce(&c.Source, `"baseball"`, `"football"`, c.Kind == "code") },
		"verb":     func(c *Cell) bool { return replaceOnce(&c.Source, `bat: %s`, `방망이: %q`, c.Kind == "code") },
		"heading":  func(c *Cell) bool { return replaceOnce(&c.Source, "## ", "### ", c.Kind == "markdown") },
		"link":     func(c *Cell) bool { return replaceOnce(&c.Source, "](02_", "](04_", c.Kind == "markdown") },
		"id":       func(c *Cell) bool { c.ID += "x"; return true },
		"number": func(c *Cell) bool {
			for i, o := range c.Outputs {
				text := o.Data["text/markdown"]
				if at := decimalIn.FindStringIndex(text); at != nil {
					c.Outputs[i].Data = map[string]string{"text/markdown": text[:at[1]] + "7" + text[at[1]:]}
					return true
				}
			}
			return false
		},
	})
}

// wantFound makes each change, in the first cell where it can be made, and compares.
func wantFound(t *testing.T, english *Notebook, changes map[string]func(*Cell) bool) {
	t.Helper()
	for what, change := range changes {
		changed := copyOf(t, english)
		i := slices.IndexFunc(changed.Cells, change)
		if i < 0 {
			t.Errorf("no cell has a %s to change", what)
			continue
		}
		if found := editionDifference(english, changed, translation{"en", "English", unicode.Hangul}); !strings.HasPrefix(found, "cell "+english.Cells[i].ID+": ") {
			t.Errorf("a changed %s in cell %s: %q was found", what, english.Cells[i].ID, found)
		}
	}
}

func replaceOnce(s *string, from, to string, may bool) bool {
	if !may || !strings.Contains(*s, from) {
		return false
	}
	*s = strings.Replace(*s, from, to, 1)
	return true
}

// copyOf returns a copy that has nothing in common with a notebook, not even its metadata.
func copyOf(t *testing.T, nb *Notebook) *Notebook {
	t.Helper()
	data, err := nb.Encode()
	if err != nil {
		t.Fatal(err)
	}
	copied, err := Parse(nb.Path, data)
	if err != nil {
		t.Fatal(err)
	}
	return copied
}

// edition returns the lecture's notebooks of a language by their names in the English edition, graded
// the assignments.
func edition(t *testing.T, tag string) map[string]*Notebook {
	t.Helper()
	return readAll(t, filepath.Join(folder, tag), "*.ipynb", "solutions/*.ipynb")
}

func graded(t *testing.T, tag string) map[string]*Notebook {
	t.Helper()
	return readAll(t, filepath.Join(folder, "..", "assignments", tag), "*/*.ipynb")
}

// readAll reads the notebooks in a folder that match one of the patterns.
func readAll(t *testing.T, folder string, patterns ...string) map[string]*Notebook {
	t.Helper()
	all := map[string]*Notebook{}
	for _, pattern := range patterns {
		paths, err := filepath.Glob(filepath.Join(folder, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			nb, err := Read(path)
			if err != nil {
				t.Fatal(err)
			}
			name, err := filepath.Rel(folder, path)
			if err != nil {
				t.Fatal(err)
			}
			all[filepath.ToSlash(name)] = nb
		}
	}
	return all
}

// editionDifference returns the first difference that a translation must not have, or "".
func editionDifference(english, translated *Notebook, language translation) string {
	for i, c := range english.Cells {
		if i >= len(translated.Cells) {
			return fmt.Sprintf("cell %s: it is missing", c.ID)
		}
		if what := cellDifference(c, translated.Cells[i], language); what != "" {
			return fmt.Sprintf("cell %s: %s", c.ID, what)
		}
	}
	if n := len(english.Cells); len(translated.Cells) > n {
		return fmt.Sprintf("cell %s: there is none in English", translated.Cells[n].ID)
	}
	return ""
}

var (
	headingMarks = regexp.MustCompile(`(?m)^#+ `)
	linkIn       = regexp.MustCompile(`\]\(([^)]+)\)`)
	decimalIn    = regexp.MustCompile(`\d+\.\d+`)
	formatVerb   = regexp.MustCompile(`%(?:\[\d+\])?([-+# 0]*\d*(?:\.\d+)?[a-zA-Z%])`)
)

func cellDifference(english, translated *Cell, language translation) string {
	switch {
	case english.ID != translated.ID || english.Kind != translated.Kind:
		return fmt.Sprintf("the translation has the %s cell %s here", translated.Kind, translated.ID)
	case !slices.Equal(english.Tags(), translated.Tags()) || english.SourceFolded() != translated.SourceFolded():
		return "its tags or its folding differ"
	case english.LiveSeconds() != translated.LiveSeconds():
		return fmt.Sprintf("on a page it takes %d seconds, in English %d", translated.LiveSeconds(), english.LiveSeconds())
	case !reflect.DeepEqual(english.Metadata["nbgrader"], translated.Metadata["nbgrader"]):
		return fmt.Sprintf("what it is for nbgrader is %v, in English %v", translated.Metadata["nbgrader"], english.Metadata["nbgrader"])
	case english.Kind == "code":
		if what := codeDifference(english.Source, translated.Source, language); what != "" {
			return what
		}
	default:
		for _, of := range []struct {
			what    string
			pattern *regexp.Regexp
		}{{"headings", headingMarks}, {"links", linkIn}, {"decimals", decimalIn}} {
			// Each edition links to the other.
			source := strings.ReplaceAll(english.Source, "("+language.tag+"/", "(../")
			if a, b := sortedMatches(of.pattern, source), sortedMatches(of.pattern, translated.Source); !slices.Equal(a, b) {
				return fmt.Sprintf("the %s are %q, in English %q", of.what, b, a)
			}
		}
	}
	return outputDifference(english, translated)
}

// codeDifference compares tokens. A literal with a letter of the script is prose, which has the same
// format verbs in any order.
func codeDifference(english, translated string, language translation) string {
	a, b := Tokens(strings.Replace(english, "show.English", "show."+language.constant, 1)), Tokens(translated)
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) {
			return fmt.Sprintf("the code has %d tokens, in English %d", len(b), len(a))
		}
		if a[i].Kind == b[i].Kind && a[i].Text == b[i].Text {
			continue
		}
		prose := a[i].Kind == token.STRING && b[i].Kind == token.STRING && strings.ContainsFunc(b[i].Text, func(r rune) bool { return unicode.Is(language.script, r) })
		if !prose {
			return fmt.Sprintf("the code has %s, in English %s", b[i].Text, a[i].Text)
		}
		if verbs := sortedMatches(formatVerb, a[i].Text); !slices.Equal(verbs, sortedMatches(formatVerb, b[i].Text)) {
			return fmt.Sprintf("the verbs of %s are not those of %s", b[i].Text, a[i].Text)
		}
	}
	return ""
}

// outputDifference compares the numbers that two cells show, in any order. Times differ freely.
func outputDifference(english, translated *Cell) string {
	a, b := MergeStreams(english.Outputs), MergeStreams(translated.Outputs)
	if len(a) != len(b) {
		return fmt.Sprintf("it has %d outputs, in English %d", len(b), len(a))
	}
	for i := range a {
		if x, y := a[i].describe(), b[i].describe(); x != y {
			return fmt.Sprintf("output %d is %s, in English %s", i+1, y, x)
		}
		if english.Measures() {
			continue
		}
		x, y := numbersShown(a[i]), numbersShown(b[i])
		for _, side := range []struct {
			has, lacks []string
			where      string
		}{{x, y, "English only"}, {y, x, "the translation only"}} {
			if extra := without(side.has, side.lacks); len(extra) > 0 {
				return fmt.Sprintf("output %d has the numbers %q in %s", i+1, extra, side.where)
			}
		}
	}
	return ""
}

// numbersShown returns the numbers of an output, sorted: of its text, tables, formulas and
// alternative texts, not those inside tags, such as the width of an image.
func numbersShown(o Output) []string {
	page := o.Data["text/html"]
	text := []string{o.Text, o.Data["text/plain"], o.Data["text/markdown"], tag.ReplaceAllString(page, "")}
	for _, m := range alt.FindAllStringSubmatch(page, -1) {
		text = append(text, m[1])
	}
	all := numberIn.FindAllString(strings.Join(text, "\n"), -1)
	slices.Sort(all)
	return all
}

var tag = regexp.MustCompile(`<[^>]*>`)

// without returns the elements of a that are not in b, each as often as it is missing there. Both are
// sorted.
func without(a, b []string) (rest []string) {
	for _, s := range a {
		if i, found := slices.BinarySearch(b, s); found {
			b = slices.Delete(slices.Clone(b), i, i+1)
		} else {
			rest = append(rest, s)
		}
	}
	return rest
}

// sortedMatches returns what the pattern matches: its first group, if it has one.
func sortedMatches(pattern *regexp.Regexp, text string) []string {
	var all []string
	for _, m := range pattern.FindAllStringSubmatch(text, -1) {
		all = append(all, m[len(m)-1])
	}
	slices.Sort(all)
	return all
}
