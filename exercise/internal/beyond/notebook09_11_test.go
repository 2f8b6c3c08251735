package beyond

import (
	"strings"
	"testing"

	"rnn101/data"
	"rnn101/exercise/internal/task"
)

// Each wrong answer is refused with a sentence that names what is missing.
func TestWrongAnswersOf09To12AreRefused(t *testing.T) {
	_, w, _ := data.LectureWeights()
	for _, c := range []struct {
		exercise string
		answer   any
		want     string
	}{
		{"09.3", "no", "decides otherwise"},
		{"09.3", "perhaps", "yes"},
		{"09.4", w, "cosine"},
		{"09.4", [][]float64{{3, 0}, {0, 0}}, "at most 2"},
		{"09.4", [][]float64{{1, 2, 3}}, "2 rows of 2"},
		{"10.3", []bool{true, true, false}, "wrong: 1"},
		{"10.3", []bool{true}, "3 answers"},
		{"10.4", [][]float64{{0.9, 5}, {0, 0.8}}, "larger than 1"},
		{"10.4", [][]float64{{0.5, 1}, {0, 0.5}}, "above 10"},
		{"10.4", [][]float64{{1, 1}, {0, 1}}, "spectral radius"},
		{"10.5", [][]float64{{1 / 0.9, 0}, {0, 2}}, "beside the diagonal"},
		{"10.5", [][]float64{{0.6, -0.8}, {0.8, 0.6}}, "between 0.5 and 2"},
		{"11.2", []float64{-1, 1.36}, "Without A"},
		{"12.4", "the Rays of Light which xylophone", `"x" after "h "`},
	} {
		err := task.All[c.exercise].Holds(c.answer)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s, %v: %v; want a sentence with %q", c.exercise, c.answer, err, c.want)
		}
	}
}
