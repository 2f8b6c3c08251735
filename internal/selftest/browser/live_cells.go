package browser

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"rnn101/internal/checkout"
	"rnn101/internal/notebook"
	"rnn101/internal/progress"
)

// Cells lists the pages whose cells are all run and compared.
type Cells struct {
	Site      string            // the folder
	Notebooks map[string]string // the notebook of each page, by its address relative to Site
	// Differ has the cells that show other things on a page than in the kernel, with the reason, by the
	// name of the notebook and the cell. One that does not differ any more is a problem.
	Differ map[string]string
	// Long has the cells that are left out, with the reason, as Differ.
	Long    map[string]string
	Firefox bool // the browser is a Firefox
}

// liveCells is what live_cells.py does.
type liveCells struct {
	Site     string              `json:"site"`
	Browser  string              `json:"browser"`
	Firefox  bool                `json:"firefox"`
	Pages    []string            `json:"pages"`
	LeaveOut map[string][]string `json:"leave_out"` // cells by page
	Limit    float64             `json:"limit"`     // seconds for a cell
}

// ranCell is what a cell showed.
type ranCell struct {
	Page, ID, End string
	Seconds       float64
	Outputs       []struct{ MIME, Content, Name, Text string }
}

// A cell may take mostSeconds. The metadata of one that takes slowSeconds should say so, for the page tells
// its reader: what is missing there is reported, and is no fault, since machines differ.
const (
	slowSeconds = 10
	mostSeconds = 1200
)

// TestCells runs all cells of pages and compares what they show with the committed outputs, as course run
// --check does. What a reader should not see is a Problems.
func TestCells(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, program string, c Cells) error {
	pages, err := c.longestFirst()
	if err != nil {
		return err
	}
	waiting := make(chan string, len(pages))
	for _, page := range pages {
		waiting <- page
	}
	close(waiting)
	var mu sync.Mutex
	var problems Problems
	_, err = inParts(len(pages), func(int, int) error {
		var broken []error // a page that cannot be tested leaves the others to be tested
		for page := range waiting {
			ran, found, err := c.run(ctx, repo, report, program, page)
			if err != nil {
				broken = append(broken, fmt.Errorf("%s: %w", page, err))
				continue
			}
			different, seen, err := c.compare(c.Notebooks[page], ran)
			if err != nil {
				broken = append(broken, fmt.Errorf("%s: %w", page, err))
				continue
			}
			mu.Lock()
			for _, problem := range different {
				report.Line("✗ %s", problem)
			}
			problems = append(append(problems, found...), different...)
			if c.Firefox {
				seen += ", in Firefox"
			}
			report.Line("✓ %s: %s", page, seen)
			mu.Unlock()
		}
		return errors.Join(broken...)
	})
	return joined(problems, err)
}

// longestFirst returns the pages in the order in which two browsers are done with them soonest.
func (c Cells) longestFirst() ([]string, error) {
	seconds := map[string]int{}
	for page, file := range c.Notebooks {
		committed, err := notebook.Read(file)
		if err != nil {
			return nil, err
		}
		for _, cell := range committed.Cells {
			seconds[page] += 1 + cell.LiveSeconds()
		}
	}
	return slices.SortedFunc(maps.Keys(seconds), func(a, b string) int {
		return cmp.Or(cmp.Compare(seconds[b], seconds[a]), cmp.Compare(a, b))
	}), nil
}

// run runs the cells of a page.
func (c Cells) run(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, program, page string) (ran []ranCell, problems Problems, err error) {
	leaveOut := map[string][]string{}
	for cell := range c.Long {
		if name, id, _ := strings.Cut(cell, " "); name == path.Base(c.Notebooks[page]) {
			leaveOut[page] = append(leaveOut[page], id)
		}
	}
	job := liveCells{c.Site, program, c.Firefox, []string{page}, leaveOut, mostSeconds}
	err = runJob(ctx, repo, report, "live_cells.py", job, func(line []byte) {
		var message struct{ Cell ranCell }
		if json.Unmarshal(line, &message) == nil && message.Cell.Page != "" {
			ran = append(ran, message.Cell)
		}
	})
	if errors.As(err, &problems) {
		err = nil
	}
	return ran, problems, err
}

// compare compares the cells that ran with those of a notebook.
func (c Cells) compare(file string, ran []ranCell) (problems Problems, seen string, err error) {
	committed, err := notebook.Read(file)
	if err != nil {
		return nil, "", err
	}
	byID := map[string]ranCell{}
	for _, r := range ran {
		byID[r.ID] = r
	}
	equal, different, slowest, unsaid := 0, 0, ranCell{}, ""
	for _, cell := range committed.Cells {
		name := path.Base(file) + " " + cell.ID
		if cell.Kind != "code" || c.Long[name] != "" || onlyComments.MatchString(cell.Source) {
			continue
		}
		r, ok := byID[cell.ID]
		if !ok {
			problems = append(problems, name+": the page did not run it")
			continue
		}
		if r.Seconds > slowest.Seconds {
			slowest = r
		}
		if r.Seconds > slowSeconds && cell.LiveSeconds() == 0 {
			unsaid += fmt.Sprintf("; the metadata of %s do not say that it is slow, it took %.0f s", cell.ID, r.Seconds)
		}
		what := r.differs(cell)
		switch reason := c.Differ[name]; {
		case what == "" && reason != "":
			problems = append(problems, fmt.Sprintf("%s does not differ any more, as the list says: %s", name, reason))
		case what == "":
			equal++
		case reason != "" && r.End == "":
			different++
		default:
			problems = append(problems, name+": "+what)
		}
	}
	return problems, fmt.Sprintf("%d cells as in the kernel, %d known to differ; the slowest, %s, took %.1f s%s", equal, different, slowest.ID, slowest.Seconds, unsaid), nil
}

// onlyComments matches the code of a cell that has nothing to run.
var onlyComments = regexp.MustCompile(`^(\s|//.*)*$`)

// differs returns how what a cell showed differs from its committed outputs, or "".
func (r ranCell) differs(cell *notebook.Cell) string {
	if r.End != "" {
		return r.End
	}
	shown := *cell
	shown.Outputs = nil
	for _, o := range r.Outputs {
		if o.MIME == "" {
			shown.Outputs = append(shown.Outputs, notebook.Output{Kind: "stream", Name: o.Name, Text: o.Text})
		} else {
			shown.Outputs = append(shown.Outputs, notebook.Output{Kind: "display_data", Data: map[string]string{o.MIME: o.Content}})
		}
	}
	one := func(c *notebook.Cell) *notebook.Notebook { return &notebook.Notebook{Cells: []*notebook.Cell{c}} }
	if found := notebook.CompareElsewhere(one(cell), one(&shown)); len(found) > 0 {
		return found[0].What
	}
	return ""
}
