package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// root returns the checkout.
func root(t *testing.T) string {
	t.Helper()
	folder, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// buildCourse compiles the command once for all tests.
var buildCourse = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "course-test-")
	if err != nil {
		return "", err
	}
	program := filepath.Join(folder, "course")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput()
	if err != nil {
		err = fmt.Errorf("go build: %w\n%s", err, out)
	}
	return program, err
})

func TestMain(m *testing.M) {
	status := m.Run()
	if program, err := buildCourse(); err == nil {
		os.RemoveAll(filepath.Dir(program))
	}
	os.Exit(status)
}

// course returns a call of the compiled command in a folder.
func course(t *testing.T, folder string, args ...string) *exec.Cmd {
	t.Helper()
	program, err := buildCourse()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = folder
	return cmd
}

// run runs the command and returns its exit status and all that it printed.
func run(t *testing.T, cmd *exec.Cmd) (status int, output string) {
	t.Helper()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0, out.String()
	case errors.As(err, &exit):
		return exit.ExitCode(), out.String()
	}
	t.Fatal(err)
	return 0, ""
}

// wantFailure checks that the call ends with the status and prints all the words.
func wantFailure(t *testing.T, cmd *exec.Cmd, status int, words ...string) {
	t.Helper()
	got, output := run(t, cmd)
	name := strings.Join(cmd.Args[1:], " ")
	if got != status {
		t.Errorf("course %s ended with status %d, want %d; the output:\n%s", name, got, status, output)
	}
	for _, word := range words {
		if !strings.Contains(output, word) {
			t.Errorf("course %s does not print %q, the output:\n%s", name, word, output)
		}
	}
	wantNoTrace(t, name, output)
}

// wantNoTrace checks that the call itself does not panic: the output of a cell is indented.
func wantNoTrace(t *testing.T, name, output string) {
	t.Helper()
	if strings.HasPrefix(output, "panic: ") || strings.Contains(output, "\ngoroutine ") || strings.Contains(output, "\nTraceback") {
		t.Errorf("course %s ended with a stack trace:\n%s", name, output)
	}
}

// needsSetup skips a test that runs Jupyter without the set-up. The command course test
// runs the set-up first.
func needsSetup(t *testing.T) {
	t.Helper()
	if os.Getenv("RNN101_SETUP") != "1" {
		t.Skip("needs the set-up: call go run ./course test, or set RNN101_SETUP=1 after go run ./course setup")
	}
}

func TestMistakesInTheCommandLineAreExplained(t *testing.T) {
	here := root(t)
	for _, c := range []struct {
		args  []string
		words []string
	}{
		{nil, []string{"no command given", "lab", "test"}},
		{[]string{"lob"}, []string{`unknown command "lob"`, "lab, setup, run, html"}},
		{[]string{"help", "lob"}, []string{`"lob"`}},
		{[]string{"lab", "--port", "99999"}, []string{"1 to 65535", "99999"}},
		{[]string{"lab", "--port", "http"}, []string{`"http"`, "--no-browser"}},
		{[]string{"lab", "--prot", "1"}, []string{"-prot", "usage"}},
		{[]string{"lab", "03"}, []string{`"03"`}},
		{[]string{"setup", "now"}, []string{`"now"`}},
		{[]string{"run", "--jobs", "0"}, []string{"--jobs", "at least 1"}},
		{[]string{"test", "--only", "vet,bowser"}, []string{`"bowser"`}},
		{[]string{"test", "--only", "seeds", "--seeds", "7,x"}, []string{`"x"`, "7,8,9"}},
		{[]string{"test", "--seeds", "7"}, []string{"--only seeds"}},
		{[]string{"bench", "--rounds", "0"}, []string{"--rounds", "at least 1"}},
		{[]string{"bench", "--only", "cells,gpu"}, []string{`"gpu"`, "cells, page, live, rnnkit, grade"}},
		{[]string{"release"}, []string{"one assignment"}},
		{[]string{"release", "a1", "--lang", "kr"}, []string{"--lang", `"kr"`, `"ko" (한국어)`}},
		{[]string{"judge", "a1", "lee"}, []string{"--released"}},
		{[]string{"grade", "--lang", "kr", "a1", "."}, []string{"--lang", `"kr"`, `"ko" (한국어)`}},
		{[]string{"fix"}, []string{"at least one notebook"}},
	} {
		wantFailure(t, course(t, here, c.args...), 2, append(c.words, "course:")...)
	}
}

// A mistake in the call leaves no folder behind.
func TestAGradingThatCannotBeginWritesNothing(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	submissions := t.TempDir()
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"a9", submissions}, `there is no assignment "a9"`},
		{[]string{"a1", filepath.Join(submissions, "none")}, "the submissions cannot be read"},
		{[]string{"a1", submissions, "--roster", filepath.Join(submissions, "none.csv")}, "the roster cannot be read"},
	} {
		wantFailure(t, course(t, root(t), append([]string{"grade", "--out", out}, c.args...)...), 1, c.want)
		if _, err := os.Stat(out); !os.IsNotExist(err) {
			t.Errorf("grade %v has left its folder", c.args)
		}
	}
}

