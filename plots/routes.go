package plots

import (
	"fmt"
	"strings"

	"rnn101/plots/internal/format"
	"rnn101/plots/internal/unrolled"
)

// Routes draws, on the net unrolled in time, the paths on which the loss of one step
// reaches the matrix W. The direct path ends at the copy of W that led to the state
// of that step; each indirect path goes back through earlier states to an earlier
// copy. With through = k only the path that ends at the copy of step k is drawn; 0
// draws all.
//
// It panics unless 1 ≤ loss ≤ steps and 0 ≤ through ≤ loss.
func Routes(steps, loss, through int) (*Figure, error) {
	if loss < 1 || loss > steps || through < 0 || through > loss {
		panic(fmt.Sprintf("plots: Routes(%d, %d, %d): the loss must be from 1 to %d, through from 0 to the loss", steps, loss, through, steps))
	}
	symbol := format.Subscript("L", loss)
	alt := []string{texts.Text("routes.alt", steps, symbol)}
	var paths []unrolled.Path
	nodes := []string{format.Subscript("ŷ", loss)}
	for k := loss; k >= 1; k-- {
		nodes = append(nodes, format.Subscript("h", k))
		if through != 0 && through != k {
			continue
		}
		name := texts.Text("routes.direct")
		if k < loss {
			name = texts.Text("routes.through", format.Subscript("h", k))
		}
		paths = append(paths, unrolled.Path{Copy: k, Name: name})
		alt = append(alt, texts.Text("routes.one", name, strings.Join(nodes, ", "), format.CopyOfW(k)))
	}
	return newFigure(unrolled.DrawPaths(steps, loss, paths, texts.Text("routes.title", symbol)), strings.Join(alt, " "))
}
