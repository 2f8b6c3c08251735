package show

import (
	"fmt"
	"math"
	"time"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// Work is a line that tells how far long work has come.
type Work struct {
	what  string
	steps int
	id    string
	begin time.Time
	last  time.Time
}

// Progress begins a line that tells how far long work of so many steps has come, and
// how long it will still take. The line is rewritten in place a few times a second.
// What stays in the notebook has no times, so that a second run gives the same.
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

// Step says how many steps are done. With the last one the line comes to its end.
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
