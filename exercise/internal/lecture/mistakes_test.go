package lecture

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"rnn101/data"
	"rnn101/exercise/internal/task"
	"rnn101/rnnkit"
	"rnn101/rnnkit/gradcheck"
)

// Without a mistake the table is that of package gradcheck, and each mistake gives another one.
func TestEachMistakeOfNotebook06ChangesTheTable(t *testing.T) {
	net := task.Lecture()
	seq := task.Sequence(data.VampireBat())
	right := gradcheck.PathsOf(net, rnnkit.MustForward(net, task.Forward(net, data.BaseballBat()).H[2], seq)).W
	tables := mistakenPaths()
	distance := func(a, b [][][][]float64) float64 {
		largest := 0.0
		for t := range a {
			for k := range a[t] {
				for i := range a[t][k] {
					for j := range a[t][k][i] {
						largest = math.Max(largest, math.Abs(a[t][k][i][j]-b[t][k][i][j]))
					}
				}
			}
		}
		return largest
	}
	for r, row := range tables[""] {
		for k, entry := range row {
			if !mat.EqualApprox(right[r+1][k+1], mat.NewDense(2, 2, append(entry[0], entry[1]...)), 1e-12) {
				t.Errorf("entry (%d, %d) is %v, want %v", r+1, k+1, entry, right[r+1][k+1])
			}
		}
	}
	for a, table := range tables {
		for b, other := range tables {
			if a < b && distance(table, other) < 1e-3 {
				t.Errorf("the tables %q and %q differ by less than what four decimals show", a, b)
			}
		}
	}
}

func TestWhatIsNotRightIsRefused(t *testing.T) {
	_, _, v := data.LectureWeights()
	for _, c := range []struct {
		exercise string
		answer   any
		right    bool
	}{
		{"06.3", "b", true}, {"06.3", "A", false}, {"06.3", "x", false},
		{"07.3", [][]float64{{1, -2}, {1, -2}, {1, -2}, {1, -2}}, true}, {"07.3", v, false},
		{"07.3", [][]float64{{0, 0}, {0, 0}, {0, 0}, {0, 0}}, false}, {"07.3", [][]float64{{1, 1}}, false},
		{"08.2", 4.752, true}, {"08.2", 0.0, false}, {"08.2", 2.0, false}, {"08.2", 8.0, false}, {"08.2", math.Inf(1), false},
	} {
		if err := task.All[c.exercise].Holds(c.answer); (err == nil) != c.right {
			t.Errorf("exercise %s: the answer %v gives %v", c.exercise, c.answer, err)
		}
	}
}
