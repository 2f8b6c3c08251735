package engine

import (
	"reflect"
	"strings"
	"testing"

	"rnn101/internal/live/program"
)

// cellsOf returns cells a, b, c, … of these sources.
func cellsOf(sources ...string) (cells []program.Cell) {
	for i, source := range sources {
		cells = append(cells, program.Cell{ID: string(rune('a' + i)), Source: source})
	}
	return cells
}

func run(sources ...string) Reply { return Run(cellsOf(sources...)) }

// The messages are those of the Go compiler and runtime, about the lines of the cells as a reader counts
// them.
func TestMistakesNameCellAndLine(t *testing.T) {
	for name, c := range map[string]struct {
		cells []string
		want  []program.Mistake
	}{
		"a type":            {[]string{"%%\nx := 1\nx = \"a\"\n_ = x"}, []program.Mistake{{Cell: "a", Line: 3, Text: `cannot use "a" (untyped string constant) as int value in assignment`}}},
		"two":               {[]string{"%%\nx := 1\n\ny := 2"}, []program.Mistake{{Cell: "a", Line: 2, Text: "declared and not used: x"}, {Cell: "a", Line: 4, Text: "declared and not used: y"}}},
		"a declaration":     {[]string{"var a = 1", "func f() int {\n\treturn b\n}"}, []program.Mistake{{Cell: "b", Line: 2, Text: "undefined: b"}}},
		"no result":         {[]string{"func f() int {\n}"}, []program.Mistake{{Cell: "a", Line: 2, Text: "missing return"}}},
		"syntax of a body":  {[]string{"%%\nfor i := range 3 {\n\tprintln(i)"}, []program.Mistake{{Cell: "a", Line: 3, Text: "expected ';', found 'EOF'"}}},
		"syntax":            {[]string{"func f() {\n\tx := := 1\n}"}, []program.Mistake{{Cell: "a", Line: 2, Text: "expected operand, found ':='"}, {Cell: "a", Line: 3, Text: "expected ';', found 'EOF'"}}},
		"a panic":           {[]string{"func f(a []int) int {\n\treturn a[3]\n}", "%%\n\nf(nil)"}, []program.Mistake{{Cell: "a", Line: 2, Text: "panic: runtime error: index out of range [3] with length 0"}}},
		"an own panic":      {[]string{"%%\n\npanic(\"no\")"}, []program.Mistake{{Cell: "a", Line: 3, Text: "panic: no"}}},
		"an error":          {[]string{"%%\npanic(errors.New(\"bad\"))"}, []program.Mistake{{Cell: "a", Line: 2, Text: "panic: bad"}}},
		"of a goroutine":    {[]string{"%%\ngo func() {\n\n\tpanic(\"apart\")\n}()\nselect {}"}, []program.Mistake{{Cell: "a", Line: 4, Text: "panic: apart"}}},
		"an error of one":   {[]string{"%%\ngo func() {\n\tvar m map[int]int\n\tm[1] = 1\n}()\nselect {}"}, []program.Mistake{{Cell: "a", Line: 4, Text: "panic: assignment to entry in nil map"}}},
		"of what one calls": {[]string{"func f(m map[int]int) {\n\tm[1] = 1\n}", "%%\ngo func() { f(nil) }()\nselect {}"}, []program.Mistake{{Cell: "a", Line: 2, Text: "panic: assignment to entry in nil map"}}},
		"of a WaitGroup":    {[]string{"%%\nvar wg sync.WaitGroup\nvar m map[int]int\nwg.Go(func() {\n\tm[1] = 1\n})\nwg.Wait()"}, []program.Mistake{{Cell: "a", Line: 5, Text: "panic: assignment to entry in nil map"}}},
		"of a timer":        {[]string{"%%\ntime.AfterFunc(0, func() {\n\tpanic(errors.New(\"late\"))\n})\nselect {}"}, []program.Mistake{{Cell: "a", Line: 3, Text: "panic: late"}}},
		"of an own Go":      {[]string{"type g struct{}\n\nfunc (g) Go(f func()) g {\n\tdefer func() { recover() }()\n\tf()\n\treturn g{}\n}", "%%\ng{}.Go(func() { panic(1) }).Go(func() { panic(2) })"}, nil},
		"of a chain":        {[]string{"type g struct{ Go func(func()) g }\n\nfunc chain() g {\n\treturn g{func(f func()) g {\n\t\tf()\n\t\treturn chain()\n\t}}\n}", "%%\nchain().Go(func() {}).Go(func() {\n\tpanic(2)\n})\nselect {}"}, []program.Mistake{{Cell: "b", Line: 3, Text: "panic: 2"}}},
		"recovered":         {[]string{"%%\nvar wg sync.WaitGroup\nwg.Go(func() {\n\tdefer func() { recover() }()\n\tpanic(1)\n})\nwg.Wait()"}, nil},
		"of package show":   {[]string{"%%\n\nshow.Product(\"a\", []float64{1}, \"b\", [][]float64{{1, 2}}, \"c\", []float64{1})"}, []program.Mistake{{Cell: "a", Line: 3, Text: "panic: show: Product: b is 1×2 but c is 1×1: it must be 2×1"}}},
		"at the start":      {[]string{"var zero = 0\n\nfunc init_x() {\n\tprintln(1 / zero)\n}", "%%\n"}, []program.Mistake{{Cell: "a", Line: 4, Text: "panic: runtime error: integer divide by zero"}}},
		"an import":         {[]string{"import (\n\t\"math\"\n\t\"net/http\"\n)\n%%\nhttp.Get(\"\")"}, []program.Mistake{{Cell: "a", Line: 3, Text: `a page does not have the package "net/http"`}}},
		"for the kernel":    {[]string{"!ls\n%%\nprintln(1)"}, []program.Mistake{{Cell: "a", Line: 1, Text: "!ls is for the kernel: a page cannot obey it"}}},
		"a file":            {[]string{"%%writefile a.txt\nabc"}, []program.Mistake{{Cell: "a", Line: 1, Text: "%%writefile is for the kernel: a page cannot obey it"}}},
		"above, unused":     {[]string{"func f() {\n\tx := 1\n}", "%%\nprintln(2)"}, nil},
		"above, used":       {[]string{"func f() {\n\tx := 1\n}", "%%\nf()"}, []program.Mistake{{Cell: "b", Line: 2, Text: "undefined: f"}, {Cell: "a", Line: 2, Text: "declared and not used: x"}}},
		"above, syntax":     {[]string{"func f( {", "%%\nf()"}, []program.Mistake{{Cell: "b", Line: 2, Text: "undefined: f"}, {Cell: "a", Line: 1, Text: "expected ')', found '{'"}}},
		"an earlier one":    {[]string{"func f() int { return 1 }", "func f() int { return x }", "%%\nif f() != 1 {\n\tpanic(f())\n}"}, nil},
		"later ones":        {[]string{"func f() int { return 1 }", "%%\nf()", "func f() int { return 2 }\n%%\nif f() != 2 {\n\tpanic(f())\n}"}, nil},
		"a changed type":    {[]string{"var x = 1", "func f() int { return x }", "var x = \"a\"\n%%\nprintln(x)"}, []program.Mistake{{Cell: "b", Line: 1, Text: "cannot use x (variable of type string) as int value in return statement"}}},
		"unused imports":    {[]string{"import (\n\t\"math\"\n\t\"strings\"\n)\nimport . \"unicode\"\n%%\n_ = math.Pi"}, nil},
		"a function main":   {[]string{"func main() {\n\tpanic(7)\n}"}, []program.Mistake{{Cell: "a", Line: 2, Text: "panic: 7"}}},
		"no newline at end": {[]string{"%%\n_ = 1 // end"}, nil},
	} {
		reply := run(c.cells...)
		for i := range reply.Mistakes {
			reply.Mistakes[i].Text, _, _ = strings.Cut(reply.Mistakes[i].Text, "\n")
		}
		if reply.OK != (c.want == nil) || !reflect.DeepEqual(reply.Mistakes, c.want) || reply.Text != "" {
			t.Errorf("%s: got %+v, want the mistakes %+v", name, reply, c.want)
		}
	}
}

