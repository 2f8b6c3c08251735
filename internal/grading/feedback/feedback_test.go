package feedback

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/class"
	"rnn101/internal/lang"
	"rnn101/internal/notebook"
)

func TestFeedbackDoesNotGiveHiddenChecksAway(t *testing.T) {
	g := class.Grade{Student: "김_하늘 $x$ [a](b) <b>", Points: 2.5, Of: 20, Notes: []string{"the answer cell two appears 2 times"}, Checks: []assignment.CheckResult{
		{Task: "step", Check: "step-example", Points: 1, Of: 2, Cases: []assignment.CaseResult{
			{Kind: assignment.Right, About: "baseball"},
			{Kind: assignment.WrongValue, About: "bat", Text: "entry [0] is 0.0997, expected 0.3303. ``` $\\frac{$"}}},
		{Task: "step", Check: "step-hidden", Points: 1.5, Of: 4, Hidden: true, Cases: []assignment.CaseResult{
			{Kind: assignment.Right, About: "3 words"}, {Kind: assignment.WrongShape, About: "secret net", Text: "secret numbers"}, {Kind: assignment.WrongShape}}},
	}}
	nb := Notebook(g, assignment.A1)
	page := ""
	for _, c := range nb.Cells {
		page += c.Source + "\n\n"
	}
	for _, want := range []string{
		"# a1: 2.5 of 20 points", `김\_하늘 \$x\$ \[a\]\(b\) \<b\>`, "## step: 2.5 of 6 points", "**Visible check: 1 of 2 points**", "✓ baseball", "✗ bat: wrong value",
		"````\nentry [0] is 0.0997, expected 0.3303. ``` $\\frac{$\n````", "**Hidden check: 1.5 of 4 points**", "Of 3 calls with other nets: 1 right, 2 wrong shape.", "appears 2 times",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	if strings.Contains(page, "secret") || strings.Contains(page, "3 words") {
		t.Errorf("the page gives a hidden check away:\n%s", page)
	}
	nb = Notebook(class.Grade{Student: "lee", Of: 20, NeedsHuman: true, Reason: "the file is empty"}, assignment.A1)
	if last := nb.Cells[len(nb.Cells)-1].Source; !strings.Contains(last, "A person has to look") || !strings.Contains(last, "the file is empty") {
		t.Error(last)
	}
}

// In the dummy language each text of the catalogue is in brackets. Outside of them only
// names and the texts of students and checks may remain.
func TestEveryTextOfAFeedbackPageComesFromTheCatalogue(t *testing.T) {
	if err := lang.Set(lang.Dummy); err != nil {
		t.Fatal(err)
	}
	defer lang.Set(lang.English)
	points := 1.0
	var all []assignment.CaseResult
	for _, kind := range kinds(t) {
		all = append(all, assignment.CaseResult{Kind: kind, About: "0", Text: "0"})
	}
	graded := class.Grade{Student: "0", Notes: []string{"0"}, Checks: []assignment.CheckResult{
		{Task: "step", Check: "0", Cases: all}, {Task: "step", Check: "0", Cases: all, Hidden: true}},
		Written: []class.Written{{Question: "0"}, {Question: "0", Points: &points}, {Question: "0", Points: &points, Answer: "0", Comment: "0"}}}
	inBrackets := regexp.MustCompile(`⟦[^⟦⟧]*⟧`)
	for _, nb := range []*notebook.Notebook{
		Notebook(graded, assignment.A1), Notebook(class.Grade{Student: "0", NeedsHuman: true, Reason: "0"}, assignment.A1), Fallback(class.Grade{Student: "0"}),
	} {
		for _, cell := range nb.Cells {
			rest := cell.Source
			for inBrackets.MatchString(rest) {
				rest = inBrackets.ReplaceAllString(rest, "")
			}
			if literal := regexp.MustCompile(`\p{L}+`).FindString(rest); literal != "" {
				t.Errorf("the cell %s: %q is not from the catalogue, in %q", cell.ID, literal, cell.Source)
			}
		}
	}
}

// kinds reads the constants of the type assignment.Kind from its source.
func kinds(t *testing.T) []assignment.Kind {
	t.Helper()
	found, err := build.Import(reflect.TypeOf(assignment.Right).PkgPath(), ".", build.FindOnly)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(found.Dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var all []assignment.Kind
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if typ, ok := spec.Type.(*ast.Ident); !ok || typ.Name != "Kind" {
				return true
			}
			for _, v := range spec.Values {
				if l, ok := v.(*ast.BasicLit); ok {
					s, err := strconv.Unquote(l.Value)
					if err != nil {
						t.Fatal(err)
					}
					all = append(all, assignment.Kind(s))
				}
			}
			return true
		})
	}
	if len(all) < 2 {
		t.Fatalf("the kinds in %s are %q", found.Dir, all)
	}
	return all
}

func TestPageNamesAreUnique(t *testing.T) {
	var grades []class.Grade
	for _, name := range []string{"Lee", "lee", "../x", "a/b", "김하늘", "", strings.Repeat("x", 100), "CON."} {
		grades = append(grades, class.Grade{Student: name})
	}
	want := []string{"Lee", "lee-2", "_x", "a_b", "김하늘", "student", strings.Repeat("x", 60), "CON"}
	if got := PageNames(grades); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestLongLinesAreWrapped(t *testing.T) {
	line := strings.TrimSpace(strings.Repeat("방망이 ", 60))
	text := wrap(line)
	if strings.ReplaceAll(text, "\n", " ") != line {
		t.Errorf("words are lost: %q", text)
	}
	for _, part := range strings.Split(text, "\n") {
		if n := len([]rune(part)); n > pageWidth || n == 0 {
			t.Errorf("a line of %d characters: %q", n, part)
		}
	}
	if indented := "    x := 1"; wrap(indented) != indented {
		t.Errorf("%q", wrap(indented))
	}
}
