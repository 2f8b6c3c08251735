package site

import (
	"errors"
	"fmt"
	"path/filepath"

	"rnn101/internal/progress"
)

// Print tells what an export made, or everything that is in the way of it. It takes the
// results of Export and returns the error to end with.
func Print(report *progress.Reporter, o Options, made *Summary, err error) error {
	var refused Refused
	if errors.As(err, &refused) {
		for _, diagnostic := range refused {
			report.Line("✗ %s", diagnostic)
		}
		return fmt.Errorf("nothing was written: %d things that a reader should not see", len(refused))
	}
	if err != nil {
		return err
	}
	for _, warning := range made.Warnings {
		report.Line("! %s", warning)
	}
	var pages, media, largest int
	if len(made.Pages) > 0 {
		fmt.Printf("%-44s %9s %14s %9s %8s\n", "page", "page, KB", "with it, KB", "formulas", "s")
	}
	for _, w := range made.Pages {
		fmt.Printf("%-44s %9.0f %14.0f %9d %8.2f\n", w.Page, float64(w.Bytes)/1e3, float64(w.Media)/1e3, w.Formulas, w.Seconds)
		pages, media, largest = pages+w.Bytes, media+w.Media, max(largest, w.Bytes)
	}
	fmt.Printf("%d pages made, %d unchanged, in %.1f s. ", len(made.Pages), made.Unchanged, made.Took.Seconds())
	if len(made.Pages) > 0 {
		fmt.Printf("Pages %.1f MB, the largest %.0f KB; images and sounds %.1f MB", float64(pages)/1e6, float64(largest)/1e3, float64(media)/1e6)
		if made.Others > 0 {
			fmt.Printf("; what all pages share %.0f KB", float64(made.Others)/1e3)
		}
		fmt.Print(".")
	}
	fmt.Println()
	start := made.Start
	if start == "" && len(made.Pages) > 0 {
		start = made.Pages[0].Page
	}
	fmt.Println("Open", filepath.Join(o.Out, filepath.FromSlash(start)))
	return nil
}