func TestHelpNamesEveryCommandAndOption(t *testing.T) {
	status, list := run(t, course(t, root(t), "help"))
	if status != 0 {
		t.Errorf("help ends with status %d", status)
	}
	for _, c := range commands() {
		if !strings.Contains(list, c.name) || !strings.Contains(list, c.short) {
			t.Errorf("help does not list %s", c.name)
		}
		help := c.help()
		for _, args := range [][]string{{"help", c.name}, {c.name, "--help"}, {c.name, "-h"}} {
			if status, output := run(t, course(t, root(t), args...)); status != 0 || output != help {
				t.Errorf("course %s: status %d, want 0 and the help of %s; the output:\n%s", strings.Join(args, " "), status, c.name, output)
			}
		}
		unwrapped := strings.Join(strings.Fields(help), " ")
		c.flags.VisitAll(func(f *flag.Flag) {
			_, text := flag.UnquoteUsage(f)
			if text == "" {
				t.Errorf("the option --%s of %s has no usage text", f.Name, c.name)
			}
			if !strings.Contains(unwrapped, "--"+f.Name+" ") || !strings.Contains(unwrapped, text) {
				t.Errorf("the help of %s lacks the option --%s: %s", c.name, f.Name, text)
			}
		})
		for _, line := range strings.Split(help, "\n") {
			if n := len([]rune(line)); n > 90 {
				t.Errorf("the help of %s has a line of %d characters: %s", c.name, n, line)
			}
		}
	}
}

// Options and names may come in any order; after -- every argument is a name.
func TestOptionsAndNamesInAnyOrder(t *testing.T) {
	for _, args := range [][]string{
		{"a.ipynb", "--jobs", "3", "b.ipynb"}, {"--jobs=3", "a.ipynb", "b.ipynb"}, {"a.ipynb", "b.ipynb", "-jobs", "3"}, {"--jobs", "3", "--", "a.ipynb", "b.ipynb"},
	} {
		c := runCommand()
		names, err := c.parse(args)
		if err != nil || strings.Join(names, " ") != "a.ipynb b.ipynb" || c.flags.Lookup("jobs").Value.String() != "3" {
			t.Errorf("%q: names %q, jobs %s, error %v", args, names, c.flags.Lookup("jobs").Value, err)
		}
	}
	if names, err := runCommand().parse([]string{"--", "--jobs"}); err != nil || len(names) != 1 || names[0] != "--jobs" {
		t.Errorf("after --: names %q, error %v", names, err)
	}
}

func TestAFolderThatIsNotTheCourseIsRefused(t *testing.T) {
	empty := t.TempDir()
	wantFailure(t, course(t, empty, "setup"), 1, "not a folder of the course", "Change into the checkout")

	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "go.mod"), []byte("module example.org/other\n\ngo 1.22\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	wantFailure(t, course(t, other, "lab"), 1, "another module (example.org/other)")

	comma := filepath.Join(t.TempDir(), "rnn, 강의")
	if err := os.Mkdir(comma, 0o755); err != nil {
		t.Fatal(err)
	}
	goMod, err := os.ReadFile(filepath.Join(root(t), "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(comma, "go.mod"), goMod, 0o644); err != nil {
		t.Fatal(err)
	}
	wantFailure(t, course(t, comma, "setup"), 1, "comma", "rnn, 강의", "Move the checkout")
}

// withPath sets PATH of a call to the folders.
func withPath(cmd *exec.Cmd, folders ...string) *exec.Cmd {
	for _, entry := range os.Environ() {
		if !strings.HasPrefix(strings.ToUpper(entry), "PATH=") {
			cmd.Env = append(cmd.Env, entry)
		}
	}
	cmd.Env = append(cmd.Env, "PATH="+strings.Join(folders, string(os.PathListSeparator)))
	return cmd
}

// fakeProgram writes a program that prints a line.
func fakeProgram(t *testing.T, folder, name, prints string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\necho "+prints+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
}

func TestAMissingOrOldPrerequisiteIsNamedForEachSystem(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the fake programs are shell scripts")
	}
	wantFailure(t, withPath(course(t, root(t), "setup"), t.TempDir()), 1, "Install Go", "https://go.dev/doc/install")

	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	onlyGo := func() string {
		folder := t.TempDir()
		if err := os.Symlink(goTool, filepath.Join(folder, "go")); err != nil {
			t.Fatal(err)
		}
		return folder
	}
	systems := []string{"3.10 or newer", "Linux", "macOS", "Windows"}
	wantFailure(t, withPath(course(t, root(t), "setup"), onlyGo()), 1, append(systems, "Python is missing")...)

	folder := onlyGo()
	fakeProgram(t, folder, "python3", "old 3.8.18")
	wantFailure(t, withPath(course(t, root(t), "setup"), folder), 1, append(systems, "Python 3.8.18 (python3) is too old")...)

	folder = onlyGo()
	fakeProgram(t, folder, "python", "part ensurepip")
	wantFailure(t, withPath(course(t, root(t), "setup"), folder), 1, append(systems, "lacks its module ensurepip", "python3-venv")...)
}

func TestABusyPortIsNamed(t *testing.T) {
	needsSetup(t)
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	port := busy.Addr().(*net.TCPAddr).Port
	wantFailure(t, course(t, root(t), "lab", "--no-browser", "--port", fmt.Sprint(port)), 1,
		fmt.Sprintf("port %d is in use", port), fmt.Sprintf("--port %d", port+1))
}
