// Package place finds room for names in a chart: beside what they name, over nothing
// that is drawn, and not over each other. It knows nothing of charts, and draws nothing.
package place

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"

	"rnn101/plots/internal/style"
)

// Spread returns the centres of names in a column: as near as possible to where they
// are wanted (by least squares), in the same order, without overlap, and between low and
// high if they fit there.
func Spread(wanted, heights []float64, low, high float64) []float64 {
	order := make([]int, len(wanted))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(wanted[i], wanted[j]) })
	// Names that touch form a block. Less the heights below it, a name in a block has the
	// mean of what its names want.
	type block struct{ sum, n float64 }
	var blocks []block
	offsets, total := make([]float64, len(order)), 0.0
	for k, i := range order {
		offsets[k] = total + heights[i]/2
		total += heights[i]
		blocks = append(blocks, block{wanted[i] - offsets[k], 1})
		for n := len(blocks); n > 1 && blocks[n-2].sum/blocks[n-2].n >= blocks[n-1].sum/blocks[n-1].n; n = len(blocks) {
			blocks[n-2].sum, blocks[n-2].n = blocks[n-2].sum+blocks[n-1].sum, blocks[n-2].n+blocks[n-1].n
			blocks = blocks[:n-1]
		}
	}
	centres, k := make([]float64, len(order)), 0
	for _, b := range blocks {
		base := math.Max(low, math.Min(b.sum/b.n, high-total))
		for range int(b.n) {
			centres[order[k]] = base + offsets[k]
			k++
		}
	}
	return centres
}

// Name is a name of a size that belongs to one of some anchors, of which the first is
// the best.
type Name struct {
	Size    vg.Point
	Anchors []vg.Point
}

// Obstacles are what names are not to cover.
type Obstacles struct {
	Bounds vg.Rectangle // names stay inside
	Lines  [][]vg.Point
	Thin   [][]vg.Point // lines in the background, which a name may cover at need
	Marks  []vg.Rectangle
	Boxes  []vg.Rectangle // other names
	joins  [][]vg.Point   // lines from far names to their anchors
}

// Spot is where a name is written.
type Spot struct {
	Anchor vg.Point
	Box    vg.Rectangle
	Far    bool // so far from its anchor that a line should join them
	cost   float64
}

// Nearest returns the point of the box that is nearest to the anchor.
func (s Spot) Nearest() vg.Point {
	return vg.Point{X: max(s.Box.Min.X, min(s.Anchor.X, s.Box.Max.X)), Y: max(s.Box.Min.Y, min(s.Anchor.Y, s.Box.Max.Y))}
}

// far is the distance in CSS pixels from which on a line joins a name to its anchor.
const far = 15

// Beside returns a spot for each name. Each is placed after those before it; then each
// moves, three times, to what is best beside all others.
func Beside(names []Name, o Obstacles) []Spot {
	spots := make([]Spot, len(names))
	for sweep := range 4 {
		for i, n := range names {
			others := o
			others.Boxes, others.joins = slices.Clone(o.Boxes), nil
			for j, s := range spots {
				if j != i && (sweep > 0 || j < i) {
					others.Boxes = append(others.Boxes, s.Box)
					if s.Far {
						others.joins = append(others.joins, []vg.Point{s.Anchor, s.Nearest()})
					}
				}
			}
			spots[i] = n.best(others)
		}
	}
	return spots
}

// The directions from an anchor to its name, from the best to the worst.
var directions = [...]struct{ x, y, cost float64 }{
	{1, 0, 0}, {1, 1, 1}, {1, -1, 1.5}, {0, 1, 2}, {0, -1, 2.5}, {-1, 0, 3}, {-1, 1, 3.5}, {-1, -1, 4},
	{1, 0.5, 0.5}, {1, -0.5, 1}, {-1, 0.5, 3.2}, {-1, -0.5, 3.4}, {0.5, 1, 2}, {-0.5, 1, 2.5}, {0.5, -1, 2.5}, {-0.5, -1, 3},
}

