package lecture

import (
	"fmt"
	"strings"

	"gonum.org/v1/gonum/mat"

	"rnn101/data"
	"rnn101/exercise/internal/task"
	"rnn101/rnnkit"
	"rnn101/rnnkit/gradcheck"
)

func init() {
	task.Add("06",
		// ∂L/∂W of “vampire bat” from zero. A product of two displayed numbers is off by less.
		task.Value(2e-4, func() any {
			_, g := rnnkit.GradientOf(task.Lecture(), nil, task.Sequence(data.VampireBat()))
			return entries(g.W)
		}),
		task.Value(0, func() any { return zeroPaths(10) }),
		// The mistake behind the table of SuspectPaths.
		task.Property(func(letter string) error {
			letter = strings.ToUpper(strings.TrimSpace(letter))
			wrong, ok := mistakenPaths()[letter]
			if !ok {
				return fmt.Errorf("%s", task.Texts.Text("06.3.letter"))
			}
			if letter != suspectPaths {
				return fmt.Errorf("%s", task.Texts.Text("06.3.not", wrong[1][0][0][0], wrong[1][0][0][1]))
			}
			return nil
		}),
	)
}

// entries returns the rows of a matrix.
func entries(m mat.Matrix) [][]float64 {
	rows, columns := m.Dims()
	all := make([][]float64, rows)
	for i := range all {
		all[i] = make([]float64, columns)
		for j := range all[i] {
			all[i][j] = m.At(i, j)
		}
	}
	return all
}

// zeroPaths counts the entries of the table of paths that are zero, for so many steps from the
// state zero.
func zeroPaths(steps int) int {
	var seq rnnkit.Sequence
	for i := range steps {
		seq.Inputs, seq.Targets = append(seq.Inputs, i%3), append(seq.Targets, i%4)
	}
	net, count := task.Lecture(), 0
	for _, row := range gradcheck.PathsOf(net, rnnkit.MustForward(net, nil, seq)).W {
		for _, entry := range row {
			if entry != nil && mat.Norm(entry, 2) == 0 {
				count++
			}
		}
	}
	return count
}

// suspectPaths is the mistake that SuspectPaths makes.
const suspectPaths = "B"

// SuspectPaths returns the table of paths of “vampire bat”, begun in the state that “baseball bat”
// leaves, as a program with one mistake computes it: row t − 1 has the entries (t, 1) to (t, t).
// Which mistake it is, is exercise 3 of notebook 06.
func SuspectPaths() [][][][]float64 { return mistakenPaths()[suspectPaths] }

// mistakenPaths returns that table with each of the mistakes that the exercise lists, by letter,
// and the right one without a letter.
func mistakenPaths() map[string][][][][]float64 {
	_, W, V := data.LectureWeights()
	net, seq := task.Lecture(), task.Sequence(data.VampireBat())
	p := rnnkit.MustForward(net, task.Forward(net, data.BaseballBat()).H[2], seq)
	slope := func(h []float64) []float64 { return []float64{1 - h[0]*h[0], 1 - h[1]*h[1]} }
	transposed := func(m [][]float64, x []float64) []float64 {
		y := make([]float64, len(m[0]))
		for i := range m {
			for j := range y {
				y[j] += m[i][j] * x[i]
			}
		}
		return y
	}
	times := func(p, q []float64) []float64 { return []float64{p[0] * q[0], p[1] * q[1]} }
	outer := func(p, q []float64) [][]float64 {
		return [][]float64{{p[0] * q[0], p[0] * q[1]}, {p[1] * q[0], p[1] * q[1]}}
	}
	e1, e2 := append([]float64{}, p.Y[1]...), append([]float64{}, p.Y[2]...)
	e1[seq.Targets[0]]--
	e2[seq.Targets[1]]--
	L1a1 := times(slope(p.H[1]), transposed(V, e1))
	L2a2 := times(slope(p.H[2]), transposed(V, e2))
	notSubtracted := times(slope(p.H[2]), transposed(V, p.Y[2]))
	// table has what arrives at a_2, what comes back to h_1, its factor and the state before it.
	table := func(at2, back, factor, before []float64) [][][][]float64 {
		return [][][][]float64{{outer(L1a1, p.H[0])}, {outer(times(factor, back), before), outer(at2, p.H[1])}}
	}
	back, s1, one := transposed(W, L2a2), slope(p.H[1]), []float64{1, 1}
	turned := [][]float64{{W[0][0], W[1][0]}, {W[0][1], W[1][1]}}
	return map[string][][][][]float64{
		"":  table(L2a2, back, s1, p.H[0]),
		"A": table(L2a2, transposed(turned, L2a2), s1, p.H[0]),
		"B": table(L2a2, back, one, p.H[0]),
		"C": table(L2a2, back, slope(p.H[2]), p.H[0]),
		"D": table(L2a2, back, s1, p.H[1]),
		"E": table(notSubtracted, transposed(W, notSubtracted), s1, p.H[0]),
	}
}
