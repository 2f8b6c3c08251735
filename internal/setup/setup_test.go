package setup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
)

// fakeSetup is a set-up of three steps that record that they ran.
type fakeSetup struct {
	repo    target
	inputs  [3]string
	fails   [3]error
	fragile [3]bool
	done    []string // the steps that ran
	shown   []string // the progress
}

func newFakeSetup(t *testing.T) *fakeSetup {
	t.Helper()
	s := &fakeSetup{repo: target{&checkout.Checkout{Root: filepath.Join(t.TempDir(), "순환 신경망 1")}}, inputs: [3]string{"a", "b", "c"}}
	if err := os.MkdirAll(s.repo.Venv(), 0o755); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *fakeSetup) output(i int) string {
	return filepath.Join(s.repo.Venv(), fmt.Sprint("output ", i))
}

// run runs the set-up and returns which steps ran.
func (s *fakeSetup) run() (string, error) {
	s.done, s.shown = nil, nil
	var steps []step
	for i := range 3 {
		steps = append(steps, step{
			name: fmt.Sprint("step ", i), fragile: s.fragile[i], message: fmt.Sprint("doing ", i), outputs: []string{s.output(i)},
			inputs: func() (string, error) { return s.inputs[i], nil },
			action: func(context.Context) error {
				if s.fails[i] != nil {
					return s.fails[i]
				}
				s.done = append(s.done, fmt.Sprint(i))
				return os.WriteFile(s.output(i), nil, 0o644)
			},
		})
	}
	_, err := s.repo.runSteps(context.Background(), steps, func(n, total int, message string) {
		s.shown = append(s.shown, fmt.Sprintf("[%d/%d] %s", n, total, message))
	})
	return strings.Join(s.done, " "), err
}

func (s *fakeSetup) want(t *testing.T, when, want string) {
	t.Helper()
	if got, err := s.run(); got != want || err != nil {
		t.Errorf("%s: the steps that ran are %q (%v), want %q", when, got, err, want)
	}
}

func TestSetupRunsTheStepsThatAreNeeded(t *testing.T) {
	s := newFakeSetup(t)
	s.want(t, "at first", "0 1 2")
	if got := strings.Join(s.shown, "; "); got != "[1/3] doing 0; [2/3] doing 1; [3/3] doing 2" {
		t.Errorf("the progress is %q", got)
	}
	s.want(t, "with nothing to do", "")
	s.inputs[1] = "other requirements"
	s.want(t, "with changed requirements", "1")
	if err := os.Remove(s.output(2)); err != nil {
		t.Fatal(err)
	}
	s.want(t, "with a file gone", "2")
	s.inputs[0] = "another place"
	s.want(t, "in a folder that was moved", "0 1 2")
	if err := os.Remove(s.output(0)); err != nil {
		t.Fatal(err)
	}
	s.want(t, "with the environment itself gone", "0 1 2")
	s.want(t, "and then with nothing to do", "")
}

func TestSetupContinuesAfterAnInterruption(t *testing.T) {
	s := newFakeSetup(t)
	s.fails[1] = errors.New("no network")
	got, err := s.run()
	if got != "0" || err == nil || !strings.Contains(err.Error(), "step 1: no network") {
		t.Errorf("the steps that ran are %q, the error is %v", got, err)
	}
	s.fails[1] = nil
	s.want(t, "called again", "1 2")

	// Interrupted after a new environment was made: it is empty.
	s.inputs[0], s.fails[1] = "a new place", errors.New("no network")
	if _, err := s.run(); err == nil {
		t.Error("the second step failed and no error came")
	}
	s.fails[1] = nil
	s.want(t, "after a failed second step", "1 2")

	// Interrupted while it made a new environment: the old one is gone.
	s.inputs[0], s.fails[0] = "another place", errors.New("interrupted")
	if _, err := s.run(); err == nil {
		t.Error("the first step failed and no error came")
	}
	s.fails[0] = nil
	s.want(t, "after a failed first step", "0 1 2")
}

func TestAnInterruptedFragileStepStartsOver(t *testing.T) {
	s := newFakeSetup(t)
	s.fragile[1] = true
	s.want(t, "at first", "0 1 2")
	s.inputs[1] = "other requirements"
	s.want(t, "with changed requirements, undisturbed", "1")
	s.inputs[1], s.fails[1] = "yet others", errors.New("interrupted")
	if _, err := s.run(); err == nil {
		t.Error("the second step failed and no error came")
	}
	s.fails[1] = nil
	s.want(t, "after a fragile step was interrupted", "0 1 2")
	s.want(t, "and then with nothing to do", "")

	s.inputs[2], s.fails[2] = "changed", errors.New("interrupted")
	if _, err := s.run(); err == nil {
		t.Error("the third step failed and no error came")
	}
	s.fails[2] = nil
	s.want(t, "after another step was interrupted", "2")
}

