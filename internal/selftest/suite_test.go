package selftest

import (
	"slices"
	"testing"

	"rnn101/internal/checkout"
)

func TestThePackagesWithGoroutinesAreFound(t *testing.T) {
	const imports = "import (\n\t\"context\"\n\t\"sync\"\n\t\"testing\"\n)\n\n"
	s, _ := newSuite(t, module(t, map[string]string{
		"statement/a.go":  "package p\n\nfunc f() {\n\tdefer func() { go f() }()\n}\n",
		"group/a.go":      "package p\n\n" + imports + "func f(g *sync.WaitGroup) { g.Go(func() {}) }\n",
		"after/a.go":      "package p\n\n" + imports + "func f(ctx context.Context) { context.AfterFunc(ctx, func() {}) }\n",
		"test/a.go":       "package p\n",
		"test/a_test.go":  "package p\n\n" + imports + "func TestX(t *testing.T) { go f() }\n",
		"outer/a.go":      "package p\n",
		"outer/a_test.go": "package p_test\n\n" + imports + "func TestX(t *testing.T) { go f() }\n",
		"none/a.go":       "package p\n\n// f says: go f().\nfunc f() { f() }\n",
	}))
	got, err := s.packagesWith(t.Context(), startsGoroutines)
	slices.Sort(got)
	want := []string{"fuzzed/after", "fuzzed/group", "fuzzed/outer", "fuzzed/statement", "fuzzed/test"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("the packages are %q (%v), want %q", got, err, want)
	}
}

func TestTheRaceStepTestsWhatRunsConcurrently(t *testing.T) {
	s, _ := newSuite(t, root(t))
	got, err := s.packagesWith(t.Context(), startsGoroutines)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"rnnkit/internal/kernel", "rnnkit/train", "internal/grading/class", "internal/grading/sandbox", "internal/jupyter", "internal/site"} {
		if !slices.Contains(got, checkout.Module+"/"+name) {
			t.Errorf("the step race does not test %s", name)
		}
	}
	if name := checkout.Module + "/internal/plain"; slices.Contains(got, name) {
		t.Errorf("the step race tests %s, which starts no goroutine", name)
	}
}
