package class

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/grading/collect"
)

// A run replaces all grades of another version, also those that have the right hash, and
// keeps the points by hand.
func TestARunReplacesTheGradesOfAnotherVersion(t *testing.T) {
	c, folder := classWithWords(t), t.TempDir()
	run := func(submissions ...collect.Submission) []Grade {
		t.Helper()
		all, err := c.Run(t.Context(), submissions, func(int, int, string) {})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	kim, lee, gone := handIn(t, folder, "kim", right, "the state"), handIn(t, folder, "lee", wrong, "the past"), handIn(t, folder, "gone", wrong)
	run(kim, lee, gone)
	if err := CheckVersion(c.Out); err != nil {
		t.Errorf("the grades of this version: %v", err)
	}
	table := filepath.Join(c.Out, ByHand)
	save(t, table, strings.Replace(content(t, table), "kim,why,4,,,", "kim,why,4,2.5,good,", 1))
	version := `"grader": "` + graderVersion + `"`
	for _, s := range []collect.Submission{kim, lee, gone} {
		file := filepath.Join(c.Out, students, hashedName(s.Student)+".json")
		if old := content(t, file); !strings.Contains(old, version) {
			t.Fatalf("the grade of %s does not have the version: %s", s.Student, old)
		}
		save(t, file, strings.NewReplacer(version, `"grader": "1"`, `"points": 3`, `"points": 9`, `"points": 0`, `"points": 9`).Replace(content(t, file)))
	}
	if err := CheckVersion(c.Out); err == nil || !strings.Contains(err.Error(), "version 1") {
		t.Errorf("the grades of version 1: %v", err)
	}
	all := run(kim, lee)
	if all[0].Points != 3+2.5 || all[0].Written[0].Comment != "good" || all[1].Points >= 3 {
		t.Errorf("kim has %v points, want 5.5; lee %v, want less than 3: %+v", all[0].Points, all[1].Points, all)
	}
	if err := CheckVersion(c.Out); err != nil {
		t.Errorf("after the run: %v", err)
	}
	if _, err := os.Stat(filepath.Join(c.Out, students, hashedName("gone")+".json")); err == nil {
		t.Error("the grade of a student who is gone is still there, in version 1")
	}
}

func TestTheVersionOfAFolderWithoutGrades(t *testing.T) {
	out := t.TempDir()
	if err := CheckVersion(filepath.Join(out, "none")); err != nil {
		t.Error(err)
	}
	if err := os.Mkdir(filepath.Join(out, students), 0o700); err != nil {
		t.Fatal(err)
	}
	save(t, filepath.Join(out, students, "0123.json"), "{") // no grade
	if err := CheckVersion(out); err != nil {
		t.Error(err)
	}
}
