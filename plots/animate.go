package plots

import "rnn101/plots/internal/figure"

// Animation is a chart that moves: it plays once and ends on its last frame.
type Animation = figure.Animation

// Animate returns a chart that shows frames one after the other, in a number of seconds
// from the first to the last, which stays. That frame must say all, because a print shows
// it alone: the alternative text is its own, with a sentence that it is animated. Frames
// should have the same axes ([CurvesOptions].Include). Each adds some 20 KB.
//
// It returns an error unless there are at least two frames, all of one size, and at most
// five seconds, with at least a fiftieth for each frame.
func Animate(frames []*Figure, seconds float64) (*Animation, error) {
	alt := ""
	if n := len(frames); n > 0 && frames[n-1] != nil {
		alt = texts.Text("animate.alt", frames[n-1].Alt(), n)
	}
	return figure.Animate(frames, seconds, alt)
}
