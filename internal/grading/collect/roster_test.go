package collect

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestARosterMayHaveSeveralFormats(t *testing.T) {
	for content, want := range map[string]string{
		"lee\n김하늘\n":                    "[lee 김하늘]",
		"\ufeffName,Group\r\nlee,1\r\n": "[lee]",
		"\"Kim, Ha\",1\nlee,2\n":        "[Kim, Ha lee]",
		norm.NFD.String("김하늘") + "\n":   "[김하늘]",
		"lee\nlee\n":                    "appears twice",
		"이름;반\n김하늘;1\n":                 "[김하늘]",
		"\n\n":                          "has no name",
		"\xb1\xe8\n":                    "save it as CSV UTF-8",
	} {
		file := filepath.Join(t.TempDir(), "class.csv")
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		names, err := Roster(file)
		if got := fmt.Sprint(names, err); !strings.Contains(got, want) {
			t.Errorf("%q: %s, want %s", content, got, want)
		}
	}
}

func TestAStudentWithoutASubmissionIsInTheList(t *testing.T) {
	all, strangers := ApplyRoster([]Submission{{Student: "lee", File: "x"}, {Student: "guest", File: "y"}}, []string{"김하늘", "lee"})
	if !slices.Equal(all, []Submission{{Student: "guest", File: "y"}, {Student: "lee", File: "x"}, {Student: "김하늘", Problem: "nothing was handed in"}}) {
		t.Errorf("%+v", all)
	}
	if !slices.Equal(strangers, []string{"guest"}) {
		t.Errorf("%q", strangers)
	}
}
