package plots

import (
	"fmt"
	"math"
	"strings"
	"unicode"

	"gonum.org/v1/plot/text"
)

// LettersOptions says how letters are coloured.
type LettersOptions struct {
	Title     string
	What      string  // what the numbers are
	Diverging bool    // from blue (negative) over white to orange; else white to orange
	Scale     float64 // what gets the full colour; 0: the largest
}

// Letters draws a text, a character a square, coloured by a number for each: the loss
// of a net at that character, or what one of its neurons does there. A space is drawn
// as ·, a line break as ↓ followed by a new line.
//
// It panics if there is another number of values than of characters, and returns an
// error for a value that is not finite and for an empty text.
func Letters(words string, values []float64, o LettersOptions) (*Figure, error) {
	letters := []rune(words)
	if len(letters) != len(values) {
		panic(fmt.Sprintf("plots: Letters: %d characters and %d values", len(letters), len(values)))
	}
	if err := finite("Letters", o.What, values); err != nil {
		return nil, err
	}
	scale, highest, total := o.Scale, 0, 0.0
	for i, v := range values {
		if o.Scale == 0 {
			scale = math.Max(scale, math.Abs(v))
		}
		if v > values[highest] {
			highest = i
		}
		total += v
	}
	const perLine, width, height, left, head = 50, 15.0, 27.0, 20.0, 46.0
	type place struct{ row, column int }
	at, row, column := make([]place, len(letters)), 0, 0
	for i, r := range letters {
		if column == perLine {
			row, column = row+1, 0
		}
		at[i] = place{row, column}
		column++
		if r == '\n' {
			row, column = row+1, 0
		}
	}
	rows := at[len(at)-1].row + 1
	s := newDiagram(2*left+perLine*width, head+height*float64(rows)+44, o.Title)
	for i, r := range letters {
		x, y := left+width*float64(at[i].column), head+height*float64(at[i].row)
		v := values[i]
		if !o.Diverging {
			v = math.Max(0, v)
		}
		fill := Diverging(v, scale)
		s.Fill(x, y, width, height-5, fill)
		switch {
		case r == ' ':
			r = '·'
		case r == '\n':
			r = '↓'
		case unicode.IsControl(r):
			return nil, fmt.Errorf("plots: Letters: character %d is the control character %q", i+1, r)
		}
		s.Text(x+width/2, y+(height-5)/2, NormalText+1, Contrasting(fill), text.XCenter, string(r))
	}
	y := head + height*float64(rows) + 20
	low, middle := 0.0, scale/2
	if o.Diverging {
		low, middle = -scale, 0
	}
	for i, v := range []float64{low, middle, scale} {
		x := left + float64(i)*110
		s.Box(x+9, y, 18, 18, Diverging(v, scale), Grey, 1)
		s.Text(x+24, y, SmallText, Black, text.XLeft, Significant(v))
	}
	s.Text(left+340, y, SmallText, Black, text.XLeft, o.What)
	return s.done(texts.Text("letters.alt", o.Title, o.What, strings.ReplaceAll(words, "\n", " "),
		Significant(total/float64(len(values))), Significant(values[highest]), fmt.Sprintf("%q", letters[highest]), highest+1))
}
