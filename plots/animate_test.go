package plots_test

import (
	"bytes"
	"fmt"
	"image"
	"image/gif"
	"image/png"
	"math"
	"strings"
	"testing"

	"rnn101/plots"
)

// descents are frames of a line that grows to n points on the same axes.
func descents(t *testing.T, n int) []*plots.Figure {
	t.Helper()
	var frames []*plots.Figure
	for k := 2; k <= n; k++ {
		line := sampled("loss", 0, float64(k-1), k, func(x float64) float64 { return math.Exp(-x / 3) })
		f, err := plots.Curves(plots.CurvesOptions{Title: "The loss falls", X: "step", Y: "loss",
			Include: []plots.Point{{}, {X: float64(n - 1), Y: 1}}}, line)
		if err != nil {
			t.Fatal(err)
		}
		frames = append(frames, f)
	}
	return frames
}

func TestAnimationPlaysOnceAndEndsOnItsLastFrame(t *testing.T) {
	frames := descents(t, 8)
	last := frames[len(frames)-1]
	a, err := plots.Animate(frames, 3)
	if err != nil {
		t.Fatal(err)
	}
	data, err := a.GIF()
	if err != nil {
		t.Fatal(err)
	}
	g, err := gif.DecodeAll(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(data, []byte("NETSCAPE")) {
		t.Error("the GIF says how often it is repeated: it must play once")
	}
	if len(g.Image) != len(frames) {
		t.Errorf("there are %d frames, want %d", len(g.Image), len(frames))
	}
	time := 0
	for _, delay := range g.Delay[:len(g.Delay)-1] {
		time += delay
	}
	if time != 300 {
		t.Errorf("the last frame comes after %d hundredths of a second, want 300", time)
	}

	still, err := last.PNG()
	if err != nil {
		t.Fatal(err)
	}
	want, err := png.Decode(bytes.NewReader(still))
	if err != nil {
		t.Fatal(err)
	}
	seen := image.NewRGBA(want.Bounds())
	for _, part := range g.Image {
		for y := part.Rect.Min.Y; y < part.Rect.Max.Y; y++ {
			for x := part.Rect.Min.X; x < part.Rect.Max.X; x++ {
				seen.Set(x, y, part.At(x, y))
			}
		}
	}
	for y := range want.Bounds().Dy() {
		for x := range want.Bounds().Dx() {
			r1, g1, b1, _ := want.At(x, y).RGBA()
			r2, g2, b2, _ := seen.At(x, y).RGBA()
			for _, pair := range [][2]uint32{{r1, r2}, {g1, g2}, {b1, b2}} {
				if d := int(pair[0]>>8) - int(pair[1]>>8); d < -16 || d > 16 {
					t.Fatalf("the last pixel (%d, %d) is %v, in the figure it is %v", x, y, seen.At(x, y), want.At(x, y))
				}
			}
		}
	}

	if !strings.HasPrefix(a.Alt(), last.Alt()) || !strings.Contains(a.Alt(), "animation of 7 pictures") {
		t.Errorf("the alternative text is %q", a.Alt())
	}
	if got, err := a.PNG(); err != nil || !bytes.Equal(got, still) {
		t.Errorf("the PNG is not the last frame (%v)", err)
	}
	if len(data) > 200_000 {
		t.Errorf("the GIF has %d bytes: only what changes should be in it", len(data))
	}
}

func TestAnimateSaysWhatIsWrong(t *testing.T) {
	frames := descents(t, 5)
	other, err := plots.Truncated(4, 2)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		frames  []*plots.Figure
		seconds float64
		says    string
	}{
		"no frame":        {nil, 1, "0 frames"},
		"one frame":       {frames[:1], 1, "1 frames"},
		"a missing frame": {[]*plots.Figure{frames[0], nil, frames[2]}, 1, "frame 1 is nil"},
		"no last frame":   {[]*plots.Figure{frames[0], nil}, 1, "frame 1 is nil"},
		"another size":    {[]*plots.Figure{frames[0], other}, 1, "frame 1 has another size"},
		"no time":         {frames, 0, "more than 0"},
		"a time of NaN":   {frames, math.NaN(), "NaN seconds"},
		"too long":        {frames, 5.1, "at most 5"},
		"too fast to see": {frames, 0.05, "at most 3 can be seen"},
	} {
		a, err := plots.Animate(c.frames, c.seconds)
		if a != nil || err == nil || !strings.Contains(fmt.Sprint(err), c.says) || !strings.HasPrefix(fmt.Sprint(err), "plots: Animate: ") {
			t.Errorf("%s: the error is %v, want %q in it", name, err, c.says)
		}
	}
}
