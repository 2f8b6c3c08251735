package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"rnn101/internal/fix"
	"rnn101/internal/grading/release"
	"rnn101/internal/jupyter"
	"rnn101/internal/lang"
	"rnn101/internal/lang/system"
	"rnn101/internal/setup"
	"rnn101/internal/site"
	"rnn101/internal/site/live"
	"rnn101/internal/site/net"
	"rnn101/internal/worksheet"
)

// defaultJobs is how many notebooks or students are processed at a time.
var defaultJobs = min(2, runtime.NumCPU())

func labCommand() *command {
	c := newCommand("lab", "", "open the notebooks in JupyterLab", `
Lab opens the notebooks of the course in JupyterLab. It runs setup first if needed. The
page of the net, to which notebooks link, is at /static/net.html of the same server.
Ctrl-C stops JupyterLab and its kernels.

The notebooks are in English, and in Korean in their folder ko. Lab opens the edition in
the language of your system, English if there is none, with JupyterLab in that language
too; --lang chooses another.`)
	noBrowser := c.flags.Bool("no-browser", false, "print the address without opening a browser")
	port := c.flags.Int("port", 0, "listen on port `N` (default: the first free one from 8888)")
	folder := c.flags.String("folder", "", "open the folder `DIR` instead of the course's notebooks")
	language := c.flags.String("lang", "", "open the edition in a language, a `TAG` such as ko (default: the language of the system)")
	c.run = func(ctx context.Context, names []string) error {
		if err := c.noNames(names); err != nil {
			return err
		}
		if *port < 0 || *port > 65535 {
			return c.usage("--port must be from 1 to 65535, not %d", *port)
		}
		if *language == "" {
			*language = system.Tag()
		}
		if err := lang.Check(*language); err != nil {
			return c.usage("--lang: %v", err)
		}
		if *folder != "" {
			if info, err := os.Stat(*folder); err != nil || !info.IsDir() {
				return fmt.Errorf("%s is not a folder, or cannot be opened", *folder)
			}
		}
		open, err := absolute(*folder)
		if err != nil {
			return err
		}
		repo, _, err := setup.Ready(ctx)
		if err != nil {
			return err
		}
		if err := setup.CheckKernel(ctx, repo); err != nil {
			return err
		}
		// The server's folder holds all editions, so that one links to the other.
		o := jupyter.Options{Folder: filepath.Join(repo.Root, repo.EditionFolder(lang.English)), Start: filepath.ToSlash(repo.FirstNotebook(*language)), Port: *port, Open: !*noBrowser, Locale: lang.Locale(*language)}
		if open != "" {
			o.Folder, o.Start = open, ""
		}
		// The first time this takes up to a minute, for which nobody should wait.
		o.Static = filepath.Join(repo.Venv(), "net", "static")
		go func() {
			if err := net.MakeIn(ctx, repo, o.Static, *language); err != nil && ctx.Err() == nil {
				fmt.Fprintln(os.Stderr, "The notebooks' links to the page of the net do not work:", err)
			}
		}()
		server, err := jupyter.Serve(ctx, repo, o)
		if ctx.Err() != nil {
			return errors.New("stopped")
		}
		if err != nil {
			return err
		}
		fmt.Printf("JupyterLab is at\n\n    %s\n\nCtrl-C stops it.\n", server.URL())
		select {
		case <-ctx.Done():
			fmt.Fprintln(os.Stderr, "\nStopping JupyterLab and its kernels …")
			server.Stop(10 * time.Second)
			return nil
		case <-server.Done():
			return fmt.Errorf("JupyterLab exited unexpectedly (%v). Its kernels may still be running. Its log is %s", server.Err(), server.Log)
		}
	}
	return c
}