func TestAnExitCodeIsSaid(t *testing.T) {
	if reply := run("%%\nos.Exit(3)"); reply.OK || reply.Text != "the program ended with the exit code 3" {
		t.Errorf("got %+v", reply)
	}
	if reply := run("%%\ngo func() { os.Exit(3) }()\nselect {}"); reply.OK || reply.Text != "the program ended with the exit code 3" {
		t.Errorf("got %+v for the exit code 3 of a goroutine", reply)
	}
	if reply := run("%%\nos.Exit(0)"); !reply.OK {
		t.Errorf("got %+v for the exit code 0", reply)
	}
}

// The interpreter cannot take it from the compiled package: it is generic.
func TestMelodyTakesNotesOfAnyType(t *testing.T) {
	const own = "type note struct {\n\tPitch  int\n\tLength float64\n}"
	if reply := run(own, "%%\nshow.Melody(\"own\", []note{{60, 1}}, 90)\nshow.Melody(\"data\", data.Arirang().Bars(1), 90)"); !reply.OK {
		t.Errorf("got %+v", reply)
	}
	if reply := run("%%\nshow.Melody(\"none\", []data.Note{}, 90)"); len(reply.Mistakes) != 1 || reply.Mistakes[0] != (program.Mistake{Cell: "a", Line: 2, Text: "panic: show: Melody: there are no notes"}) {
		t.Errorf("got %+v", reply)
	}
}
