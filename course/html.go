package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"

	"rnn101/course/environment"
	"rnn101/course/progress"
	"rnn101/course/site"
	"rnn101/course/worksheet"
	"rnn101/internal/lang"
)

const htmlHelp = `usage: go run ./course html [--out DIR] [--single-file] [NOTEBOOK…]
       go run ./course html --worksheet [--lang TAG] [--out DIR]

Makes pages of notebooks, for readers who have nothing installed: they open by a double
click, without a network, on a phone, in the dark, on paper. Without names it makes the
site of the course in the folder site; named notebooks, the course's or your own of the
kernel Go (gonb), become a site in the folder site beside them. What stands in the
folder and was not made by this command is never touched. Called again it makes what
has changed.

  --out DIR            the folder to write to
  --single-file        each named notebook as one file that needs no other, to be
                       mailed; written to the working folder unless --out names one
  --solutions-at-end   on paper, put the worked solutions at the end; without it they
                       are left out of the print, and folded on the screen
  --worksheet          the lecture's example to print on A4, with blanks for the
                       numbers, and its key: worksheet.html and worksheet-key.html,
                       written to the working folder unless --out names one
  --lang TAG           the language of the worksheet, such as ko (default: en)
  --jobs N             notebooks at a time (default: 2, or 1 on one processor)

Nothing is written if a reader would stumble: an image without alternative text, a
formula that does not parse, a link that leads nowhere, a heading level left out, an
output that is an error or, in the course, not of the code above it.
`

func html(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("html", flag.ContinueOnError)
	out := flags.String("out", "", "")
	single := flags.Bool("single-file", false, "")
	atEnd := flags.Bool("solutions-at-end", false, "")
	sheet := flags.Bool("worksheet", false, "")
	language := flags.String("lang", lang.English, "")
	jobs := flags.Int("jobs", min(2, runtime.NumCPU()), "")
	named, err := parse(flags, args, htmlHelp)
	if err != nil {
		return err
	}
	if *jobs < 1 {
		return usage("--jobs takes a number from 1 on")
	}
	if *single && len(named) == 0 {
		return usage("--single-file needs the names of notebooks")
	}
	if *sheet && (*single || *atEnd || len(named) > 0) {
		return usage("--worksheet stands alone: it takes --lang and --out, and no notebooks")
	}
	if err := lang.Check(*language); err != nil {
		return usage("--lang: %v", err)
	}
	names, err := absolute(named)
	if err != nil {
		return err
	}
	place, report, err := ready(ctx, environment.PageMaker)
	if err != nil {
		return err
	}
	if *sheet {
		return makeWorksheet(ctx, place, report, *language, *out)
	}
	o := site.Options{Notebooks: names, Out: *out, Single: *single, SolutionsAtEnd: *atEnd, Jobs: *jobs}
	if len(names) == 0 {
		o.Course = true
		if o.Notebooks, err = courseNotebooks(place); err != nil {
			return err
		}
	}
	switch {
	case o.Out != "":
	case o.Single:
		o.Out = "."
	case o.Course:
		o.Out = filepath.Join(place.Root, "site")
	default:
		o.Out = filepath.Join(filepath.Dir(names[0]), "site")
	}
	if o.Out, err = filepath.Abs(o.Out); err != nil {
		return err
	}
	made, err := site.Export(ctx, place, o, report)
	return tell(report, o, made, err)
}

// makeWorksheet writes the worksheet and its key.
func makeWorksheet(ctx context.Context, place *environment.Place, report *progress.Reporter, language, out string) error {
	if out == "" {
		out = "."
	}
	out, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	made, err := site.ExportSheets(ctx, place, []site.Sheet{
		{Name: "worksheet", Language: language, Notebook: worksheet.New(language, false)},
		{Name: "worksheet-key", Language: language, Notebook: worksheet.New(language, true)},
	}, site.Options{Out: out}, report)
	return tell(report, site.Options{Out: out}, made, err)
}

// absolute keeps names from depending on the working folder.
func absolute(names []string) ([]string, error) {
	names = slices.Clone(names)
	for i, name := range names {
		full, err := filepath.Abs(name)
		if err != nil {
			return nil, err
		}
		names[i] = full
	}
	return names, nil
}

// tell says what was made, or all that is in the way.
func tell(report *progress.Reporter, o site.Options, made *site.Summary, err error) error {
	var refused site.Refused
	if errors.As(err, &refused) {
		for _, complaint := range refused {
			report.Line("✗ %s", complaint)
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
	fmt.Printf("%d pages made, %d unchanged, in %.1f s. ", len(made.Pages), made.Unmade, made.Took.Seconds())
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
