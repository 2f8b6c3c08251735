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

func TestTheSolutionHasAllPointsAndWhatIsHandedOutNone(t *testing.T) {
	for _, a := range assignment.All {
		s := load(t, a.Name)
		if a.Points() != 20 {
			t.Errorf("%s has %v points", a.Name, a.Points())
		}
		if err := Prove(t.Context(), s, sandboxtest.Builder(t), t.TempDir()); err != nil {
			t.Error(err)
		}
	}
}

// A release that gives points away, or asks for what its own solution cannot do, is
// stopped.
func TestAReleaseThatIsUnfairIsRefused(t *testing.T) {
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
	if err := Prove(t.Context(), s, sandboxtest.Builder(t), t.TempDir()); err == nil || !strings.Contains(err.Error(), "the solution of a1 gets 10 points, and must get 20: one-hot-example, three words, the second of them: wrong value") {
		t.Errorf("a wrong solution: %v", err)
	}
	s = load(t, "a1")
	change(s.Edition, "panic(\"not written yet\")", "x := make([]float64, n); x[i] = 1; return x")
	if err := Prove(t.Context(), s, sandboxtest.Builder(t), t.TempDir()); err == nil || !strings.Contains(err.Error(), "handed out of a1 gets") {
		t.Errorf("an answer in the edition: %v", err)
	}
}

func TestAStudentSeesTheVisiblePoints(t *testing.T) {
	s := load(t, "a1")
	b := sandboxtest.Builder(t)
	g := Visible(t.Context(), s, b, repo.Assignment("a1"))
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
