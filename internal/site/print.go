package site

import (
	"errors"
	"fmt"
	"path/filepath"

	"rnn101/internal/progress"
)

// Print prints the summary of an export, or all problems that prevented it. It takes the results of
// Export and returns an error for the command to end with.
func Print(report *progress.Reporter, o Options, summary *Summary, err error) error {
	var refused Refused
	if errors.As(err, &refused) {
		for _, diagnostic := range refused {
			report.Line("✗ %s", diagnostic)
		}
		return fmt.Errorf("nothing was written because of %d problems in the pages", len(refused))
	}
	if err != nil {
		return err
	}
	for _, warning := range summary.Warnings {
		report.Line("! %s", warning)
	}
	var pages, media, largest int
	if len(summary.Pages) > 0 {
		fmt.Printf("%-44s %9s %14s %9s %8s\n", "page", "page, KB", "media, KB", "formulas", "s")
	}
	for _, p := range summary.Pages {
		fmt.Printf("%-44s %9.0f %14.0f %9d %8.2f\n", p.Page, float64(p.Bytes)/1e3, float64(p.Media)/1e3, p.Formulas, p.Seconds)
		pages, media, largest = pages+p.Bytes, media+p.Media, max(largest, p.Bytes)
	}
	fmt.Printf("%d pages made, %d unchanged, in %.1f s. ", len(summary.Pages), summary.Unchanged, summary.Duration.Seconds())
	if len(summary.Pages) > 0 {
		fmt.Printf("Pages %.1f MB, the largest %.0f KB; images and sounds %.1f MB", float64(pages)/1e6, float64(largest)/1e3, float64(media)/1e6)
		if summary.SharedBytes > 0 {
			fmt.Printf("; shared files %.0f KB", float64(summary.SharedBytes)/1e3)
		}
		fmt.Print(".")
	}
	fmt.Println()
	if summary.Net.Bytes > 0 {
		fmt.Printf("%s: %.2f MB, %.2f MB packed by gzip.\n", NetPage, float64(summary.Net.Bytes)/1e6, float64(summary.Net.Packed)/1e6)
	}
	if live := summary.Live; live.Engine > 0 {
		fmt.Printf("Cells can be run: each page loads %.0f KB more, and at the first run %.1f MB, packed by gzip; the files for it have %.1f MB.\n",
			float64(live.Page)/1e3, float64(live.Engine)/1e6, float64(live.Files)/1e6)
	}
	start := summary.Start
	if start == "" && len(summary.Pages) > 0 {
		start = summary.Pages[0].Page
	}
	fmt.Println("Open", filepath.Join(o.Out, filepath.FromSlash(start)))
	return nil
}
