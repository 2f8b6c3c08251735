package grade

import (
	"slices"
	"strings"
	"testing"

	"rnn101/classroom/assignment"
)

func TestFeedbackTellsTheVisibleAndKeepsTheHidden(t *testing.T) {
	g := Grade{Student: "김_하늘 $x$ [a](b) <b>", Points: 2.5, Of: 20, Notes: []string{"the answer cell two is there 2 times"}, Checks: []assignment.Outcome{
		{Task: "step", Check: "step-example", Points: 1, Of: 2, Cases: []assignment.Verdict{
			{Kind: assignment.Right, About: "baseball"},
			{Kind: assignment.WrongValue, About: "bat", Text: "entry [0] is 0.0997, expected is 0.3303. ``` $\\frac{$"}}},
		{Task: "step", Check: "step-hidden", Points: 1.5, Of: 4, Hidden: true, Cases: []assignment.Verdict{
			{Kind: assignment.Right, About: "3 words"}, {Kind: assignment.WrongShape, About: "secret net", Text: "secret numbers"}, {Kind: assignment.WrongShape}}},
	}}
	nb := Feedback(g, assignment.A1)
	said := ""
	for _, c := range nb.Cells {
		said += c.Source + "\n\n"
	}
	for _, want := range []string{
		"# a1: 2.5 of 20 points", `김\_하늘 \$x\$ \[a\]\(b\) \<b\>`, "## step: 2.5 of 6 points", "**Visible check: 1 of 2 points**", "✓ baseball", "✗ bat: wrong value",
		"````\nentry [0] is 0.0997, expected is 0.3303. ``` $\\frac{$\n````", "**Hidden check: 1.5 of 4 points**", "Of 3 calls with other nets: 1 right, 2 wrong shape.", "is there 2 times",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("it lacks %q:\n%s", want, said)
		}
	}
	if strings.Contains(said, "secret") || strings.Contains(said, "3 words") {
		t.Errorf("it gives a hidden check away:\n%s", said)
	}
	nb = Feedback(Grade{Student: "lee", Of: 20, NeedsHuman: true, Reason: "the file is empty"}, assignment.A1)
	if last := nb.Cells[len(nb.Cells)-1].Source; !strings.Contains(last, "human's eye") || !strings.Contains(last, "the file is empty") {
		t.Error(last)
	}
}

func TestEveryStudentHasAPageOfTheirOwn(t *testing.T) {
	var grades []Grade
	for _, name := range []string{"Lee", "lee", "../x", "a/b", "김하늘", "", strings.Repeat("x", 100), "CON."} {
		grades = append(grades, Grade{Student: name})
	}
	want := []string{"Lee", "lee-2", "_x", "a_b", "김하늘", "student", strings.Repeat("x", 60), "CON"}
	if got := PageNames(grades); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestALongLineStaysOnThePage(t *testing.T) {
	line := strings.TrimSpace(strings.Repeat("방망이 ", 60))
	text := wrapped(line)
	if strings.ReplaceAll(text, "\n", " ") != line {
		t.Errorf("words are lost: %q", text)
	}
	for _, part := range strings.Split(text, "\n") {
		if n := len([]rune(part)); n > pageWidth || n == 0 {
			t.Errorf("a line of %d letters: %q", n, part)
		}
	}
	if indented := "    x := 1"; wrapped(indented) != indented {
		t.Errorf("%q", wrapped(indented))
	}
}
