package class

import (
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/grading/assignment"
)

// Who needs a human stands first, then whose words are unread. Names harm no table.
func TestTheTableBeginsWithWhoNeedsAHuman(t *testing.T) {
	points := 2.5
	all := []Grade{
		{Student: "done", Points: 2.5, Of: 20, Written: []Written{{Question: "why", Points: &points}}},
		{Student: "unread;=1+1", Of: 20, Unread: []string{"why"}},
		{Student: "broken\u202e\x1b[2J", Of: 20, NeedsHuman: true, Reason: "＝1+1\r\nx"},
	}
	for _, test := range []struct {
		semicolons bool
		want       []string // the beginnings of the lines
	}{
		{false, []string{"\ufeffstudent,points,of,needs a human,reason,update,", `broken\u202e\x1b[2J,0,20,yes,"'＝1+1`, `x",`, "unread;'=1+1,0,20,words,not read yet: why.", "done,2.5,20,,,0,"}},
		{true, []string{"\ufeffstudent;points;of;needs a human;reason;update;", `broken\u202e\x1b[2J;0;20;yes;"'＝1+1`, `x";`, `"unread;'=1+1";0;20;words;`, "done;2,5;20;;;0;"}},
	} {
		c := &Class{Assignment: assignment.A4, Out: t.TempDir(), Semicolons: test.semicolons}
		if err := c.writeTable(all); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(content(t, filepath.Join(c.Out, GradesCSV))), "\n")
		if len(lines) != len(test.want) {
			t.Fatalf("%q", lines)
		}
		for i, want := range test.want {
			if !strings.HasPrefix(lines[i], want) {
				t.Errorf("line %d is %q, want %q", i+1, lines[i], want)
			}
		}
	}
}
