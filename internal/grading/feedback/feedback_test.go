package feedback

import (
	"regexp"
	"slices"
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
			{Kind: "right", About: "baseball"},
			{Kind: "wrong value", About: "bat", Text: "entry [0] is 0.0997, expected 0.3303. ``` $\\frac{$"}}},
		{Task: "step", Check: "step-hidden", Points: 1.5, Of: 4, Hidden: true, Cases: []assignment.CaseResult{
			{Kind: "right", About: "3 words"}, {Kind: "wrong shape", About: "secret net", Text: "secret numbers"}, {Kind: "wrong shape"}}},
	}}
	nb := Notebook(g, assignment.A1)
	page := ""
	for _, c := range nb.Cells {
		page += c.Source + "\n\n"
	}
	for _, want := range []string{
		"# a1: 2.5 of 20 points", `김\_하늘 \$x\$ \[a\]\(b\) \<b\>`, "## step: 2.5 of 6 points", "**Visible check: 1 of 2 points**", "✓ baseball", "✗ bat: wrong value",
		"````\nentry [0] is 0.0997, expected 0.3303. ``` $\\frac{$\n````", "**Hidden check: 1.5 of 4 points**", `Of 3 calls with other nets\: 1 right\, 2 wrong shape\.`, "appears 2 times",
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

// text returns the page of a grade.
func text(g class.Grade, a *assignment.Assignment) (page string) {
	for _, c := range Notebook(g, a).Cells {
		page += c.Source + "\n\n"
	}
	return page
}

// A page says in its heading when its points are not final, and names what a human gave.
func TestAPageSaysWhatIsFinalAndWhoGaveIt(t *testing.T) {
	points := 3.0
	checks := []assignment.CheckResult{{Task: "update", Check: "update-example", Points: 3, Of: 4, ByHand: &points, Comment: "the *right* idea"}}
	for want, g := range map[string]class.Grade{
		"# a4: 16 of 20 points so far; an answer with 4 points is not read yet\n": {Points: 16, Of: 20, Checks: checks, Written: []class.Written{{Question: "why", Of: 4, Answer: "x"}}},
		"# a4: 16 of 20 points so far; a person has to look at it\n":              {Points: 16, Of: 20, Checks: checks, NeedsHuman: true, Reason: "two functions"},
		"# a4: not graded yet\n":  {Of: 20, NeedsHuman: true, Reason: "no notebook", Written: []class.Written{{Question: "why", Of: 4}}},
		"# a4: 20 of 20 points\n": {Points: 20, Of: 20, Checks: checks, Written: []class.Written{{Question: "why", Of: 4, Points: &points}}},
		"**Visible check: 3 of 4 points**\n\nThese points were given by hand.\n\n```\nthe *right* idea\n```": {Checks: checks},
	} {
		if page := text(g, assignment.A4); !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
}

// Of a hidden check a page says what the calls that are not right have in common, and which mistake is
// likely, without a number.
func TestAHiddenCheckNamesTheKindOfInput(t *testing.T) {
	check := assignment.CheckResult{Check: "x", Hidden: true, Common: []string{"a word twice"}, Cases: []assignment.CaseResult{
		{Kind: "right"}, {Kind: "right", Given: []string{"times"}, Text: "secret"},
		{Kind: "wrong value", About: "secret", Text: "secret", Hint: "Add them up"}, {Kind: "wrong value", Hint: "Add them up"},
	}}
	const want = "Of 4 calls with other nets: 2 right, 2 wrong value. Right, given your times: 1. What is not right has in common: a word twice. Likely: Add them up."
	if got := HiddenSummary(check); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// What somebody else wrote cannot change how a page reads.
func TestNamesCannotTurnAPageAround(t *testing.T) {
	const evil = "lee\u202e02 fo 02\u2066\x1b[2J\r\u200f"
	g := class.Grade{Student: evil, Of: 20, Notes: []string{evil}, NeedsHuman: true, Reason: evil, Checks: []assignment.CheckResult{
		{Task: "step", Comment: evil, Cases: []assignment.CaseResult{{Kind: "wrong value", About: evil, Text: evil}}}}, Written: []class.Written{{Question: "why", Answer: evil, Comment: evil}}}
	page := text(g, assignment.A1)
	if i := strings.IndexAny(page, "\u202e\u2066\x1b\r\u200f"); i >= 0 {
		t.Errorf("the page has %q", page[i:i+20])
	}
	if !strings.Contains(page, `lee\u202e02 fo 02`) {
		t.Errorf("the page does not show the characters: %s", page)
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
	for _, kind := range []assignment.Kind{"right", "wrong value"} {
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
