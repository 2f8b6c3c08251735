package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"rnn101/classroom/assignment"
	"rnn101/classroom/collect"
	"rnn101/classroom/panics"
	"rnn101/classroom/sandbox"
	"rnn101/course/environment"
	"rnn101/course/grade"
	"rnn101/course/notebook"
	"rnn101/course/progress"
	"rnn101/course/site"
	"rnn101/internal/atomicfile"
	"rnn101/internal/lang"
)

const releaseHelp = `usage: go run ./course release ASSIGNMENT [--out DIR]

Makes the student's edition of an assignment (a1): without the solutions and without
outputs. It refuses unless the solution gets all points and the edition as it is handed
out none.

  --out DIR   the folder to write to (default: the working folder)
`

func release(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("release", flag.ContinueOnError)
	out := flags.String("out", ".", "")
	names, err := parse(flags, args, releaseHelp)
	if err != nil {
		return err
	}
	if len(names) != 1 {
		return usage("release takes the name of one assignment")
	}
	target, err := filepath.Abs(filepath.Join(*out, names[0]+".ipynb"))
	if err != nil {
		return err
	}
	place, source, err := load(names[0])
	if err != nil {
		return err
	}
	if target == source.Solved.Path {
		return fmt.Errorf("the student's edition would take the place of its source, %s. Choose another folder with --out", target)
	}
	builder, end, err := grader(place, "")
	if err != nil {
		return err
	}
	defer end()
	if err := source.Proven(ctx, builder, builder.Folder); err != nil {
		return err
	}
	data, err := source.Edition.Encode()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o777); err != nil {
		return err
	}
	if err := atomicfile.WriteFile(target, data, 0o666); err != nil {
		return err
	}
	sum := source.Assignment.PointsOfChecks()
	fmt.Printf("The solution gets %s of %s points, the edition as handed out 0. ", points(sum), points(sum))
	if words := source.Assignment.Points() - sum; words > 0 {
		fmt.Printf("What is written in words has %s more, by hand. ", points(words))
	}
	fmt.Printf("The student's edition is %s\n", target)
	return nil
}

const checkHelp = `usage: go run ./course check FILE.ipynb

Says what the visible checks of an assignment say of your notebook, as the grader will
run them: only the answer cells are read, each function is called in a sandbox. It takes
some seconds. The hidden checks are not run.
`

func check(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	names, err := parse(flags, args, checkHelp)
	if err != nil {
		return err
	}
	if len(names) != 1 {
		return usage("check takes the name of one notebook")
	}
	file, err := filepath.Abs(names[0])
	if err != nil {
		return err
	}
	place, err := environment.Find()
	if err != nil {
		return err
	}
	source, err := grade.Of(place.Root, file)
	if err != nil {
		return err
	}
	builder, end, err := grader(place, "")
	if err != nil {
		return err
	}
	defer end()
	g := source.Visible(ctx, builder, file)
	if err := ctx.Err(); err != nil {
		return errors.New("stopped")
	}
	if g.NeedsHuman {
		return fmt.Errorf("%s: %s", names[0], g.Reason)
	}
	for _, note := range g.Notes {
		fmt.Println("!", note)
	}
	for _, c := range g.Checks {
		fmt.Printf("%s: %s of %s points\n", c.Task, points(c.Points), points(c.Of))
		for _, v := range c.Cases {
			fmt.Println(" ", v.Line())
		}
	}
	hidden := source.Assignment.PointsOfChecks() - g.Of
	fmt.Printf("%s of %s visible points of %s. The hidden checks have %s more.\n", points(g.Points), points(g.Of), source.Assignment.Name, points(hidden))
	if words := source.Assignment.Points() - source.Assignment.PointsOfChecks(); words > 0 {
		fmt.Printf("What you write in words has %s points; a human reads it.\n", points(words))
	}
	return nil
}

