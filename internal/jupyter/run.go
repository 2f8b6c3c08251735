package jupyter

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"rnn101/internal/checkout"
	"rnn101/internal/notebook"
	"rnn101/internal/progress"
)

// An Action is called by [RunAll] for each notebook. It runs the notebook and returns the
// lines of a report about problems. The path for messages is shown; progress is called
// after each code cell.
type Action func(ctx context.Context, repo *checkout.Checkout, name, shown string, progress func(done, total int)) (report []string, err error)

// RunAll calls the action for each notebook, with the given number of jobs at a time, and
// reports problems. The names are absolute paths. The error is not nil if a notebook has
// problems.
func RunAll(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, names []string, jobs int, action Action) error {
	var (
		wait     sync.WaitGroup
		mu       sync.Mutex
		problems int
		done     int
		queue    = make(chan string)
	)
	for range min(jobs, len(names)) {
		wait.Go(func() {
			for name := range queue {
				shown := repo.Rel(name)
				lines, err := action(ctx, repo, name, shown, func(cell, total int) {
					mu.Lock()
					defer mu.Unlock()
					if report.Interactive() {
						report.Step(done+1, len(names), fmt.Sprintf("%s, cell %d of %d", shown, cell, total))
					}
				})
				mu.Lock()
				done++
				switch {
				case err != nil && ctx.Err() == nil:
					problems++
					report.Line("✗ %v", err)
				case len(lines) > 0:
					problems++
					report.Line("✗ %s:", shown)
					for _, line := range lines {
						report.Line("    %s", line)
					}
				case err == nil:
					report.Line("✓ %s (%d of %d)", shown, done, len(names))
				}
				mu.Unlock()
			}
		})
	}
feed:
	for _, name := range names {
		select {
		case queue <- name:
		case <-ctx.Done():
			break feed
		}
	}
	close(queue)
	wait.Wait()
	report.Done()
	if err := ctx.Err(); err != nil {
		return errors.New("interrupted; unfinished notebooks are unchanged")
	}
	if problems > 0 {
		return fmt.Errorf("%d of %d notebooks have problems", problems, len(names))
	}
	return nil
}

// Update is an [Action] that runs a notebook and writes its outputs to the file.
func Update(ctx context.Context, repo *checkout.Checkout, name, shown string, progress func(done, total int)) ([]string, error) {
	committed, err := notebook.Read(name)
	if err != nil {
		return nil, err
	}
	result, err := Execute(ctx, repo, name, progress)
	if err != nil {
		return nil, err
	}
	result.KeepOutputs(committed)
	return nil, result.WriteIfUnchanged(committed)
}

// Compare is an [Action] that runs a copy of a notebook and reports how its outputs differ
// from those in the file.
func Compare(ctx context.Context, repo *checkout.Checkout, name, shown string, progress func(done, total int)) ([]string, error) {
	committed, err := notebook.Read(name)
	if err != nil {
		return nil, err
	}
	committed.Path = shown
	result, err := Execute(ctx, repo, name, progress)
	if err != nil {
		return nil, err
	}
	lines := recorded(committed)
	for _, d := range notebook.Compare(committed, result) {
		lines = append(lines, fmt.Sprintf("cell %s: %s", d.Cell, d.What))
	}
	if len(lines) > 0 {
		lines = append([]string{"it differs from the committed notebook"}, lines...)
	}
	return lines, nil
}

// CompareRecord is an [Action] that does not run the notebook. It reports what can be seen in
// the file: that the code has changed since the outputs were computed, and decimals in the text
// that no output shows.
func CompareRecord(_ context.Context, _ *checkout.Checkout, name, shown string, _ func(done, total int)) ([]string, error) {
	committed, err := notebook.Read(name)
	if err != nil {
		return nil, err
	}
	committed.Path = shown
	return recorded(committed), nil
}

// recorded returns the lines of [CompareRecord].
func recorded(committed *notebook.Notebook) []string {
	var lines []string
	switch committed.Executed() {
	case committed.CodeHash():
	case "":
		lines = append(lines, "it does not record which code its outputs are from. Call: go run ./course run "+committed.Path)
	default:
		lines = append(lines, "its code has changed since it was run. Call: go run ./course run "+committed.Path)
	}
	for _, d := range committed.UncomputedDecimals() {
		lines = append(lines, fmt.Sprintf("cell %s: %s", d.Cell, d.What))
	}
	return lines
}

// CompareWithTags returns an [Action] that runs a copy of a notebook with these build tags,
// separated by commas, and reports how its outputs differ from those in the file.
func CompareWithTags(tags string) Action {
	return func(ctx context.Context, repo *checkout.Checkout, name, shown string, progress func(done, total int)) ([]string, error) {
		committed, err := notebook.Read(name)
		if err != nil {
			return nil, err
		}
		committed.Path = shown
		tagged := committed.Clone()
		flags := &notebook.Cell{ID: "build-tags", Kind: "code", Source: "%goflags -tags=minimal," + tags, Metadata: map[string]any{}}
		tagged.Cells = slices.Insert(tagged.Cells, 0, flags)
		result, err := executeCopy(ctx, repo, tagged, name, progress)
		if err != nil {
			return nil, err
		}
		result.Cells = result.Cells[1:]
		var lines []string
		for _, d := range notebook.CompareElsewhere(committed, result) {
			lines = append(lines, fmt.Sprintf("with the tags %s, cell %s: %s", tags, d.Cell, d.What))
		}
		return lines, nil
	}
}

// RunWithSeed returns an [Action] that runs a copy of a notebook with another seed and
// reports the first cell that fails, such as a claim that does not hold.
func RunWithSeed(seed int) Action {
	return func(ctx context.Context, repo *checkout.Checkout, name, shown string, progress func(done, total int)) ([]string, error) {
		nb, err := notebook.Read(name)
		if err != nil {
			return nil, err
		}
		nb.SetSeed(seed)
		_, err = executeCopy(ctx, repo, nb, name, progress)
		var failed *CellError
		if errors.As(err, &failed) {
			return []string{fmt.Sprintf("with seed %d cell %s fails:", seed, failed.Cell), failed.Message}, nil
		}
		return nil, err
	}
}

// executeCopy executes a changed copy of the notebook with this name, in a folder of its own.
func executeCopy(ctx context.Context, repo *checkout.Checkout, changed *notebook.Notebook, name string, progress func(done, total int)) (*notebook.Notebook, error) {
	folder, err := os.MkdirTemp("", "rnn101-copy-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	changed.Path = filepath.Join(folder, filepath.Base(name))
	if err := changed.Write(); err != nil {
		return nil, err
	}
	return Execute(ctx, repo, changed.Path, progress)
}

// WithSeed returns the notebooks that declare the constant seed.
func WithSeed(names []string) ([]string, error) {
	var kept []string
	for _, name := range names {
		nb, err := notebook.Read(name)
		if err != nil {
			return nil, err
		}
		if nb.HasSeed() {
			kept = append(kept, name)
		}
	}
	if len(kept) == 0 {
		return nil, errors.New("none of the notebooks has a code cell with a line like: const seed = 1")
	}
	return kept, nil
}
