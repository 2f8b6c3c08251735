//go:build unix

package class

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"rnn101/internal/grading/collect"
)

// rightProduct is a right answer to the second task, with 4 points.
const rightProduct = `
func times(M [][]float64, x []float64) []float64 {
	y := make([]float64, len(M))
	for i := range M {
		for j := range x {
			y[i] += M[i][j] * x[j]
		}
	}
	return y
}
`

// deepStruct declares a struct of 2^n numbers.
func deepStruct(n int) string {
	deep := "type t0 struct{ a, b int }\n"
	for i := 1; i < n; i++ {
		deep += fmt.Sprintf("type t%d struct{ a, b t%d }\n", i, i-1)
	}
	return deep
}

// What stopped the grader, or took its memory or its disk, costs the budget of one student. Nothing
// of it is left, and the others have their grades.
func TestASubmissionHasABudget(t *testing.T) {
	isLong(t)
	c, folder := class(t), t.TempDir()
	var handed []collect.Submission
	type expected struct {
		points float64
		human  bool
		says   string
	}
	want := map[string]expected{}
	add := func(s collect.Submission, points float64, human bool, says string) {
		handed = append(handed, s)
		want[s.Student] = expected{points, human, says}
	}
	source := func(name, source string, points float64, says string) {
		add(handIn(t, folder, name, source), points, false, says)
	}
	text := func(name, text string, points float64, human bool, says string) {
		file := filepath.Join(folder, name+".ipynb")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		add(collect.Submission{Student: name, File: file}, points, human, says)
	}
	source("honest", right+rightProduct, 7, "")
	text("a million lines", `{"nbformat":4,"cells":[{"cell_type":"code","metadata":{"nbgrader":{"grade_id":"one-hot"}},"source":[`+strings.Repeat(`"x",`, 1_000_000)+`"x"]}]}`, 0, false, "at most 262144 are read")
	text("empty cells", `{"nbformat":4,"cells":[`+strings.Repeat("{},", 16<<20)+`{}]}`, 0, true, "more than 20000 cells")
	text("deep", `{"nbformat":4,"cells":`+strings.Repeat("[", 32<<20), 0, true, "not a notebook")
	source("a bare const", right+"\nconst", 3, "")
	source("an endless loop", strings.Replace(right, "x[i] = 1", "for {\n\t}", 1)+rightProduct, 4, "no answer in time")
	source("a deep struct", deepStruct(24)+"var a, b t23\n\n"+strings.Replace(right, "x[i] = 1", "if a == b { x[i] = 1 }", 1)+rightProduct, 4, "does not compile")
	source("a long expression", strings.Replace(right, "x[i] = 1", "x[i] = float64(i"+strings.Repeat("+i*i-1", 25_000)+")", 1)+rightProduct, 4, "does not compile")
	source("a large array", "var a = [120 << 20]byte{1: 1, 120<<20 - 1: 1}\n\n"+strings.Replace(right, "x[i] = 1", "x[i] = float64(a[i])", 1)+rightProduct, 4, "does not compile")
	source("syntax errors", strings.Repeat("func f( {\n", 12_000)+right, 0, "")
	pipe := filepath.Join(folder, "a pipe.ipynb")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	add(collect.Submission{Student: "a pipe", File: pipe}, 0, true, "not a regular file")

	all, err := c.Run(t.Context(), handed, func(int, int, string) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range all {
		w := want[g.Student]
		if g.Points != w.points || g.NeedsHuman != w.human || !strings.Contains(fmt.Sprint(g), w.says) {
			t.Errorf("%s: %v points, needs a human: %v; want %+v\n%.600v", g.Student, g.Points, g.NeedsHuman, w, g)
		}
	}
	usage := c.Usage()
	t.Logf("processor time: %v", usage)
	if most := usage[len(usage)-1]; most > 20e9 {
		t.Errorf("a student took %v", most)
	}
	left, err := filepath.Glob(filepath.Join(c.Builder.Folder, "student-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("%q are left, %v", left, err)
	}
}
