package main

import (
	"cmp"
	"maps"
	"slices"
)

// Sizes in pixels.
const (
	boxWidth  = 212
	boxHeight = 50
	laneWidth = 10 // for an arrow between boxes
	gapX      = 22
	gapY      = 58
	margin    = 18
)

// node is a part, or a bend of an arrow that passes through a row on its way.
type node struct {
	part         string // "" for a bend
	x            float64
	above, below []*node
}

func (n *node) width() float64 {
	if n.part == "" {
		return laneWidth
	}
	return boxWidth
}

// layout has the nodes in rows from the top and from the left. Edges lead from each row
// to the next. It is a layered drawing as by Sugiyama, Tagawa and Toda (1981).
type layout struct{ rows [][]*node }

func newLayout(names [][]string, arrows graph) *layout {
	l := &layout{rows: make([][]*node, len(names))}
	nodes, row := map[string]*node{}, map[string]int{}
	for r, parts := range names {
		for _, part := range parts {
			nodes[part], row[part] = &node{part: part}, r
			l.rows[r] = append(l.rows[r], nodes[part])
		}
	}
	for _, from := range slices.Sorted(maps.Keys(arrows)) {
		for _, to := range slices.Sorted(maps.Keys(arrows[from])) {
			last := nodes[from]
			for r := row[from] + 1; r < row[to]; r++ {
				bend := &node{}
				l.rows[r] = append(l.rows[r], bend)
				connect(last, bend)
				last = bend
			}
			connect(last, nodes[to])
		}
	}
	l.order()
	l.place()
	return l
}

func connect(above, below *node) {
	above.below = append(above.below, below)
	below.above = append(below.above, above)
}

// order sorts the rows so that few arrows cross: several times up and down, each node goes
// to the mean position of its neighbours in the row before.
func (l *layout) order() {
	best, fewest := l.copyRows(), l.crossings()
	for round := range 40 {
		down := round%2 == 0
		for i := range l.rows {
			r, neighbours := i, func(n *node) []*node { return n.above }
			if !down {
				r, neighbours = len(l.rows)-1-i, func(n *node) []*node { return n.below }
			}
			position := l.positions()
			mean := map[*node]float64{}
			for _, n := range l.rows[r] {
				mean[n] = position[n]
				for k, m := range neighbours(n) {
					if k == 0 {
						mean[n] = 0
					}
					mean[n] += position[m] / float64(len(neighbours(n)))
				}
			}
			slices.SortStableFunc(l.rows[r], func(a, b *node) int { return cmp.Compare(mean[a], mean[b]) })
		}
		if n := l.crossings(); n < fewest {
			best, fewest = l.copyRows(), n
		}
	}
	l.rows = best
}

// positions returns where each node is in its row, 0 in the middle.
func (l *layout) positions() map[*node]float64 {
	position := map[*node]float64{}
	for _, row := range l.rows {
		for i, n := range row {
			position[n] = float64(i) - float64(len(row)-1)/2
		}
	}
	return position
}

func (l *layout) copyRows() [][]*node {
	rows := make([][]*node, len(l.rows))
	for i, row := range l.rows {
		rows[i] = slices.Clone(row)
	}
	return rows
}

func (l *layout) crossings() int {
	position, count := l.positions(), 0
	for _, row := range l.rows {
		for i, a := range row {
			for _, b := range row[i+1:] {
				for _, p := range a.below {
					for _, q := range b.below {
						if position[p] > position[q] {
							count++
						}
					}
				}
			}
		}
	}
	return count
}

// place sets the x coordinates: as close to the mean of a node's neighbours as its row
// allows.
func (l *layout) place() {
	for _, row := range l.rows {
		x := 0.0
		for i, n := range row {
			if i > 0 {
				x += distance(row[i-1], n)
			}
			n.x = x
		}
		for _, n := range row {
			n.x -= x / 2
		}
	}
	for round := range 200 {
		for i := range l.rows {
			r := i
			if round%2 == 1 {
				r = len(l.rows) - 1 - i
			}
			placeRow(l.rows[r])
		}
	}
	left := 0.0
	for _, row := range l.rows {
		left = min(left, row[0].x-row[0].width()/2)
	}
	for _, row := range l.rows {
		for _, n := range row {
			n.x += margin - left
		}
	}
}

// distance is the least distance between the middles of two neighbours in a row.
func distance(a, b *node) float64 { return (a.width()+b.width())/2 + gapX }

// placeRow moves the nodes of a row to their wanted places in the sense of least squares,
// with their distances kept: isotonic regression, by pooling adjacent violators.
func placeRow(row []*node) {
	type block struct {
		sum, weight float64
		nodes       int
	}
	var blocks []block
	offsets := make([]float64, len(row))
	for i, n := range row {
		if i > 0 {
			offsets[i] = offsets[i-1] + distance(row[i-1], n)
		}
		wanted, weight := n.x, 1.0
		if neighbours := slices.Concat(n.above, n.below); len(neighbours) > 0 {
			wanted = 0
			for _, m := range neighbours {
				wanted += m.x / float64(len(neighbours))
			}
		}
		if n.part == "" {
			weight = 3 // straight arrows
		}
		blocks = append(blocks, block{weight * (wanted - offsets[i]), weight, 1})
		for k := len(blocks) - 1; k > 0 && blocks[k-1].sum/blocks[k-1].weight > blocks[k].sum/blocks[k].weight; k-- {
			blocks[k-1] = block{blocks[k-1].sum + blocks[k].sum, blocks[k-1].weight + blocks[k].weight, blocks[k-1].nodes + blocks[k].nodes}
			blocks = blocks[:k]
		}
	}
	i := 0
	for _, b := range blocks {
		for range b.nodes {
			row[i].x = b.sum/b.weight + offsets[i]
			i++
		}
	}
}