const gradeHelp = `usage: go run ./course grade ASSIGNMENT SUBMISSIONS [--out DIR] [--key FILE]
                             [--roster FILE] [--no-feedback] [--jobs N]

Grades what students have handed in: a folder with one folder or one notebook for each
student, or the zip of a learning platform. Their code runs in a sandbox and nowhere
else. It writes grades.csv and grades.json, and a page for each student in the folder
feedback; nobody is left out, and who needs a human's eye is marked. It can be stopped at
any time: called again it goes on, and grades only what is new. Other users of the
machine cannot read what it writes.

Answers in words stand in by-hand.csv. Write their points there, and a comment if you
like, and call again. The table as it was before a call last changed it is
by-hand.csv.bak.

  --out DIR    the folder for the grades (default: grades-ASSIGNMENT here)
  --key FILE   the key that the hidden checks are drawn from. Without it one of your own
               is made, once, in your configuration folder. The same key gives the same
               checks; do not hand it out
  --roster FILE
               who is in the class: the names that the submissions go by, one a line, or
               a table with them in its first column. Who has handed in nothing then
               stands in the table, too
  --no-feedback
               the table alone. The pages tell a student what was expected of the visible
               checks, and of the hidden ones only what kind of failure it was
  --jobs N     students at a time (default: 2, or 1 on one processor)
`

func gradeClass(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("grade", flag.ContinueOnError)
	out := flags.String("out", "", "")
	keyFile := flags.String("key", "", "")
	alone := flags.Bool("no-feedback", false, "")
	rosterFile := flags.String("roster", "", "")
	jobs := flags.Int("jobs", min(2, runtime.NumCPU()), "")
	names, err := parse(flags, args, gradeHelp)
	if err != nil {
		return err
	}
	if len(names) != 2 {
		return usage("grade takes the name of an assignment, and the folder or zip of what was handed in")
	}
	if *jobs < 1 {
		return usage("--jobs takes a number from 1 on")
	}
	if *out == "" {
		*out = "grades-" + names[0]
	}
	if *out, err = filepath.Abs(*out); err != nil {
		return err
	}
	// All that is given is read before anything is written: a mistyped call leaves nothing.
	place, source, err := load(names[0])
	if err != nil {
		return err
	}
	if _, err := os.Stat(names[1]); err != nil {
		return fmt.Errorf("the submissions cannot be read: %w", err)
	}
	var roster []string
	if *rosterFile != "" {
		if roster, err = collect.Roster(*rosterFile); err != nil {
			return fmt.Errorf("the roster cannot be read: %w", err)
		}
	}
	unlock, err := grade.Lock(*out)
	if err != nil {
		return err
	}
	defer unlock()
	// All that comes of students' code stays in the output folder, until the end.
	builder, end, err := grader(place, *out)
	if err != nil {
		return err
	}
	defer end()
	builder.Cache = filepath.Join(builder.Folder, "cache")
	report := progress.New(os.Stderr)
	key, err := gradingKey(*keyFile, report)
	if err != nil {
		return err
	}
	handed, err := collect.From(names[1], names[0]+".ipynb", builder.Folder)
	if err != nil {
		return err
	}
	if *rosterFile != "" {
		var strangers []string
		if handed, strangers = collect.InRoster(handed, roster); len(strangers) > 0 {
			report.Line("! not in %s: %s", *rosterFile, strings.Join(strangers, ", "))
		}
	}
	class := &grade.Class{Assignment: source.Assignment, Frame: source.Frame, Key: key, Builder: builder, Out: *out, Jobs: *jobs}
	all, err := class.Run(ctx, handed, func(done, of int, student string) { report.Step(done, of, student) })
	report.Done()
	if err != nil {
		return err
	}
	if !*alone {
		if err := giveBack(ctx, source.Assignment, all, *out); err != nil {
			return fmt.Errorf("the grades are in %s, but the pages for students could not be made: %w", *out, err)
		}
	}
	human, sum := 0, 0.0
	for _, g := range all {
		sum += g.Points
		if g.NeedsHuman {
			human++
			report.Line("! %s needs a human: %s", g.Student, g.Reason)
		}
	}
	fmt.Printf("%d students, %s of %s points on average; %d need a human. The table is %s\n", len(all), points(sum/float64(len(all))),
		points(source.Assignment.Points()), human, filepath.Join(*out, grade.GradesCSV))
	return nil
}

const judgeHelp = `usage: go run ./course judge ASSIGNMENT FOLDER --released FILE.ipynb [--key FILE]

For nbgrader, which calls it through tools/nbgrader: grades what one student has
handed in, a folder, and writes to standard output the released notebook with the
student's answers, and below each check what it says and its points.

  --released FILE   the notebook that was handed out
  --key FILE        as for grade
`

