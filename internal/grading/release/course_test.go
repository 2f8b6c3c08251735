package release

import (
	"archive/zip"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/checkout"
	"rnn101/internal/notebook"
)

// The archive for students has no solution in it, by content; its programs compile, and in it
// the assignments are what they were, for check.
func TestTheCourseForStudents(t *testing.T) {
	root, err := filepath.Abs(repo.Root)
	if err != nil {
		t.Fatal(err)
	}
	here := &checkout.Checkout{Root: root}
	folder := t.TempDir()
	file := filepath.Join(folder, "course.zip")
	files, err := WriteCourse(t.Context(), here, file)
	if err != nil {
		if exec.Command("git", "-C", root, "rev-parse").Run() != nil {
			t.Skip("not a clone: ", err)
		}
		t.Fatal(err)
	}
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if len(z.File) != files || files < 300 {
		t.Errorf("%d files are in it, WriteCourse says %d", len(z.File), files)
	}
	secrets := []string{"return -math.Log(y[target])", "slope[target]--", "past, word := times(W, h), times(U, x)", "is missing. With it the loss of a step reaches", "(1 - h[i]*h[i]) * dh[i]",
		"이 항이 있으면 한 시점의 손실이 앞 시점까지 닿습니다"}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		in.Close()
		if err != nil {
			t.Fatal(err)
		}
		name, inside := strings.CutPrefix(f.Name, "rnn101/")
		if !inside || strings.HasPrefix(name, ".git/") || strings.HasPrefix(name, ".venv") || strings.HasPrefix(name, "grades-") || strings.HasPrefix(name, "internal/grading/") && strings.HasSuffix(name, "_test.go") {
			t.Errorf("%s is in it", f.Name)
		}
		for _, secret := range secrets {
			if strings.Contains(string(data), secret) {
				t.Errorf("%s has %q in it", name, secret)
			}
		}
		target := filepath.Join(folder, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, data, f.Mode()); err != nil {
			t.Fatal(err)
		}
	}
	students := &checkout.Checkout{Root: filepath.Join(folder, "rnn101")}
	for _, ours := range sources(t) {
		name, tag := ours.Assignment.Name, ours.Language
		theirs, err := LoadIn(students, name, tag)
		if err != nil {
			t.Error(err)
			continue
		}
		if HasSolutions(theirs.Solved) || !HasSolutions(ours.Solved) {
			t.Errorf("%s, %s: the students' has solutions, or the source has none", name, tag)
		}
		if got, want := encoded(t, theirs.Edition), encoded(t, ours.Edition); got != want {
			t.Errorf("%s, %s: the edition of the edition is another", name, tag)
		}
	}
	if _, err := WriteCourse(t.Context(), students, filepath.Join(folder, "again.zip")); err == nil {
		t.Error("students can make the archive again")
	}
	goTool := func(args ...string) string {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "go", args...)
		cmd.Dir, cmd.Env = students.Root, append(os.Environ(), "GOWORK=off", "GOFLAGS=-buildvcs=false")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("go %s in the course for students: %v\n%s", strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	// An import or a file to embed that is not there is an error in this list. To compile the whole
	// course in a new folder would take a minute, so that is done where files are missing.
	if problems := strings.TrimSpace(goTool("list", "-e", "-deps", "-test", "-f", "{{with .Error}}{{.}}{{end}}", "./...")); problems != "" {
		t.Errorf("in the course for students: %s", problems)
	}
	goTool("list", "-export", "-test", "-f", "", "./internal/grading/assignment/internal/...", "./assignments/...") // compiles them
}

func encoded(t *testing.T, nb *notebook.Notebook) string {
	t.Helper()
	data, err := nb.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// A solution that is in another file of the course is found, whatever its indentation; what
// the lecture shows is none.
func TestASolutionElsewhereIsFound(t *testing.T) {
	clone := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@b", "-C", clone}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Skipf("git: %v %s", err, out)
		}
	}
	for _, s := range sources(t) {
		target := (&checkout.Checkout{Root: clone}).Assignment(s.Language, s.Assignment.Name)
		data, err := os.ReadFile(s.Solved.Path)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(target), 0o755)
		}
		if err == nil {
			err = os.WriteFile(target, data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	write := func(name, content string) {
		t.Helper()
		target := filepath.Join(clone, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("internal/grading/class/grade_test.go", "slope[target]-- // a test")
	write("docs/notes.md", "nothing")
	git("init", "-q")
	git("add", ".")
	write("grades-a1/grades.csv", "secret") // git does not have it
	students := &checkout.Checkout{Root: clone}
	call := func() error {
		_, err := WriteCourse(context.Background(), students, filepath.Join(t.TempDir(), "course.zip"))
		return err
	}
	if err := call(); err != nil {
		t.Fatal(err)
	}
	const solution = "slope := append([]float64{}, y...)\n  slope[target]--\nreturn slope"
	write("docs/notes.md", "see\n\n    "+solution)
	if err := call(); err == nil || !strings.Contains(err.Error(), "docs/notes.md has the solution of a2, ") {
		t.Errorf("a solution in docs/notes.md: %v", err)
	}
	write("docs/notes.md", "1. 상태 $h_{t-1}$이 남아 있습니다. 언제나처럼 $W h_{t-1}$로 $h_t$에 들어갑니다. 순전파는 달라지지 않습니다.")
	if err := call(); err != nil {
		t.Errorf("a part of a solution: %v", err)
	}
	korean, err := LoadIn(repo, "a4", "ko")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range korean.Solved.Cells {
		if Meta(c).GradeID == "why" {
			write("docs/notes.md", c.Source)
		}
	}
	if err := call(); err == nil || !strings.Contains(err.Error(), "docs/notes.md has the solution of a4, why") {
		t.Errorf("a solution in Korean in docs/notes.md: %v", err)
	}
	write("docs/notes.md", solution)
	write("notebooks/note.md", solution)
	git("add", ".")
	if err := call(); err != nil {
		t.Errorf("what the lecture shows: %v", err)
	}
}