func setupCommand() *command {
	c := newCommand("setup", "[DIR]", "install what the other commands need", `
Setup installs what lab, run and test need into the folder .venv of the checkout:
JupyterLab, the Go kernel and its registration, a warm build cache. It needs Go, Python
3.10 or newer and, the first time, a network; that takes two to five minutes. Called
again, it does only what is still needed. To start over, remove .venv.

With --teacher it installs nbgrader as well, which needs Python 3.11 or newer, and makes
the folder DIR an nbgrader course with the assignments of this one. Files in DIR are kept;
paths in its settings that no longer exist are corrected. Open it with:
go run ./course lab --folder DIR`)
	teacher := c.flags.Bool("teacher", false, "install nbgrader as well")
	c.run = func(ctx context.Context, names []string) error {
		switch {
		case !*teacher && len(names) > 0:
			return c.usage("the folder %q needs --teacher", names[0])
		case len(names) > 1:
			return c.usage("at most one folder can be named, got %q as well", names[1])
		}
		var extra []setup.Extra
		if *teacher {
			extra = append(extra, setup.Nbgrader)
		}
		folders, err := absolutes(names) // before anything that takes time
		if err != nil {
			return err
		}
		repo, _, err := setup.Ready(ctx, extra...)
		if err != nil {
			return err
		}
		if err := setup.CheckKernel(ctx, repo); err != nil {
			return err
		}
		if len(folders) == 0 {
			fmt.Println("Ready. Open the notebooks with: go run ./course lab")
			return nil
		}
		changes, err := release.UpdateNbgraderConfig(repo, folders[0])
		if err != nil {
			return err
		}
		for _, change := range changes {
			fmt.Println(change)
		}
		if err := release.MakeNbgraderCourse(repo, folders[0]); err != nil {
			return err
		}
		fmt.Printf("Ready. Open your course with: go run ./course lab --folder %q\n", folders[0])
		return nil
	}
	return c
}

func runCommand() *command {
	c := newCommand("run", "[NOTEBOOK...]", "run notebooks in place, or check their outputs", `
Run runs notebooks from top to bottom, each in a new kernel, and writes the outputs into
the files. Without names it runs all notebooks of the course. Outputs that equal those in
the file are not rewritten, and nothing else in a notebook of your own: its metadata, the
ids of its cells and the layout of the file stay. A notebook with a cell that fails is
left unchanged.`)
	check := c.flags.Bool("check", false, "run copies and report every output that differs from the file, and every decimal in the text that no output shows; change nothing")
	seed := c.flags.Int("seed", 0, "run copies of the notebooks that declare the constant seed, with `N` as its value, and report the claims that do not hold; change nothing")
	jobs := c.flags.Int("jobs", defaultJobs, "run `N` notebooks at a time")
	c.run = func(ctx context.Context, names []string) error {
		if *jobs < 1 {
			return c.usage("--jobs must be at least 1, not %d", *jobs)
		}
		if *seed < 0 {
			return c.usage("--seed must be at least 1, not %d", *seed)
		}
		if *seed > 0 && *check {
			return c.usage("--seed and --check cannot be combined")
		}
		files, err := absolutes(names)
		if err != nil {
			return err
		}
		repo, report, err := setup.Ready(ctx)
		if err != nil {
			return err
		}
		if len(files) == 0 {
			if files, err = repo.Notebooks(); err != nil {
				return err
			}
		}
		if err := setup.CheckKernel(ctx, repo); err != nil {
			return err
		}
		action := jupyter.Update
		switch {
		case *check:
			action = jupyter.Compare
		case *seed > 0:
			action = jupyter.RunWithSeed(*seed)
			if files, err = jupyter.WithSeed(files); err != nil {
				return err
			}
		}
		return jupyter.RunAll(ctx, repo, report, files, *jobs, action)
	}
	return c
}

