package rnntest

import (
	"errors"
	"math"
	"regexp"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"rnn101/rnnkit"
)

// MatrixOf returns the matrix with these rows.
func MatrixOf(rows [][]float64) *mat.Dense {
	m := mat.NewDense(len(rows), len(rows[0]), nil)
	for i, row := range rows {
		m.SetRow(i, row)
	}
	return m
}

// VectorOf returns v as a vector, nil for nil.
func VectorOf(v []float64) *mat.VecDense {
	if v == nil {
		return nil
	}
	return mat.NewVecDense(len(v), v)
}

// packageName finds the prefix of an error: the package that it comes from.
var packageName = regexp.MustCompile(`(^|: )(rnnkit|gradcheck|text|train|safetensors): `)

// WantError fails the test unless the error names its package and has all the words.
func WantError(t *testing.T, name string, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Errorf("%s: no error, want one that says %q", name, words)
		return
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%s: the error is %q, it does not say %q", name, err, word)
		}
	}
	if !packageName.MatchString(err.Error()) {
		t.Errorf("%s: the error %q does not name the package", name, err)
	}
}

// WantPanic fails the test unless f panics with a string that names its package and has
// all the words.
func WantPanic(t *testing.T, name string, f func(), words ...string) {
	t.Helper()
	defer func() {
		t.Helper()
		said, ok := recover().(string)
		if !ok {
			t.Errorf("%s: no panic with a text, want one that says %q", name, words)
			return
		}
		WantError(t, name, errors.New(said), words...)
	}()
	f()
}

// Near fails the test unless got is within tolerance of want.
func Near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %.16g, want %.16g", what, got, want)
	}
}

// NearRows fails the test unless each entry of got is within tolerance of want, which
// was printed with 6 decimals.
func NearRows(t *testing.T, what string, got mat.Matrix, want [][]float64, tolerance float64) {
	t.Helper()
	r, c := got.Dims()
	if r != len(want) || c != len(want[0]) {
		t.Fatalf("%s is %d×%d, want %d×%d", what, r, c, len(want), len(want[0]))
	}
	for i := range want {
		for j := range want[i] {
			if !(math.Abs(got.At(i, j)-want[i][j]) <= tolerance) {
				t.Errorf("%s[%d][%d] is %.9f, want %.6f", what, i+1, j+1, got.At(i, j), want[i][j])
			}
		}
	}
}

// Printed is the tolerance for a number with 6 decimals: half of the last, and a little.
const Printed = 6e-7

// SameGradient fails the test unless the gradients agree within tolerance.
func SameGradient(t *testing.T, got, want *rnnkit.Gradient, tolerance float64) {
	t.Helper()
	SameMatrix(t, "∂L/∂U", got.U, want.U, tolerance)
	SameMatrix(t, "∂L/∂W", got.W, want.W, tolerance)
	SameMatrix(t, "∂L/∂V", got.V, want.V, tolerance)
	for name, pair := range map[string][2]*mat.VecDense{"∂L/∂b": {got.B, want.B}, "∂L/∂b_W": {got.BW, want.BW}, "∂L/∂c": {got.C, want.C}} {
		if pair[0] != nil || pair[1] != nil {
			SameMatrix(t, name, pair[0], pair[1], tolerance)
		}
	}
	if !floats.EqualApprox(got.H0, want.H0, tolerance) {
		t.Errorf("∂L/∂h_0 is %v, want %v", got.H0, want.H0)
	}
}

// SameMatrix fails the test unless the matrices agree within tolerance.
func SameMatrix(t *testing.T, what string, got, want mat.Matrix, tolerance float64) {
	t.Helper()
	if !mat.EqualApprox(got, want, tolerance) {
		t.Errorf("%s is\n%v\nwant\n%v", what, mat.Formatted(got), mat.Formatted(want))
	}
}