func (n Name) best(o Obstacles) Spot {
	best := Spot{cost: math.Inf(1)}
	for rank, anchor := range n.Anchors {
		for _, distance := range []float64{7, 10, 14, 20, 28, 40, 56, 76, 100} {
			for _, d := range directions {
				gap := distance
				if d.x != 0 && d.y != 0 {
					gap *= 0.75
				}
				middle := anchor.Add(vg.Point{
					X: vg.Length(d.x) * (n.Size.X/2 + style.Px(gap)),
					Y: vg.Length(d.y) * (n.Size.Y/2 + style.Px(gap)),
				})
				half := n.Size.Scale(0.5)
				s := Spot{Anchor: anchor, Box: vg.Rectangle{Min: middle.Sub(half), Max: middle.Add(half)}, Far: distance >= far}
				s.cost = 0.6*distance + d.cost + 5*math.Min(float64(rank), 4)
				if s.cost < best.cost {
					if s.cost += o.cost(s.Box) + o.crossings(s); s.cost < best.cost {
						best = s
					}
				}
			}
		}
	}
	return best
}

// cost says how bad it is to write a name into a box.
func (o Obstacles) cost(box vg.Rectangle) float64 {
	air := vg.Point{X: style.Px(3), Y: style.Px(1)}
	wide := vg.Rectangle{Min: box.Min.Sub(air), Max: box.Max.Add(air)}
	cost := 0.0
	if box.Min.X < o.Bounds.Min.X || box.Max.X > o.Bounds.Max.X || box.Min.Y < o.Bounds.Min.Y || box.Max.Y > o.Bounds.Max.Y {
		cost += 2000
	}
	for _, other := range o.Boxes {
		if overlap(wide, other) {
			cost += 1000
		}
	}
	for _, m := range o.Marks {
		if overlap(wide, m) {
			cost += 300
		}
	}
	return cost + covered(o.joins, wide, 300, 3) + covered(o.Lines, wide, 30, 3) + covered(o.Thin, wide, 6, 0.2)
}

// covered says how bad it is that lines run through a box: so much for each segment, and
// for each pixel of it.
func covered(lines [][]vg.Point, box vg.Rectangle, segment, pixel float64) float64 {
	cost := 0.0
	for _, line := range lines {
		for i := 1; i < len(line); i++ {
			if length := inside(line[i-1], line[i], box); length > 0 {
				cost += segment + pixel*float64(length/style.Px(1))
			}
		}
	}
	return cost
}

// crossings says how bad it is that the line from a far name to its anchor crosses other lines, names,
// or marks, whose name it would seem to be.
func (o Obstacles) crossings(s Spot) float64 {
	cost := 0.0
	if s.Far {
		end := s.Nearest()
		begin := s.Anchor.Add(end.Sub(s.Anchor).Scale(0.2)) // lines through the anchor itself do not count
		for _, line := range o.Lines {
			for i := 1; i < len(line); i++ {
				if side(begin, end, line[i-1]) != side(begin, end, line[i]) && side(line[i-1], line[i], begin) != side(line[i-1], line[i], end) {
					cost += 25
				}
			}
		}
		for _, box := range o.Boxes {
			if inside(s.Anchor, end, box) > 0 {
				cost += 300
			}
		}
		for _, m := range o.Marks {
			if own := overlap(m, vg.Rectangle{Min: s.Anchor, Max: s.Anchor}); !own && inside(s.Anchor, end, m) > 0 {
				cost += 400
			}
		}
	}
	return cost
}

// side reports whether a point is to the left of the line from p to q.
func side(p, q, point vg.Point) bool {
	d, e := q.Sub(p), point.Sub(p)
	return d.X*e.Y > d.Y*e.X
}

func overlap(a, b vg.Rectangle) bool {
	return a.Min.X < b.Max.X && b.Min.X < a.Max.X && a.Min.Y < b.Max.Y && b.Min.Y < a.Max.Y
}

// inside returns the length of the part of a segment that is inside a box (Liang and
// Barsky).
func inside(p, q vg.Point, box vg.Rectangle) vg.Length {
	from, to := 0.0, 1.0
	d := q.Sub(p)
	for _, side := range [...][2]vg.Length{{-d.X, p.X - box.Min.X}, {d.X, box.Max.X - p.X}, {-d.Y, p.Y - box.Min.Y}, {d.Y, box.Max.Y - p.Y}} {
		direction, room := float64(side[0]), float64(side[1])
		switch {
		case direction == 0 && room < 0:
			return 0
		case direction < 0:
			from = math.Max(from, room/direction)
		case direction > 0:
			to = math.Min(to, room/direction)
		}
	}
	if from >= to {
		return 0
	}
	return vg.Length(math.Hypot(float64(d.X), float64(d.Y)) * (to - from))
}