func htmlCommand() *command {
	c := newCommand("html", "[NOTEBOOK...]", "export notebooks as web pages", `
Html exports notebooks as pages for readers who have nothing installed: they open with a
double click and work without a network, on a phone, in dark mode and on paper. Without
names it exports the course into the folder site, with net.html, the lecture's net to
change and to ask: one file, which can be mailed. Named notebooks, of the course or your
own, of any kernel, are exported into a folder site beside them. Other files in that
folder are never touched. Called again, it exports what has changed.

It names each fault of a notebook: an image without alternative text, a formula that does
not parse, a broken link, a skipped heading level, an output that is an error or not from
the current code, and what a page cannot show, such as a program or a video from the
network; a note stands in its place. In the course, and with --strict, nothing is written
if there is a fault.

With --live the reader can run and change the code cells in the browser, with nothing
installed. The engine for it is loaded when the first cell is run.

With --worksheet it writes the lecture's example for print on A4, with blanks for the
numbers, and its solution: worksheet.html and worksheet-key.html.`)
	out := c.flags.String("out", "", "write to the folder `DIR`; for --single-file and --worksheet the default is the working folder")
	single := c.flags.Bool("single-file", false, "write each named notebook as one self-contained file, for mailing")
	atEnd := c.flags.Bool("solutions-at-end", false, "print the worked solutions at the end of the page; by default they are not printed, and are folded on the screen")
	strict := c.flags.Bool("strict", false, "write nothing if a notebook has a fault; in the course it is always so")
	runs := c.flags.Bool("live", false, "let the reader run and change the code cells in the browser; they need GoNB as their kernel")
	sheet := c.flags.Bool("worksheet", false, "write the worksheet and its solution; can be combined with --lang and --out only")
	language := c.flags.String("lang", lang.English, "the language of the worksheet, a `TAG` such as ko")
	jobs := c.flags.Int("jobs", defaultJobs, "export `N` pages at a time")
	c.run = func(ctx context.Context, names []string) error {
		switch {
		case *jobs < 1:
			return c.usage("--jobs must be at least 1, not %d", *jobs)
		case *single && len(names) == 0:
			return c.usage("--single-file needs at least one notebook")
		case *single && *runs:
			return c.usage("--live cannot be combined with --single-file: the engine is a file of its own")
		case *sheet && (*single || *atEnd || *strict || *runs || len(names) > 0):
			return c.usage("--worksheet can be combined with --lang and --out only, and with no notebooks")
		}
		if err := lang.Check(*language); err != nil {
			return c.usage("--lang: %v", err)
		}
		files, err := absolutes(names)
		if err != nil {
			return err
		}
		folder, err := absolute(*out)
		if err != nil {
			return err
		}
		here, err := filepath.Abs(".")
		if err != nil {
			return err
		}
		repo, report, err := setup.Ready(ctx, setup.HTMLExport)
		if err != nil {
			return err
		}
		if folder == "" && (*sheet || *single) {
			folder = here
		}
		if *sheet {
			return worksheet.Export(ctx, repo, report, *language, folder)
		}
		o := site.Options{Notebooks: files, Out: folder, Single: *single, SolutionsAtEnd: *atEnd, Strict: *strict, Jobs: *jobs}
		if *runs {
			o.Live = live.MakeOrSay(report)
		}
		if len(files) == 0 {
			o.Course, o.Net = true, &site.Net{Make: net.Make, Stage: net.Stage}
			if o.Notebooks, err = repo.Notebooks(); err != nil {
				return err
			}
		}
		switch {
		case o.Out != "":
		case o.Course:
			o.Out = filepath.Join(repo.Root, "site")
		default:
			o.Out = filepath.Join(filepath.Dir(files[0]), "site")
		}
		made, err := site.Export(ctx, repo, o, report)
		return site.Print(report, o, made, err)
	}
	return c
}

// absolute returns the absolute path for a name, and "" for "".
func absolute(name string) (string, error) {
	if name == "" {
		return "", nil
	}
	return filepath.Abs(name)
}

// absolutes is absolute for several names.
func absolutes(names []string) ([]string, error) {
	all := make([]string, len(names))
	for i, name := range names {
		var err error
		if all[i], err = filepath.Abs(name); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func fixCommand() *command {
	c := newCommand("fix", "NOTEBOOK...", "update notebooks that were written for an earlier version", `
Fix updates your notebooks to this version of the course: names that have moved to another
package, and imports. It prints each change, and what you have to change by hand. Outputs
are kept.`)
	dry := c.flags.Bool("n", false, "print the changes without making them")
	c.run = func(ctx context.Context, names []string) error {
		if len(names) == 0 {
			return c.usage("at least one notebook must be named")
		}
		for _, name := range names {
			changes, err := fix.File(name, *dry)
			if err != nil {
				return err
			}
			for _, change := range changes {
				fmt.Printf("%s, %s\n", name, change)
			}
			if len(changes) == 0 {
				fmt.Printf("%s: nothing to change\n", name)
			}
		}
		return nil
	}
	return c
}
