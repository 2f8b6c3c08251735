package answer

import (
	"fmt"
	"strings"
	"testing"
)

// chain returns n variables, each of which needs the next, and the function double.
func chain(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "var v%d = v%d\n", i, i+1)
	}
	fmt.Fprintf(&b, "var v%d = 2.0\n", n)
	return b.String() + "func double(x []float64) []float64 { return []float64{v0 * x[0]} }\n"
}

// A time that grows with the square of the length would make minutes of these.
func TestALongChainIsKeptWhole(t *testing.T) {
	const n = 12_000 // nearly as many as a cell may have
	p := New([]Cell{{Name: "a", Source: chain(n)}})
	if source := p.Source("double"); strings.Count(source, "\nvar ") != n+1 {
		t.Errorf("%d of %d variables are kept: %v", strings.Count(source, "\nvar "), n+1, p.Diagnostics())
	}
}

// Whether the compiler ends in time with such a chain depends on the machine: it does not see it.
func TestAnAnswerWithTooManyDeclarationsIsRefused(t *testing.T) {
	for n, want := range map[int]string{maxDeclarations - 2: "[]", maxDeclarations - 1: fmt.Sprintf("[double needs %d declarations; at most %d are compiled]", maxDeclarations+1, maxDeclarations)} {
		p := New([]Cell{{Name: "a", Source: chain(n) + "func short(x []float64) []float64 { return x }\n"}})
		if got := fmt.Sprint(p.Refused("double")); got != want || p.Refused("short") != nil {
			t.Errorf("a chain of %d: %s, want %s; beside it %v", n, got, want, p.Refused("short"))
		}
	}
}

// All but the first and the last variable are rejected, and what needs them goes, too.
func TestManyMessagesOfTheCompilerAreTaken(t *testing.T) {
	const n = 12_000
	p := New([]Cell{{Name: "a", Source: chain(n)}})
	var messages strings.Builder
	for line := 2; line <= n; line++ {
		fmt.Fprintf(&messages, "./cell0.go:%d:5: undefined: x\n", line)
	}
	if !p.RemoveRejected(messages.String()) {
		t.Fatal("nothing was removed")
	}
	if len(p.all) != 1 || p.all[0].Names[0] != fmt.Sprint("v", n) {
		t.Errorf("%d declarations are left, want the last variable", len(p.all))
	}
}

// One message about the end of a long chain removes all of it.
func TestAMessageAboutTheEndOfAChainRemovesAll(t *testing.T) {
	const n = 12_000
	p := New([]Cell{{Name: "a", Source: chain(n) + "var alone = 1\n"}})
	if p.RemoveRejected(fmt.Sprintf("./cell0.go:%d:5: no\n", n+1)); len(p.all) != 1 || p.all[0].Names[0] != "alone" {
		t.Errorf("%d declarations are left, want that which does not need the chain", len(p.all))
	}
}

// The earlier declarations of a name need something that is gone, too: they are removed at once, and not
// one after the other.
func TestEarlierDeclarationsGoAtOnce(t *testing.T) {
	const n = 12_000
	p := New([]Cell{{Name: "a", Source: "var y int = \"s\"\n" + strings.Repeat("var x = y\n", n) + "var x = y\nvar alone = 1\n"}})
	if p.RemoveRejected("./cell0.go:1:5: no\n"); len(p.all) != 1 || p.all[0].Names[0] != "alone" || len(p.earlier) > 0 {
		t.Errorf("%d declarations are left, and %d earlier ones", len(p.all), len(p.earlier))
	}
}

// Of a group with many names those that a later declaration has taken over are blank.
func TestALongGroupOfConstantsIsWritten(t *testing.T) {
	const n = 12_000
	var group strings.Builder
	for i := range n {
		fmt.Fprintf(&group, "\tc%d = %d\n", i, i)
	}
	p := New([]Cell{{Name: "a", Source: "const (\n" + group.String() + ")\nconst c7 = c8\nfunc f() int { return c0 + c7 }\n"}})
	source := p.Source("f")
	if strings.Count(source, "\t_ = 7\n") != 1 || strings.Count(source, " = ") != n+1 || !strings.Contains(source, "const c7 = c8") {
		t.Errorf("%d constants are written: %.300s", strings.Count(source, " = "), source)
	}
}

func BenchmarkChain(b *testing.B) {
	for _, n := range []int{1500, 3000, 6000, 12_000} {
		source := chain(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				New([]Cell{{Name: "a", Source: source}}).Source("double")
			}
		})
	}
}
