package place

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/plot/vg"
)

func TestSpread(t *testing.T) {
	for name, c := range map[string]struct {
		wanted, heights []float64
		low, high       float64
		want            []float64
	}{
		"nothing":               {nil, nil, 0, 100, nil},
		"far apart":             {[]float64{20, 50}, []float64{10, 10}, 0, 100, []float64{20, 50}},
		"two at the same place": {[]float64{50, 50}, []float64{10, 10}, 0, 100, []float64{45, 55}},
		"in any order":          {[]float64{52, 48, 50}, []float64{10, 10, 10}, 0, 100, []float64{60, 40, 50}},
		"of several heights":    {[]float64{50, 50}, []float64{10, 30}, 0, 100, []float64{40, 60}},
		"at the lower end":      {[]float64{0, 1}, []float64{10, 10}, 0, 100, []float64{5, 15}},
		"at the upper end":      {[]float64{99, 98}, []float64{10, 10}, 0, 100, []float64{95, 85}},
		"two blocks":            {[]float64{20, 20, 80, 80}, []float64{10, 10, 10, 10}, 0, 100, []float64{15, 25, 75, 85}},
		"a block that grows":    {[]float64{50, 50, 58}, []float64{10, 10, 10}, 0, 100, []float64{128.0 / 3, 158.0 / 3, 188.0 / 3}},
	} {
		got := Spread(c.wanted, c.heights, c.low, c.high)
		for i := range c.want {
			if math.Abs(got[i]-c.want[i]) > 1e-9 {
				t.Errorf("%s: %v, want %v", name, got, c.want)
				break
			}
		}
	}
}

// A name goes to the right of its anchor, unless something is there.
func TestBesideAvoidsWhatIsDrawn(t *testing.T) {
	anchor, size := vg.Point{X: 100, Y: 100}, vg.Point{X: 40, Y: 10}
	bounds := vg.Rectangle{Max: vg.Point{X: 200, Y: 200}}
	box := func(x0, y0, x1, y1 vg.Length) vg.Rectangle {
		return vg.Rectangle{Min: vg.Point{X: x0, Y: y0}, Max: vg.Point{X: x1, Y: y1}}
	}
	for name, o := range map[string]Obstacles{
		"nothing":         {Bounds: bounds},
		"a line":          {Bounds: bounds, Lines: [][]vg.Point{{{X: 100, Y: 100}, {X: 200, Y: 100}}}},
		"a marker":        {Bounds: bounds, Marks: []vg.Rectangle{box(120, 96, 128, 104)}},
		"a name":          {Bounds: bounds, Boxes: []vg.Rectangle{box(104, 90, 190, 110)}},
		"the edge":        {Bounds: vg.Rectangle{Max: vg.Point{X: 110, Y: 200}}},
		"a corner":        {Bounds: vg.Rectangle{Max: vg.Point{X: 110, Y: 104}}},
		"lines on a side": {Bounds: bounds, Lines: [][]vg.Point{{{X: 104, Y: 0}, {X: 104, Y: 200}}, {{X: 120, Y: 0}, {X: 120, Y: 200}}}},
	} {
		spot := Beside([]Name{{Size: size, Anchors: []vg.Point{anchor}}}, o)[0]
		if cost := o.cost(spot.Box); cost != 0 {
			t.Errorf("%s: the name is at %v, which costs %v", name, spot.Box, cost)
		}
		if right := spot.Box.Min.X > anchor.X && spot.Box.Min.Y < anchor.Y && anchor.Y < spot.Box.Max.Y; right != (name == "nothing") {
			t.Errorf("%s: the name is at %v, the anchor at %v", name, spot.Box, anchor)
		}
	}
}

// Eight names of one point are beside it, none over another.
func TestBesideKeepsNamesApart(t *testing.T) {
	names := make([]Name, 8)
	for i := range names {
		names[i] = Name{Size: vg.Point{X: 40, Y: 10}, Anchors: []vg.Point{{X: 100, Y: 100}}}
	}
	spots := Beside(names, Obstacles{Bounds: vg.Rectangle{Max: vg.Point{X: 200, Y: 200}}})
	for i := range spots {
		for j := range i {
			if overlap(spots[i].Box, spots[j].Box) {
				t.Errorf("names %d and %d overlap: %v, %v", j, i, spots[j].Box, spots[i].Box)
			}
		}
	}
}

// Many names of points that are near each other: some are far from their points, and the lines that join them
// cross no name and pass no other mark, nor is a name written over such a line later.
func TestTheLinesOfFarNamesCrossNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	joined := 0
	for try := range 200 {
		names, o := make([]Name, 8), Obstacles{Bounds: vg.Rectangle{Max: vg.Point{X: 400, Y: 400}}}
		for i := range names {
			anchor := vg.Point{X: vg.Length(170 + 60*random.Float64()), Y: vg.Length(180 + 40*random.Float64())}
			names[i] = Name{Size: vg.Point{X: 40, Y: 10}, Anchors: []vg.Point{anchor}}
			half := vg.Point{X: 3, Y: 3}
			o.Marks = append(o.Marks, vg.Rectangle{Min: anchor.Sub(half), Max: anchor.Add(half)})
		}
		spots := Beside(names, o)
		for i, far := range spots {
			if !far.Far {
				continue
			}
			joined++
			for j, other := range spots {
				if j != i && inside(far.Anchor, far.Nearest(), other.Box) > 0 {
					t.Errorf("try %d: the line from %v to name %d at %v crosses name %d at %v", try, far.Anchor, i, far.Box, j, other.Box)
				}
				if m := o.Marks[j]; j != i && !overlap(m, o.Marks[i]) && inside(far.Anchor, far.Nearest(), m) > 0 {
					t.Errorf("try %d: the line from %v to name %d at %v passes the mark at %v", try, far.Anchor, i, far.Box, m)
				}
			}
		}
	}
	if joined < 50 {
		t.Errorf("%d names are far from their points: too few to see anything", joined)
	}
}

// The length of a segment inside a box, by hand.
func TestInside(t *testing.T) {
	box := vg.Rectangle{Max: vg.Point{X: 10, Y: 10}}
	for _, c := range []struct {
		p, q vg.Point
		want float64
	}{
		{vg.Point{X: -5, Y: 5}, vg.Point{X: 15, Y: 5}, 10},
		{vg.Point{X: 2, Y: 2}, vg.Point{X: 5, Y: 6}, 5},
		{vg.Point{X: -5, Y: 11}, vg.Point{X: 15, Y: 11}, 0},
		{vg.Point{X: 5, Y: 5}, vg.Point{X: 5, Y: 30}, 5},
		{vg.Point{X: 12, Y: 0}, vg.Point{X: 20, Y: 10}, 0},
		{vg.Point{X: -5, Y: 5}, vg.Point{X: 5, Y: -5}, 0},
	} {
		if got := float64(inside(c.p, c.q, box)); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("from %v to %v: %v, want %v", c.p, c.q, got, c.want)
		}
	}
}