func TestSetupStartsOverIfItsStateCannotBeRead(t *testing.T) {
	s := newFakeSetup(t)
	s.want(t, "at first", "0 1 2")
	if err := os.WriteFile(s.repo.stateFile(), []byte(`{"step 0": `), 0o644); err != nil {
		t.Fatal(err)
	}
	s.want(t, "with half a state file", "0 1 2")
}

func TestAStepWithoutItsOutputIsAnError(t *testing.T) {
	s := newFakeSetup(t)
	s.repo.runSteps(context.Background(), nil, nil)
	_, err := s.repo.runSteps(context.Background(), []step{{
		name: "packages", inputs: func() (string, error) { return "", nil },
		outputs: []string{s.output(7)},
		action:  func(context.Context) error { return nil },
	}}, func(int, int, string) {})
	if err == nil || !strings.Contains(err.Error(), "output 7 does not exist") {
		t.Errorf("the error is %v, want the missing file named", err)
	}
}

func TestAFolderOfSomebodyElseIsNotRemoved(t *testing.T) {
	repo := target{&checkout.Checkout{Root: t.TempDir()}}
	thesis := filepath.Join(repo.Venv(), "thesis.txt")
	if err := os.MkdirAll(repo.Venv(), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(thesis, []byte("years"), 0o644); err != nil {
		t.Fatal(err)
	}
	err := repo.makeVenv(context.Background(), interpreter{command: []string{"python3"}})
	if err == nil || !strings.Contains(err.Error(), "Move it away") {
		t.Errorf("the error is %v, want a refusal", err)
	}
	if data, _ := os.ReadFile(thesis); string(data) != "years" {
		t.Error("a folder that the course did not make was removed")
	}
}

func TestAnIncompleteEnvironmentIsReplaced(t *testing.T) {
	repo := target{&checkout.Checkout{Root: t.TempDir()}}
	python := interpreter{command: []string{"echo"}} // a program that succeeds
	aside := repo.Venv() + ".removed"
	for _, folder := range []string{aside, filepath.Join(repo.Venv(), "lib")} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "half"), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := repo.writeState(map[string]string{}); err != nil {
		t.Fatal(err)
	}
	if err := repo.makeVenv(context.Background(), python); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(repo.Root)
	if err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v (%v), want the environment alone", left, err)
	}
	inside, err := os.ReadDir(repo.Venv())
	if err != nil || len(inside) != 1 || inside[0].Name() != filepath.Base(repo.stateFile()) {
		t.Errorf("the new environment holds %v (%v), want its state file alone", inside, err)
	}
	// Interrupted before Python wrote its first file: the state file shows that it is ours.
	if err := os.MkdirAll(filepath.Join(repo.Venv(), "bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := repo.makeVenv(context.Background(), python); err != nil {
		t.Errorf("an incomplete environment is refused: %v", err)
	}
}

// After a fragile step that failed, all start over: nbgrader must refuse before it runs.
func TestNbgraderIsRefusedBeforeItsStepRuns(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the fake Python is a shell script")
	}
	folder := t.TempDir()
	t.Setenv("PATH", folder)
	for version, refused := range map[string]bool{"3.10.14": true, "3.11.0": false, "3.14.0": false} {
		if err := os.WriteFile(filepath.Join(folder, "python3"), []byte("#!/bin/sh\necho good "+version+" '\"/x\"'\necho '\"/x/python3\"'\n"), 0o755); err != nil {
			t.Fatal(err)
		}
		_, err := Nbgrader(target{&checkout.Checkout{Root: filepath.Join("..", "..")}}).inputs()
		if errors.Is(err, ErrOldPython) != refused || !refused && err != nil {
			t.Errorf("Python %s: %v", version, err)
		}
		if refused && !strings.Contains(err.Error(), version) {
			t.Errorf("the error does not name %s: %v", version, err)
		}
	}
}

func TestASetUpWaitsForAnotherAndNamesIt(t *testing.T) {
	repo := &checkout.Checkout{Root: t.TempDir()}
	unlock, err := atomicfile.TryLock(filepath.Join(repo.Root, ".venv.lock"), 0o666)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	ctx, stop := context.WithCancel(t.Context())
	var shown string
	_, err = Run(ctx, repo, func(_, _ int, message string) {
		shown += message
		stop()
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v, want that of the context", err)
	}
	if want := fmt.Sprint("process ", os.Getpid()); !strings.Contains(shown, "waiting for another set-up") || !strings.Contains(shown, want) {
		t.Errorf("the progress is %q, want it to name %s", shown, want)
	}
}
