// Package check finds the values that a chart cannot draw. Its errors name the
// function that was called and the value; a mistake of the programmer, such as lists
// whose lengths differ, panics. It knows nothing of how charts are drawn.
package check

import (
	"fmt"
	"math"
	"math/cmplx"
	"unicode"
)

// Errorf returns an error of a function of plots.
func Errorf(function, format string, args ...any) error {
	return fmt.Errorf("plots: %s: %w", function, fmt.Errorf(format, args...))
}

// Panicf panics with a mistake in a call of a function of plots.
func Panicf(function, format string, args ...any) {
	panic(fmt.Sprintf("plots: %s: ", function) + fmt.Sprintf(format, args...))
}

// Some returns an error unless there is at least one of what a chart is made of.
func Some(function, what string, n int) error {
	if n == 0 {
		return Errorf(function, "give at least one %s", what)
	}
	return nil
}

func isFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// Finite returns an error for the first value that is NaN or infinite, and if there
// are no values.
func Finite(function, name string, values []float64) error {
	if len(values) == 0 {
		return Errorf(function, "the series %q is empty", name)
	}
	for i, v := range values {
		if !isFinite(v) {
			return Errorf(function, "value %d of %q is %v", i, name, v)
		}
	}
	return nil
}

// Option returns an error for a number among the options that is NaN, infinite, or
// below the least allowed.
func Option(function, name string, v, least float64) error {
	if !isFinite(v) {
		return Errorf(function, "the option %s is %v: it must be finite", name, v)
	}
	if v < least {
		return Errorf(function, "the option %s is %v: it must be at least %v", name, v, least)
	}
	return nil
}

// Line returns an error for a point that cannot be drawn, and for fewer than two
// points. It panics unless there are as many x as y.
func Line(function, name string, x, y []float64, logX, logY bool) error {
	if len(x) != len(y) {
		Panicf(function, "the series %q has %d values of x and %d of y", name, len(x), len(y))
	}
	if err := Finite(function, name, y); err != nil {
		return err
	}
	for i, v := range x {
		if !isFinite(v) {
			return Errorf(function, "the x of value %d of %q is %v", i, name, v)
		}
	}
	if len(y) < 2 {
		return Errorf(function, "the series %q has one value: at least two are needed", name)
	}
	for i := range y {
		if logY && y[i] <= 0 {
			return Errorf(function, "value %d of %q is %v: a logarithmic axis needs positive values", i, name, y[i])
		}
		if logX && x[i] <= 0 {
			return Errorf(function, "the x of value %d of %q is %v: a logarithmic axis needs positive values", i, name, x[i])
		}
	}
	return nil
}

// Level returns an error for a horizontal line that cannot be drawn.
func Level(function, name string, y float64, logY bool) error {
	if err := Finite(function, name, []float64{y}); err != nil {
		return err
	}
	if logY && y <= 0 {
		return Errorf(function, "the level %q is %v: a logarithmic axis needs positive values", name, y)
	}
	return nil
}

// Title returns an error for a chart without a title where the data cannot say one.
func Title(function, title string) error {
	if title == "" {
		return Errorf(function, "give a title: what the chart shows")
	}
	return nil
}

// Point returns an error for a point that cannot be drawn.
func Point(function, name string, x, y float64, logX, logY bool) error {
	if !isFinite(x) || !isFinite(y) {
		return Errorf(function, "the point %q is (%v, %v)", name, x, y)
	}
	if logX && x <= 0 || logY && y <= 0 {
		return Errorf(function, "the point %q is (%v, %v): a logarithmic axis needs positive values", name, x, y)
	}
	return nil
}

// Range returns an error for a range of x that cannot be drawn.
func Range(function, name string, from, to float64, logX bool) error {
	if !isFinite(from) || !isFinite(to) || from > to {
		return Errorf(function, "the range %q is from %v to %v: it must be finite and begin before it ends", name, from, to)
	}
	if logX && from <= 0 {
		return Errorf(function, "the range %q begins at %v: a logarithmic axis needs positive values", name, from)
	}
	return nil
}

// WalkPoint returns an error for a point of a walk, counted from 1, that cannot be drawn.
func WalkPoint(function, walk string, number int, name string, x, y float64) error {
	if !isFinite(x) || !isFinite(y) {
		return Errorf(function, "point %d of the walk %q, %q, is (%v, %v)", number, walk, name, x, y)
	}
	return nil
}

// Walk returns an error for a walk of fewer than two points. It panics if there are names
// of arrows, but not one for each arrow.
func Walk(function, name string, points, arrows int) error {
	if points < 2 {
		return Errorf(function, "the walk %q has %d points: at least two are needed", name, points)
	}
	if arrows > 0 && arrows != points-1 {
		Panicf(function, "the walk %q has %d arrows, there are %d names of arrows", name, points-1, arrows)
	}
	return nil
}

// Numbers returns an error for a value that is NaN or infinite. It panics unless there is
// a value for each label.
func Numbers(function, name string, labels []string, values []float64) error {
	if len(values) != len(labels) {
		Panicf(function, "%q has %d values, there are %d labels", name, len(values), len(labels))
	}
	for j, v := range values {
		if !isFinite(v) {
			return Errorf(function, "%q of %q is %v", labels[j], name, v)
		}
	}
	return nil
}

// Probabilities returns an error for a value that is not between 0 and 1. It panics
// unless there is a value for each label.
func Probabilities(function, name string, labels []string, values []float64) error {
	if len(values) != len(labels) {
		Panicf(function, "%q has %d values, there are %d labels", name, len(values), len(labels))
	}
	for j, v := range values {
		if !(v >= 0 && v <= 1) {
			return Errorf(function, "%q of %q is %v: it must be between 0 and 1", labels[j], name, v)
		}
	}
	return nil
}

