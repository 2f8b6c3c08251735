package show

import (
	"fmt"
	"math"
	"time"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// Work is a line that reports the progress of some work.
type Work struct {
	what  string
	steps int
	id    string
	begin time.Time
	last  time.Time
}

// Progress shows a line that reports how many steps of some work are done and about how
// many seconds are left. The line is updated in place a few times a second. The last one
// has no times, so that a second run leaves the same notebook.
//
//	work := show.Progress("training", 1000)
//	for i := range 1000 {
//		…
//		work.Step(i + 1)
//	}
//
// It panics unless steps is positive.
func Progress(what string, steps int) *Work {
	if steps < 1 {
		panic(fmt.Sprintf("show: Progress: %d steps: at least 1 is needed", steps))
	}
	w := &Work{what: what, steps: steps, id: "progress_" + gonbui.UniqueId(), begin: time.Now()}
	w.write(texts.Text("progress.begin", what, steps))
	return w
}

// Step reports how many steps are done. The last step completes the line.
func (w *Work) Step(done int) {
	now := time.Now()
	switch {
	case done >= w.steps:
		w.write(w.line(done, 0))
		if !gonbui.IsNotebook {
			fmt.Println(w.line(done, 0))
		}
	case now.Sub(w.last) > 300*time.Millisecond && done > 0:
		w.last = now
		w.write(w.line(done, now.Sub(w.begin)))
	}
}

// line is the text after so many steps, which took so long.
func (w *Work) line(done int, took time.Duration) string {
	if done >= w.steps {
		return texts.Text("progress.done", w.what, w.steps)
	}
	left := took.Seconds() * float64(w.steps-done) / float64(done)
	return texts.Text("progress.running", w.what, done, w.steps, int(math.Ceil(left)))
}

// write puts the line in place of the one before.
func (w *Work) write(line string) {
	if !gonbui.IsNotebook {
		return
	}
	gonbui.SendData(&protocol.DisplayData{
		Data:      map[protocol.MIMEType]any{protocol.MIMETextMarkdown: line},
		DisplayID: w.id,
	})
	gonbui.Sync()
	if err := gonbui.Error(); err != nil {
		panic(fmt.Sprintf("show: the kernel did not take the output: %v", err))
	}
}
