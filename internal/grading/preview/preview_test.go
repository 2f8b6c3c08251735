package preview

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/checkout"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/release"
	"rnn101/internal/grading/sandbox"
	"rnn101/internal/grading/sandbox/sandboxtest"
	"rnn101/internal/notebook"
)

func TestMain(m *testing.M) {
	sandbox.RunIfWorker()
	os.Exit(m.Run())
}

var repo = &checkout.Checkout{Root: filepath.Join("..", "..", "..")}

func load(t *testing.T, name string) *release.Source {
	t.Helper()
	s, err := release.Load(repo, name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheSolutionGetsAllPointsAndTheEditionNone(t *testing.T) {
	for _, a := range assignment.All {
		if a.Points() != 20 {
			t.Errorf("%s has %v points", a.Name, a.Points())
		}
		for _, e := range load(t, a.Name).Frame.Editions {
			s, err := release.LoadIn(repo, a.Name, e.Language)
			if err != nil {
				t.Fatal(err)
			}
			if err := VerifyRelease(t.Context(), s, sandboxtest.Builder(t)); err != nil {
				t.Errorf("%s: %v", e.Language, err)
			}
		}
	}
}

// An edition that earns points, or a solution that does not earn all, is an error.
func TestAnUnfairReleaseIsRefused(t *testing.T) {
	s := load(t, "a1")
	change := func(nb *notebook.Notebook, from, to string) {
		t.Helper()
		n := 0
		for _, c := range nb.Cells {
			n += strings.Count(c.Source, from)
			c.Source = strings.ReplaceAll(c.Source, from, to)
		}
		if n == 0 {
			t.Fatalf("no cell has %q", from)
		}
	}
	change(s.Solved, "x[i] = 1", "x[i] = 2")
	if err := VerifyRelease(t.Context(), s, sandboxtest.Builder(t)); err == nil || !strings.Contains(err.Error(), "the solution of a1 gets 17 points, and must get 20: one-hot-example, three words, the second of them: wrong value") {
		t.Errorf("a wrong solution: %v", err)
	}
	s = load(t, "a1")
	change(s.Edition, "panic(\"not written yet\")", "x := make([]float64, n); x[i] = 1; return x")
	if err := VerifyRelease(t.Context(), s, sandboxtest.Builder(t)); err == nil || !strings.Contains(err.Error(), "the student's edition of a1 gets") {
		t.Errorf("an answer in the edition: %v", err)
	}
}

func TestAStudentSeesTheVisiblePoints(t *testing.T) {
	data, err := os.ReadFile(repo.Assignment("en", "a1"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "mine.ipynb")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s, file, err := Open(repo, path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil { // it is not read again
		t.Fatal(err)
	}
	g := Visible(t.Context(), s, sandboxtest.Builder(t), file)
	if g.NeedsHuman || g.Points != 6 || g.Of != 6 {
		t.Errorf("%+v", g)
	}
	for _, check := range g.Checks {
		if check.Hidden {
			t.Errorf("%s is hidden", check.Check)
		}
	}
	if len(s.Assignment.Tasks[0].Checks) != 2 {
		t.Error("the assignment itself has lost its hidden checks")
	}
}