// mostBars is how many bars of one chart can be told apart.
const mostBars = 100

// Bars returns an error for no bars, and for more than one chart can show.
func Bars(function string, labels, series int) error {
	if err := Some(function, "label and one series", min(labels, series)); err != nil {
		return err
	}
	if labels*series > mostBars {
		return Errorf(function, "%d labels × %d series are %d bars: at most %d can be told apart", labels, series, labels*series, mostBars)
	}
	return nil
}

// mostBeats is how long a melody can be: a beat needs some pixels.
const mostBeats = 1000

// Tone returns an error for a tone that no piano roll can show.
func Tone(function string, number int, start, length float64, pitch int) error {
	if pitch < 21 || pitch > 108 || !(length > 0) || !(start >= 0) || !isFinite(start+length) {
		return Errorf(function, "tone %d has the pitch %d, the start %v and the length %v: a pitch from 21 to 108, a start and a length are needed", number, pitch, start, length)
	}
	if start+length > mostBeats {
		return Errorf(function, "tone %d ends at beat %v: at most %d beats can be drawn", number, start+length, mostBeats)
	}
	return nil
}

// Eigenvalues returns an error for a value that is not finite, and if there are none.
func Eigenvalues(function, name string, values []complex128) error {
	if len(values) == 0 {
		return Errorf(function, "the matrix %q has no eigenvalues", name)
	}
	for i, v := range values {
		if cmplx.IsNaN(v) || cmplx.IsInf(v) {
			return Errorf(function, "eigenvalue %d of %q is %v", i+1, name, v)
		}
		if !isFinite(cmplx.Abs(v)) {
			return Errorf(function, "eigenvalue %d of %q is %v: its size is too large for a float64", i+1, name, v)
		}
	}
	return nil
}

// States returns an error for a hidden state outside the square from −1 to 1, and if
// there are none.
func States(function, name string, states [][2]float64) error {
	if len(states) == 0 {
		return Errorf(function, "the path %q is empty", name)
	}
	for i, h := range states {
		if !(math.Abs(h[0]) <= 1 && math.Abs(h[1]) <= 1) {
			return Errorf(function, "point %d of %q is (%v, %v): hidden states are between −1 and 1", i, name, h[0], h[1])
		}
	}
	return nil
}

// Characters returns an error for a control character other than a line break.
func Characters(function string, characters []rune) error {
	for i, r := range characters {
		if unicode.IsControl(r) && r != '\n' {
			return Errorf(function, "character %d is the control character %q", i+1, r)
		}
	}
	return nil
}

// Matrix returns the length of the longest row and the largest absolute value. It
// returns an error for a value that is NaN or infinite, and if there are no values.
// First is the number of the first row and column in the error.
func Matrix(function string, values [][]float64, first int) (columns int, largest float64, err error) {
	for i, row := range values {
		columns = max(columns, len(row))
		for j, v := range row {
			if !isFinite(v) {
				return 0, 0, Errorf(function, "the value in row %d, column %d is %v", i+first, j+first, v)
			}
			largest = math.Max(largest, math.Abs(v))
		}
	}
	if columns == 0 {
		return 0, 0, Errorf(function, "there are no values")
	}
	return columns, largest, nil
}

// Cell panics unless there is a value in a row and column, counted from 0.
func Cell(function string, values [][]float64, row, column int) {
	if row < 0 || row >= len(values) || column < 0 || column >= len(values[row]) {
		Panicf(function, "there is no value in row %d, column %d", row, column)
	}
}

// Labels panics if there are labels for another number of rows or columns.
func Labels(function string, rows, columns int, rowLabels, columnLabels []string) {
	if rowLabels != nil && len(rowLabels) != rows || columnLabels != nil && len(columnLabels) != columns {
		Panicf(function, "%d×%d values, but labels for %d rows and %d columns", rows, columns, len(rowLabels), len(columnLabels))
	}
}

// Heat returns an error for a negative value, with its row and column from 0, and unless the
// floor is positive and below the largest value.
func Heat(function string, values [][]float64, floor, largest float64) error {
	for r, row := range values {
		for c, v := range row {
			if v < 0 {
				return Errorf(function, "the value in row %d, column %d is %v: it must not be negative", r, c, v)
			}
		}
	}
	if !(floor > 0 && floor < largest) {
		return Errorf(function, "the floor is %v: it must be positive and below the largest value, %v", floor, largest)
	}
	return nil
}

// Paths returns the largest absolute value and the sum of a table of paths. It
// returns an error for a value that is NaN or infinite, and if there are no values,
// and panics unless row t has t+1 entries. Row 0 and column 0 are ignored.
func Paths(function string, values [][]float64) (largest, sum float64, err error) {
	if len(values) < 2 {
		return 0, 0, Errorf(function, "there are no values")
	}
	for t, row := range values[1:] {
		t++
		if len(row) != t+1 {
			Panicf(function, "row %d has %d entries, it must have %d", t, len(row), t+1)
		}
		for k := 1; k <= t; k++ {
			if !isFinite(row[k]) {
				return 0, 0, Errorf(function, "the value of L_%d through step %d is %v", t, k, row[k])
			}
			largest, sum = math.Max(largest, math.Abs(row[k])), sum+row[k]
		}
	}
	if !isFinite(sum) {
		return 0, 0, Errorf(function, "the sum of all paths is %v: the values are too large", sum)
	}
	return largest, sum, nil
}
