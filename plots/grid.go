package plots

import (
	"fmt"
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot/text"
)

// GridOptions says how a grid is drawn. Its zero value draws squares alone.
type GridOptions struct {
	Title     string
	Rows      []string // a name for each row, or nil
	Columns   []string // a name for each column, or nil
	Numbers   bool     // write the value into each square
	Highlight [][2]int // squares with a frame: row and column, from 0
}

// Grid draws a small matrix or picture as squares, coloured from blue (negative)
// over white (zero) to orange (positive). A row may be shorter than the first one or
// longer; where there is no value there is no square.
//
// It panics if there are names for another number of rows or columns, and returns an
// error for a value that is not finite.
func Grid(values [][]float64, o GridOptions) (*Figure, error) {
	columns, scale := 0, 0.0
	for i, row := range values {
		columns = max(columns, len(row))
		for j, v := range row {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, fmt.Errorf("plots: Grid: the value in row %d, column %d is %v", i+1, j+1, v)
			}
			scale = math.Max(scale, math.Abs(v))
		}
	}
	if columns == 0 {
		return nil, fmt.Errorf("plots: Grid: there are no values")
	}
	if o.Rows != nil && len(o.Rows) != len(values) || o.Columns != nil && len(o.Columns) != columns {
		panic(fmt.Sprintf("plots: Grid: %d×%d values, but names for %d rows and %d columns", len(values), columns, len(o.Rows), len(o.Columns)))
	}
	g := newCells(len(values), columns, o.Rows, o.Columns, o.Numbers, gridTitle(o, len(values), columns))
	for i, row := range values {
		for j, v := range row {
			g.square(i, j, v, scale, o.Numbers)
		}
	}
	for _, at := range o.Highlight {
		g.frame(at[0], at[1])
	}
	return g.done(gridAlt(values, o))
}

func gridTitle(o GridOptions, rows, columns int) string {
	if o.Title != "" {
		return o.Title
	}
	return texts.Text("grid.title", rows, columns)
}

// cells is a sketch of squares in rows and columns.
type cells struct {
	*Diagram
	left, top     float64
	width, height float64 // of a cell
}

func newCells(rows, columns int, rowNames, columnNames []string, numbers bool, title string) *cells {
	g := &cells{left: 24, top: 44, width: 34, height: 34}
	if numbers {
		g.width, g.height = 78, 40
	}
	for _, name := range rowNames {
		g.left = math.Max(g.left, 30+7.6*float64(len([]rune(name))))
	}
	for _, name := range columnNames {
		g.width = math.Max(g.width, 12+7.6*float64(len([]rune(name))))
	}
	if columnNames != nil {
		g.top += 26
	}
	width := g.left + g.width*float64(columns) + 24
	full := math.Max(width, 30+8.2*float64(longestLine(title)))
	g.left += (full - width) / 2
	g.Diagram = newDiagram(full, g.top+g.height*float64(rows)+22, title)
	for j, name := range columnNames {
		g.Text(g.left+g.width*(float64(j)+0.5), g.top-14, NormalText, Black, text.XCenter, name)
	}
	for i, name := range rowNames {
		g.Text(g.left-10, g.top+g.height*(float64(i)+0.5), NormalText, Black, text.XRight, name)
	}
	return g
}

func longestLine(s string) int {
	longest := 0
	for _, line := range strings.Split(s, "\n") {
		longest = max(longest, len([]rune(line)))
	}
	return longest
}

// center is the middle of a square.
func (g *cells) center(i, j int) (x, y float64) {
	return g.left + g.width*(float64(j)+0.5), g.top + g.height*(float64(i)+0.5)
}

// square draws a value; scale is what gets the full colour.
func (g *cells) square(i, j int, v, scale float64, numbers bool) {
	x, y := g.center(i, j)
	fill := Diverging(v, scale)
	g.Box(x, y, g.width-2, g.height-2, fill, LightGrey, 1)
	if numbers {
		g.Text(x, y, NormalText, Contrasting(fill), text.XCenter, exactOrFour(v))
	}
}

// frame draws a frame around a square.
func (g *cells) frame(i, j int) {
	x, y := g.center(i, j)
	g.Box(x, y, g.width-4, g.height-4, color.Transparent, Vermilion, 3)
}

// diverging goes from blue over white to orange.
func Diverging(v, scale float64) color.RGBA {
	if scale == 0 {
		return White
	}
	full := Orange
	if v < 0 {
		full = Blue
	}
	share := math.Min(1, math.Abs(v)/scale)
	mix := func(c uint8) uint8 { return uint8(math.Round(255 + share*(float64(c)-255))) }
	return color.RGBA{mix(full.R), mix(full.G), mix(full.B), 255}
}

// onTop is the colour of a text that is readable on a background.
func Contrasting(background color.RGBA) color.RGBA {
	light := 0.299*float64(background.R) + 0.587*float64(background.G) + 0.114*float64(background.B)
	if light < 140 {
		return White
	}
	return Black
}

func gridAlt(values [][]float64, o GridOptions) string {
	parts := []string{texts.Text("grid.alt", gridTitle(o, len(values), len(values[0])), len(values))}
	if o.Columns != nil {
		parts = append(parts, texts.Text("grid.columns", strings.Join(o.Columns, ", ")))
	}
	for i, row := range values {
		name := texts.Text("grid.row", i+1)
		if o.Rows != nil {
			name = o.Rows[i]
		}
		numbers := make([]string, len(row))
		for j, v := range row {
			numbers[j] = exactOrFour(v)
		}
		parts = append(parts, name+": "+strings.Join(numbers, ", ")+".")
	}
	if len(o.Highlight) > 0 {
		framed := make([]string, len(o.Highlight))
		for i, at := range o.Highlight {
			framed[i] = fmt.Sprintf("(%d, %d)", at[0]+1, at[1]+1)
		}
		parts = append(parts, texts.Text("grid.frame", strings.Join(framed, ", ")))
	}
	return strings.Join(parts, " ")
}