func judge(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("judge", flag.ContinueOnError)
	released := flags.String("released", "", "")
	keyFile := flags.String("key", "", "")
	names, err := parse(flags, args, judgeHelp)
	if err != nil {
		return err
	}
	if len(names) != 2 || *released == "" {
		return usage("judge takes the name of an assignment, the folder of one student, and --released")
	}
	place, source, err := load(names[0])
	if err != nil {
		return err
	}
	edition, err := notebook.Read(*released)
	if err != nil {
		return err
	}
	if err := source.Release(edition); err != nil {
		return err
	}
	key, err := gradingKey(*keyFile, progress.New(os.Stderr))
	if err != nil {
		return err
	}
	handed, err := collect.Student(names[1], filepath.Base(names[1]), names[0]+".ipynb")
	if err != nil {
		return err
	}
	builder, end, err := grader(place, "")
	if err != nil {
		return err
	}
	defer end()
	class := &grade.Class{Assignment: source.Assignment, Frame: source.Frame, Key: key, Builder: builder}
	filled, _, err := class.Filled(ctx, source.Edition, handed)
	if err != nil {
		return err
	}
	data, err := filled.Encode()
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(data)
	return err
}

// giveBack writes a page for each student into a folder of the folder for grades.
func giveBack(ctx context.Context, a *assignment.Assignment, all []grade.Grade, out string) error {
	place, report, err := ready(ctx, environment.PageMaker)
	if err != nil {
		return err
	}
	names := grade.PageNames(all)
	sheets := make([]site.Sheet, len(all))
	for i, g := range all {
		nb, err := grade.Page(g, a, out)
		if err != nil {
			report.Line("! %v", err)
		}
		sheets[i] = site.Sheet{Name: names[i], Language: lang.Tag(), Notebook: nb, Instead: func(p *panics.Error) *notebook.Notebook {
			report.Line("! %v", grade.NoPageError(g, p, out))
			return grade.NoPage(g)
		}}
	}
	_, err = site.ExportSheets(ctx, place, sheets, site.Options{Out: filepath.Join(out, grade.FeedbackFolder), Private: true}, report)
	return err
}

// load reads an assignment of the checkout.
func load(assignment string) (*environment.Place, *grade.Source, error) {
	place, err := environment.Find()
	if err != nil {
		return nil, nil, err
	}
	source, err := grade.Load(place.Root, assignment)
	return place, source, err
}

// grader makes a folder for what is compiled, in the given one or where temporary files
// are; end removes it, with what earlier calls left that were cut.
func grader(place *environment.Place, in string) (builder *sandbox.Builder, end func(), err error) {
	work, err := os.MkdirTemp(in, grade.WorkPrefix)
	if err != nil {
		return nil, nil, err
	}
	end = func() { os.RemoveAll(work) }
	if in != "" {
		// A compiler of a call that was killed may still write for a moment: what cannot be
		// removed now is removed at the end.
		end = func() {
			left, _ := filepath.Glob(filepath.Join(escapeGlob(in), grade.WorkPrefix+"*"))
			for _, folder := range left {
				os.RemoveAll(folder)
			}
		}
	}
	return &sandbox.Builder{Go: place.GoTool(), Root: place.Root, Folder: work}, end, nil
}

// gradingKey reads the teacher's key, or makes one where there is none yet.
func gradingKey(file string, report *progress.Reporter) ([]byte, error) {
	given := file != ""
	if !given {
		folder, err := os.UserConfigDir()
		if err != nil {
			return nil, fmt.Errorf("there is no configuration folder for the key (%w). Name a file with --key", err)
		}
		file = filepath.Join(folder, environment.Module, "grading-key")
	}
	data, err := os.ReadFile(file)
	if err == nil && !given { // copied from another machine, it may be open to all
		err = atomicfile.Restrict(filepath.Dir(file))
	}
	if err == nil {
		if key := strings.TrimSpace(string(data)); len(key) >= 16 {
			return []byte(key), nil
		}
		return nil, fmt.Errorf("the key in %s is too short: 16 letters or more are needed", file)
	}
	if given || !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return nil, err
	}
	key := hex.EncodeToString(secret)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	// Another call may have made one meanwhile.
	if err := atomicfile.CompareAndSwap(file, nil, []byte(key+"\n"), 0o600); err != nil {
		return nil, fmt.Errorf("the key for the hidden checks: %w. Call again", err)
	}
	report.Line("A key for the hidden checks was made: %s. Keep it for regrades, and do not hand it out.", file)
	return []byte(key), nil
}

func points(x float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", x), "0"), ".")
}
