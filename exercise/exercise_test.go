package exercise

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"html"
	"math"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"rnn101/exercise/internal/task"
	"rnn101/internal/notebook"
)

// shownAbove lists exercises whose answer may be in an output above, with the reason.
var shownAbove = map[string]string{}

// notebooks returns the notebooks with exercises that package exercise checks.
func notebooks(t *testing.T) []*notebook.Notebook {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("..", "notebooks", "*.ipynb"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no notebooks: %v", err)
	}
	var all []*notebook.Notebook
	for _, path := range paths {
		nb, err := notebook.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, nb)
	}
	return all
}

// number returns the exercise of a cell, "03.2", or "" if the cell has none.
func number(nb *notebook.Notebook, c *notebook.Cell) string {
	n, ok := strings.CutPrefix(c.ID, "exercise-")
	if !ok || c.Kind != "code" {
		return ""
	}
	chapter, _, _ := strings.Cut(filepath.Base(nb.Path), "_")
	return chapter + "." + n
}

func TestEveryExerciseOfANotebookIsCheckedHere(t *testing.T) {
	found := map[string]bool{}
	for _, nb := range notebooks(t) {
		inNotebook := 0
		for _, c := range nb.Cells {
			name := number(nb, c)
			if name == "" {
				continue
			}
			inNotebook++
			found[name] = true
			if _, ok := task.All[name]; !ok {
				t.Errorf("%s, cell %s: package exercise has no task %s", nb.Path, c.ID, name)
			}
			if !strings.Contains(c.Source, fmt.Sprintf("exercise.Check(%q, ", name)) {
				t.Errorf("%s, cell %s does not call exercise.Check(%q, …)", nb.Path, c.ID, name)
			}
		}
		if inNotebook < 3 && filepath.Base(nb.Path) != "00_start_here.ipynb" {
			t.Errorf("%s has %d exercises, fewer than 3", nb.Path, inNotebook)
		}
	}
	for name := range task.All {
		if !found[name] {
			t.Errorf("task %s is in no notebook", name)
		}
	}
}

// The cell of an exercise declares the answer, without one, and hands it to Check. It calls
// nothing else that could compute the answer; what a function of the reader's calls is a part of
// the task.
func TestACellOfAnExerciseComputesNothing(t *testing.T) {
	for _, nb := range notebooks(t) {
		for _, c := range nb.Cells {
			if number(nb, c) == "" {
				continue
			}
			for _, call := range calls(t, c.Source) {
				if call != "math.NaN" && call != "exercise.Check" && call != "make" {
					t.Errorf("%s, cell %s calls %s: compute what is right in package exercise", nb.Path, c.ID, call)
				}
			}
		}
	}
}

// calls returns the functions that a cell calls outside of the functions that it declares.
func calls(t *testing.T, source string) []string {
	t.Helper()
	head, body, _ := strings.Cut(source, "%%")
	file, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+head+"\nfunc main() {\n"+body+"\n}\n", 0)
	if err != nil {
		t.Fatalf("%v in\n%s", err, source)
	}
	var names []string
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			return n.Name.Name == "main"
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			names = append(names, name(n.Fun))
		}
		return true
	})
	return names
}

// name returns the name of a called function: f, p.f, or a description.
func name(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return name(e.X) + "." + e.Sel.Name
	}
	return fmt.Sprintf("a %T", e)
}

func TestCallsSeesWhatIsOutsideOfFunctions(t *testing.T) {
	got := calls(t, "var a = math.Exp(1)\nfunc f() float64 { return math.Log(2) }\n%%\nexercise.Check(\"03.1\", f())")
	if want := []string{"math.Exp", "exercise.Check", "f"}; !slices.Equal(got, want) {
		t.Errorf("calls are %v, want %v", got, want)
	}
}

