package selftest

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"rnn101/internal/checkout"
	"rnn101/internal/lang"
	"rnn101/internal/lang/korean/rules"
	"rnn101/internal/notebook"
)

// The Korean notebooks and assignments have one word and one spelling for each term, and the particles that are read
// aloud: in their text, the comments and the literals of their code, and what their cells show.
func TestKoreanNotebooksUseTheTermsOfTheCourse(t *testing.T) {
	for _, place := range koreanCells(t) {
		if place.cell.ID == "glossary" {
			continue // it names the words of other books
		}
		for _, text := range linesInKorean(written(place.cell)) {
			for _, mistake := range rules.Mistakes(text) {
				t.Errorf("%s: %s", place.name, mistake)
			}
		}
	}
}

// inEnglish has what stays in English on a Korean page, as regular expressions, and why.
var inEnglish = map[string]string{
	`SIL Open Font License`:            "a licence",
	`Restart Kernel and Run All Cells`: "a menu of JupyterLab in English, beside the Korean one",
	`text: unknown token "bat " at position 2 \(known: "baseball", "vampire", "bat"\)`: "a message of package text",
	`truncated backpropagation through time`:                                           "a term where it is first mentioned, after its abbreviation",
	`gated recurrent unit`:                                                             "a term where it is first mentioned, before its authors",
	`gradient clipping`:                                                                "a term where it is first mentioned, before its authors",
	`real-time recurrent learning`:                                                     "a term where it is first mentioned, before its authors",
	`Bengio, Ducharme, Vincent, Jauvin`:                                                "authors",
	`(?m)^    (var |go run |student,check).*`:                                          "code, commands, the head of a table",
	`(?m)^\| [^|*]*\*[^|]*\* \|`:                                                       "messages that the README explains",
	`GC, GOMAXPROCS, Gosched, NumCPU`:                                                  "names of package runtime",
	`direct path, indirect path`:                                                       "terms of the glossary",
	`end of file`:                                                                      "what EOF stands for",
	`long short-term memory`:                                                           "what LSTM stands for",
	`not a number`:                                                                     "what NaN stands for",
	`(the )?Rays of Light which are refracted|the, Rays, of, Light, which, are`: "what the net reads",
	`The Rays of Light `: "what the net reads",
	`baseball bat,? vampire bat|vampire bat, baseball bat`: "what the net reads",
	`Qu\._ 29\. Are not the Rays of Light [^”]*`:           "what the net reads, Newton's text",
	`\*the\*, \*of\*, \*and\*, \*which\*`:                  "words of what the net reads",
}

// A reader of the Korean edition need not know English: there is none but code, names, and terms where they are first
// mentioned.
func TestNoEnglishSentenceIsLeftOnAKoreanPage(t *testing.T) {
	patterns := slices.Sorted(maps.Keys(inEnglish))
	except := regexp.MustCompile("(?:" + strings.Join(patterns, ")|(?:") + ")")
	var stays []string
	check := func(name, text string) {
		t.Helper()
		stays = append(stays, except.FindAllString(text, -1)...)
		for _, passage := range rules.English(text, except) {
			t.Errorf("%s is in English: %q", name, passage)
		}
	}
	for _, place := range koreanCells(t) {
		for _, text := range slices.Concat(written(place.cell), shown(place.cell)) {
			check(place.name, text)
		}
	}
	for _, name := range []string{"README.ko.md", "assignments/README.ko.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		check(name, string(text))
	}
	for _, pattern := range patterns {
		if !slices.ContainsFunc(stays, regexp.MustCompile(pattern).MatchString) {
			t.Errorf("no Korean page has %q any more: remove it from inEnglish", pattern)
		}
	}
}

// place is a cell of the Korean edition.
type place struct {
	name string // of the notebook and the cell
	cell *notebook.Cell
}

// koreanCells returns the cells of the Korean notebooks and assignments.
func koreanCells(t *testing.T) (all []place) {
	t.Helper()
	repo, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	paths, err := repo.Edition(lang.Korean)
	if err != nil {
		t.Fatal(err)
	}
	assignments, err := repo.AssignmentsIn(lang.Korean)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range slices.Concat(paths, assignments) {
		nb, err := notebook.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range nb.Cells {
			all = append(all, place{repo.Rel(path) + ", cell " + c.ID, c})
		}
	}
	return all
}

// written returns what the course's authors wrote in a cell for its readers: its text, or the comments and the literals
// of its code, and the text that it shows.
func written(c *notebook.Cell) (texts []string) {
	if c.Kind != "code" {
		texts = append(texts, c.Source)
	} else {
		for _, line := range strings.Split(c.Source, "\n") {
			if _, comment, found := strings.Cut(line, "//"); found {
				texts = append(texts, comment)
			}
		}
		for _, token := range notebook.Tokens(c.Source) {
			if text, err := strconv.Unquote(token.Text); err == nil {
				texts = append(texts, text)
			}
		}
	}
	for _, o := range c.Outputs {
		texts = append(texts, o.Data["text/markdown"])
	}
	return texts
}

// picture matches the data of a picture.
var picture = regexp.MustCompile(`data:image/[^"]*`)

// shown returns what a cell shows besides: pictures with their alternative texts, and what it prints. Errors are Go's.
func shown(c *notebook.Cell) (texts []string) {
	for _, o := range c.Outputs {
		if o.Kind != "error" && o.Name != "stderr" {
			o = o.Shown()
			texts = append(texts, o.Text, o.Data["text/plain"], picture.ReplaceAllString(o.Data["text/html"], ""))
		}
	}
	return texts
}

// linesInKorean splits texts into lines, since a term and a particle never go across lines, and returns those in Korean.
func linesInKorean(texts []string) (lines []string) {
	for _, text := range texts {
		for _, line := range strings.Split(text, "\n") {
			if strings.ContainsFunc(line, func(r rune) bool { return unicode.Is(unicode.Hangul, r) }) {
				lines = append(lines, line)
			}
		}
	}
	return lines
}
