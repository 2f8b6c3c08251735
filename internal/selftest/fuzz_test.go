package selftest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rnn101/internal/checkout"
	"rnn101/internal/progress"
)

// newSuite returns a suite in a folder, with the toolchain of this test, and a function that
// returns what it has reported.
func newSuite(t *testing.T, root string) (s *suite, reported func() string) {
	t.Helper()
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	repo, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	s = &suite{repo: &checkout.Checkout{Root: root, GOROOT: repo.GOROOT, Go: repo.Go}, report: progress.New(log)}
	return s, func() string {
		data, err := os.ReadFile(log.Name())
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
}

// module writes the files of a module, by name, and returns its folder. They need no go.mod.
func module(t *testing.T, files map[string]string) (root string) {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir()) // as the go command prints it
	if err != nil {
		t.Fatal(err)
	}
	if files["go.mod"] == "" {
		files["go.mod"] = "module fuzzed\n\ngo 1.26\n"
	}
	for name, text := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// fuzzes skips a test that runs fuzz targets in other tests than the step fuzz: go test compiles the
// standard library for it once more, which takes three quarters of a minute of one processor.
func fuzzes(t *testing.T) {
	t.Helper()
	if os.Getenv("RNN101_FUZZ") != "1" {
		t.Skip("set RNN101_FUZZ to 1, as course test --only fuzz does")
	}
}

const fuzzTest = "package p\n\nimport \"testing\"\n\nfunc Fuzz%s(f *testing.F) {\n\tf.Add([]byte{})\n\tf.Fuzz(func(t *testing.T, data []byte) {%s})\n}\n"

func TestEachFuzzTargetRunsAndIsReported(t *testing.T) {
	fuzzes(t)
	s, reported := newSuite(t, module(t, map[string]string{
		"a/a.go": "package p\n", "a/a_test.go": fmt.Sprintf(fuzzTest, "First", ""), "a/b_test.go": fmt.Sprintf(fuzzTest, "Second", ""),
		"b/b.go": "package p\n", "b/a_test.go": fmt.Sprintf(fuzzTest, "First", ""), "c/c.go": "package p\n",
	}))
	if err := s.fuzz(t.Context(), "100x"); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"fuzzed/a.FuzzFirst: ", "fuzzed/a.FuzzSecond: ", "fuzzed/b.FuzzFirst: "} {
		if !regexp.MustCompile(regexp.QuoteMeta(line) + `[1-9]\d* inputs, no failure`).MatchString(reported()) {
			t.Errorf("the report lacks %q:\n%s", line, reported())
		}
	}
}

// The step goes on after a target that fails.
func TestAFailingFuzzTargetFailsTheStep(t *testing.T) {
	fuzzes(t)
	root := module(t, map[string]string{
		"a/a.go": "package p\n", "a/a_test.go": fmt.Sprintf(fuzzTest, "Bad", "\n\t\tif len(data) > 0 {\n\t\t\tt.Error(\"a fault\")\n\t\t}\n\t"),
		"b/b.go": "package p\n", "b/b_test.go": fmt.Sprintf(fuzzTest, "Good", ""),
	})
	s, reported := newSuite(t, root)
	err := s.fuzz(t.Context(), "100000x")
	if err == nil || !strings.HasPrefix(err.Error(), "fuzzed/a.FuzzBad fails on the input ") || !strings.Contains(err.Error(), "a fault") {
		t.Fatalf("the error is %v", err)
	}
	_, rest, _ := strings.Cut(err.Error(), "on the input ")
	input, _, _ := strings.Cut(rest, "\n")
	if _, err := os.Stat(input); err != nil || filepath.Dir(input) != filepath.Join(root, "a", "testdata", "fuzz", "FuzzBad") {
		t.Errorf("the input is not there: %v", err)
	}
	if !strings.Contains(reported(), "fuzzed/b.FuzzGood: ") {
		t.Errorf("the other target did not run:\n%s", reported())
	}
}

func TestWithoutFuzzTargetsTheStepFails(t *testing.T) {
	fuzzes(t)
	for name, c := range map[string]struct {
		test string
		want string
	}{
		"none":          {"package p\n", "no test file declares a fuzz target"},
		"not compiling": {"package p\n\nfunc FuzzX(f", "a_test.go:3:13: missing"},
		"not run":       {"package p\n\nimport (\n\t\"os\"\n\t\"slices\"\n\t\"testing\"\n)\n\nfunc TestMain(m *testing.M) {\n\tif !slices.ContainsFunc(os.Args, func(a string) bool { return len(a) > 10 && a[:10] == \"-test.list\" }) {\n\t\tos.Exit(0)\n\t}\n\tos.Exit(m.Run())\n}\n\nfunc FuzzX(f *testing.F) { f.Fuzz(func(t *testing.T, x int) {}) }\n", "fuzzed/a.FuzzX did not run"},
	} {
		s, _ := newSuite(t, module(t, map[string]string{"a/a.go": "package p\n", "a/a_test.go": c.test}))
		if err := s.fuzz(t.Context(), "10x"); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: the error is %v, want %q", name, err, c.want)
		}
	}
}

// Every fuzz target of the checkout is found.
func TestAllFuzzTargetsAreFound(t *testing.T) {
	top := root(t)
	var want []string
	declared := regexp.MustCompile(`(?m)^func (Fuzz\w+)\(\w+ \*testing\.F\)`)
	err := filepath.WalkDir(top, func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && file != top && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "bench"):
			return fs.SkipDir
		case !strings.HasSuffix(d.Name(), "_test.go"):
			return nil
		}
		data, err := os.ReadFile(file)
		folder, relErr := filepath.Rel(top, filepath.Dir(file))
		if err != nil || relErr != nil {
			return fmt.Errorf("%v, %v", err, relErr)
		}
		for _, m := range declared.FindAllStringSubmatch(string(data), -1) {
			want = append(want, checkout.Module+"/"+filepath.ToSlash(folder)+"."+m[1])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s, _ := newSuite(t, top)
	targets, err := s.fuzzTargets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, target := range targets {
		got = append(got, target.String())
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) || len(want) < 2 {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