// The answer of an exercise is not in an output or a text above it. Whole numbers up to 20 occur
// everywhere. A list of numbers is an answer that is shown if one output has all of them.
func TestNoAnswerIsShownAbove(t *testing.T) {
	checked := 0
	for _, nb := range notebooks(t) {
		var above []string
		for _, c := range nb.Cells {
			name := number(nb, c)
			exercise, ok := task.All[name]
			if ok && exercise.Right != nil && shownAbove[name] == "" {
				entries := flatten(reflect.ValueOf(exercise.Right()))
				checked++
				for _, text := range above {
					if shows(text, entries) {
						t.Errorf("%s: the answer to exercise %s, %v, is in an output or text above it: %.300s", nb.Path, name, entries, text)
					}
				}
			}
			above = append(above, visible(c)...)
		}
	}
	if checked == 0 {
		t.Error("no exercise was checked")
	}
}

var (
	alternative = regexp.MustCompile(`alt="([^"]*)"`)
	decimals    = regexp.MustCompile(`[-−]?\d+(\.\d+)?`)
)

// visible returns what a reader sees of a cell besides its code.
func visible(c *notebook.Cell) []string {
	var all []string
	if c.Kind == "markdown" {
		all = append(all, c.Source)
	}
	for _, o := range c.Outputs {
		all = append(all, o.Text, o.Data["text/markdown"])
		for _, m := range alternative.FindAllStringSubmatch(o.Data["text/html"], -1) {
			all = append(all, html.UnescapeString(m[1]))
		}
	}
	return all
}

// shows reports whether a text has all of the numbers, each rounded to the places that it is
// shown with, of which there are at least three significant digits or as many as the number has.
func shows(text string, numbers []float64) bool {
	some := false
	for _, n := range numbers {
		if n == math.Trunc(n) && math.Abs(n) <= 20 {
			continue
		}
		some = true
		if !slices.ContainsFunc(decimals.FindAllString(text, -1), func(shown string) bool { return rounds(n, shown) }) {
			return false
		}
	}
	return some
}

// rounds reports whether a number is shown as these digits.
func rounds(n float64, shown string) bool {
	shown = strings.Replace(shown, "−", "-", 1)
	_, fraction, _ := strings.Cut(shown, ".")
	if strconv.FormatFloat(n, 'f', len(fraction), 64) != shown {
		return false
	}
	digits := strings.TrimLeft(strings.NewReplacer("-", "", ".", "").Replace(shown), "0")
	v, _ := strconv.ParseFloat(shown, 64)
	return len(digits) >= 3 || v == n
}

func TestShows(t *testing.T) {
	for _, c := range []struct {
		text    string
		numbers []float64
		want    bool
	}{
		{"the loss is 1.0526", []float64{1.052558701}, true},
		{"the loss is 1.05", []float64{1.052558701}, true},
		{"the loss is 1.1", []float64{1.052558701}, false},
		{"a rate of 0.1", []float64{0.1}, true},
		{"−0.3828 and 0.3701", []float64{-0.382830, 0.370132}, true},
		{"−0.3828 and 0.3702", []float64{-0.382830, 0.370132}, false},
		{"0.3828", []float64{-0.382830}, false},
		{"there are 18 of them", []float64{18}, false},
		{"10000 words", []float64{10000}, true},
	} {
		if got := shows(c.text, c.numbers); got != c.want {
			t.Errorf("shows(%q, %v) is %v", c.text, c.numbers, got)
		}
	}
}

// flatten returns the numbers of a value, of any type that show.Answer takes.
func flatten(v reflect.Value) []float64 {
	switch v.Kind() {
	case reflect.Int:
		return []float64{float64(v.Int())}
	case reflect.Float64:
		return []float64{v.Float()}
	case reflect.Slice:
		var all []float64
		for i := range v.Len() {
			all = append(all, flatten(v.Index(i))...)
		}
		return all
	}
	panic("exercise: cannot flatten a " + v.Type().String())
}

