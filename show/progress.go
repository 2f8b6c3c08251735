package show

import (
	"fmt"
	"math"
	"time"
)

// ProgressLine is a line that shows the progress of a computation.
type ProgressLine struct {
	label string
	steps int
	id    string
	begin time.Time
	last  time.Time
}

// Progress shows a line with the number of steps done and an estimate of the seconds left. It is
// updated in place a few times per second. The final line contains no times, so that another run
// leaves the same notebook.
//
//	progress := show.Progress("training", 1000)
//	for i := range 1000 {
//		…
//		progress.Step(i + 1)
//	}
//
// It panics unless steps is positive.
func Progress(label string, steps int) *ProgressLine {
	if steps < 1 {
		panic(mistake("Progress", "%d steps: must be at least 1", steps))
	}
	p := &ProgressLine{label: label, steps: steps, id: "progress_" + uniqueID(), begin: time.Now()}
	p.write(texts.Text("progress.begin", label, steps))
	return p
}

// Step reports how many steps are done. The last step completes the line.
func (p *ProgressLine) Step(done int) {
	now := time.Now()
	switch {
	case done >= p.steps:
		p.write(p.line(done, 0))
		if !inNotebook() {
			fmt.Println(p.line(done, 0))
		}
	case now.Sub(p.last) > 300*time.Millisecond && done > 0:
		p.last = now
		p.write(p.line(done, now.Sub(p.begin)))
	}
}

// line returns the text after a number of steps that took a time.
func (p *ProgressLine) line(done int, took time.Duration) string {
	if done >= p.steps {
		return texts.Text("progress.done", p.label, p.steps)
	}
	left := took.Seconds() * float64(p.steps-done) / float64(done)
	return texts.Text("progress.running", p.label, done, p.steps, int(math.Ceil(left)))
}

// write replaces the line in the notebook.
func (p *ProgressLine) write(line string) {
	if !inNotebook() {
		return
	}
	deliver(markdownType, line, p.id)
}
