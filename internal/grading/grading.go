// Package grading implements the commands release and grade: it finds the assignment,
// calls the packages below it and prints the results. The rules of grading are in package
// class.
package grading

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"rnn101/internal/checkout"
	"rnn101/internal/grading/class"
	"rnn101/internal/grading/collect"
	"rnn101/internal/grading/feedback"
	"rnn101/internal/grading/preview"
	"rnn101/internal/grading/release"
	"rnn101/internal/grading/sandbox"
	"rnn101/internal/progress"
)

// Release writes the student's edition of the assignment with the given name, in the language with the
// given tag, to a folder. It is an error if the solution does not get all points, or the edition gets any.
func Release(ctx context.Context, name, tag, out string) error {
	target, err := filepath.Abs(filepath.Join(out, name+".ipynb"))
	if err != nil {
		return err
	}
	repo, err := checkout.Find()
	if err != nil {
		return err
	}
	source, err := release.LoadIn(repo, name, tag)
	if err != nil {
		return err
	}
	if target == source.Solved.Path {
		return fmt.Errorf("the student's edition would replace its source, %s. Choose another folder with --out", target)
	}
	builder, remove, err := sandbox.NewBuilder(repo.GoTool(), repo.Root, "")
	if err != nil {
		return err
	}
	defer remove()
	if !release.HasSolutions(source.Solved) {
		return fmt.Errorf("%s has no solution: this is the course as students have it, and its notebook is what release makes", source.Solved.Path)
	}
	if err := preview.VerifyRelease(ctx, source, builder); err != nil {
		return err
	}
	if err := source.WriteEdition(target); err != nil {
		return err
	}
	sum := source.Assignment.PointsOfChecks()
	fmt.Printf("The solution gets %s of %s points, the student's edition 0. ", points(sum), points(sum))
	if written := source.Assignment.Points() - sum; written > 0 {
		fmt.Printf("Written answers have %s more, which are given by hand. ", points(written))
	}
	fmt.Printf("The student's edition is in %s\n", target)
	return nil
}

// ReleaseCourse writes an archive of the course, without the solutions of the assignments, to
// a folder.
func ReleaseCourse(ctx context.Context, out string) error {
	target, err := filepath.Abs(filepath.Join(out, checkout.Module+"-course.zip"))
	if err != nil {
		return err
	}
	repo, err := checkout.Find()
	if err != nil {
		return err
	}
	files, err := release.WriteCourse(ctx, repo, target)
	if err != nil {
		return err
	}
	fmt.Printf("The course without the solutions of its assignments, %d files, is in %s\n", files, target)
	return nil
}

// Options are the options of Grade.
type Options struct {
	Assignment  string // its name, such as a1
	Submissions string // the folder or zip with the submissions
	Out         string // the folder for grades; default grades-ASSIGNMENT in the working directory
	KeyFile     string // default: the key in the user's configuration folder
	RosterFile  string // default: the class is everybody who handed in
	ZipEncoding string // of names in zips that do not say it; default: as the roster tells
	NoFeedback  bool   // write the table only
	Regrade     bool   // grade again whoever has a grade of another version of the grader
	Jobs        int    // how many students are graded at a time
	Semicolons  bool   // write the tables for spreadsheets that expect semicolons, and commas in numbers
}

// Grade grades a class, and prints a summary. It checks all options before it writes anything:
// a mistyped call leaves nothing behind.
func Grade(ctx context.Context, o Options) error {
	if o.Out == "" {
		o.Out = "grades-" + o.Assignment
	}
	out, err := filepath.Abs(o.Out)
	if err != nil {
		return err
	}
	repo, err := checkout.Find()
	if err != nil {
		return err
	}
	source, err := release.Load(repo, o.Assignment)
	if err != nil {
		return err
	}
	submissions := collect.Source{Path: o.Submissions, Notebook: o.Assignment + ".ipynb", ZipEncoding: o.ZipEncoding}
	if err := submissions.Prepare(o.RosterFile); err != nil {
		return err
	}
	if !o.Regrade {
		if err := class.CheckVersion(out); err != nil {
			return err
		}
	}
	unlock, err := class.Lock(out)
	if err != nil {
		return err
	}
	defer unlock()
	// What is compiled from students' code is in the output folder, and removed at the end.
	builder, remove, err := sandbox.NewBuilder(repo.GoTool(), repo.Root, out)
	if err != nil {
		return err
	}
	defer remove()
	builder.Cache = filepath.Join(builder.Folder, "cache")
	if _, err := os.Stat(repo.Venv()); err == nil {
		builder.Kept = filepath.Join(repo.Venv(), "grading")
	}
	report := progress.New(os.Stderr)
	key, created, err := class.Key(checkout.Module, o.KeyFile)
	if err != nil {
		return err
	}
	if created != "" {
		report.Line("A key for the hidden checks was created: %s. Keep it for regrading, and do not hand it out.", created)
	}
	submissions.Work = builder.Folder
	found, err := submissions.From()
	if err != nil {
		return err
	}
	defer found.Close()
	for _, note := range found.Notes {
		report.Line("! %s", note)
	}
	if len(found.Unknown) > 0 {
		report.Line("! not in %s: %s", o.RosterFile, strings.Join(found.Unknown, ", "))
	}
	c := &class.Class{Assignment: source.Assignment, Frame: source.Frame, Key: key, Builder: builder, Out: out, Jobs: o.Jobs, Semicolons: o.Semicolons,
		Warn: func(format string, args ...any) { report.Line("! "+format, args...) }}
	all, err := c.Run(ctx, found.Submissions, func(done, total int, student string) { report.Step(done, total, student) })
	report.Done()
	if err != nil {
		return err
	}
	if !o.NoFeedback {
		if err := feedback.Write(ctx, source.Assignment, all, out); err != nil {
			return fmt.Errorf("the grades are in %s, but the pages for students could not be made: %w", out, err)
		}
	}
	human, unread, sum := 0, 0, 0.0
	for _, g := range class.ByNeed(all) {
		sum += g.Points
		switch {
		case g.NeedsHuman:
			human++
			report.Line("! %s needs a human: %s", g.Student, g.Reason)
		case len(g.Unread) > 0:
			unread++
		}
	}
	if unread > 0 {
		report.Line("The written answers of %d students are not read yet. Write the points into %s and call grade again.", unread, filepath.Join(out, class.ByHand))
	}
	fmt.Printf("%d students, %s of %s points on average; %d need a human. The table is in %s\n", len(all), points(sum/float64(len(all))),
		points(source.Assignment.Points()), human, filepath.Join(out, class.GradesCSV))
	if usage := c.Usage(); len(usage) > 0 {
		fmt.Printf("One student took %.1f s of processor time in the middle, %.1f s at most\n", usage[len(usage)/2].Seconds(), usage[len(usage)-1].Seconds())
	}
	return nil
}

func points(x float64) string { return class.FormatPoints(x) }