func TestMissing(t *testing.T) {
	for _, v := range []any{nil, math.NaN(), []float64(nil), []float64{1, math.NaN()}, [][]float64{{1}, {}}, "", (func(int) int)(nil)} {
		if !missing(reflect.ValueOf(v)) {
			t.Errorf("%#v counts as given", v)
		}
	}
	for _, v := range []any{0, 0.0, []float64{0}, [][]float64{{0}}, "a", func() {}, false} {
		if missing(reflect.ValueOf(v)) {
			t.Errorf("%#v counts as missing", v)
		}
	}
}

// An answer of another type or size is refused with a sentence that says what is asked for.
func TestAnAnswerOfAnotherTypeOrSizeIsRefused(t *testing.T) {
	for _, c := range []struct {
		exercise string
		answer   any
		want     string
	}{
		{"01.1", "0.5", "type string, and should have the type float64"},
		{"01.1", []float64{0.5}, "type []float64, and should have the type float64"},
		{"07.1", 1, "type float64, and should have the type []float64"},
		{"07.1", []int{1, 2, 3}, "entries is 3, and should be 2"},
		{"06.1", []bool{true}, "type []bool, and should have the type [][]float64"},
		{"06.1", [][]float64{{1, 2}}, "rows is 1, and should be 2"},
		{"06.1", [][]float64{{1, 2}, {3}}, "row 2 is 1, and should be 2"},
		{"06.1", mat.NewDense(3, 2, nil), "rows is 3, and should be 2"},
		{"08.2", "fast", "type string, and should have the type float64"},
		{"03.2", 'a', "type float64, and should have the type []string"},
	} {
		answer, problem := task.Numbers(c.answer), error(nil)
		if chosen := task.All[c.exercise]; chosen.Holds != nil {
			problem = chosen.Holds(answer)
		} else {
			problem = chosen.Fits(answer)
		}
		if problem == nil || !strings.Contains(problem.Error(), c.want) {
			t.Errorf("exercise %s, %v: %v; want a sentence with %q", c.exercise, c.answer, problem, c.want)
		}
	}
}

// Whatever an answer is, Check shows a line for it and the cell goes on.
func TestNoAnswerEndsTheCell(t *testing.T) {
	answers := []any{nil, "", "a", 7, 0.5, true, []int{1}, []float64{}, []float64{1, 2}, []string{"a"}, []bool{true},
		[][]float64{{1}, {1, 2}}, [][]float64{{1, 2}, {3, 4}}, [][]float64{{}}, [2]float64{1, 2}, [][][]float64{{{1}}},
		map[string]int{"a": 1}, struct{}{}, func() {}, mat.NewDense(2, 2, nil), mat.NewVecDense(2, nil), (*mat.Dense)(nil)}
	for name := range task.All {
		for _, answer := range answers {
			func() {
				defer func() {
					if r := recover(); r != nil {
						t.Errorf("exercise %s: the answer %#v ends the cell: %v", name, answer, r)
					}
				}()
				Check(name, answer)
			}()
		}
	}
}

func TestNumbersOfAnyTypeAreAsGood(t *testing.T) {
	for _, c := range []struct{ answer, want any }{
		{3, 3.0}, {uint8(3), 3.0}, {float32(0.5), 0.5}, {[]int{1, 2}, []float64{1, 2}}, {[2]float64{1, 2}, []float64{1, 2}},
		{[][]int{{1, 2}, {3}}, [][]float64{{1, 2}, {3}}}, {mat.NewDense(1, 2, []float64{1, 2}), [][]float64{{1, 2}}},
		{mat.NewVecDense(2, []float64{1, 2}), []float64{1, 2}}, {"3", "3"}, {[]string{"a"}, []string{"a"}}, {nil, nil},
	} {
		if got := task.Numbers(c.answer); !reflect.DeepEqual(got, c.want) {
			t.Errorf("Numbers(%#v) is %#v, want %#v", c.answer, got, c.want)
		}
	}
}
