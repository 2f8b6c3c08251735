package main

import (
	"context"
	"os"

	"rnn101/internal/grading"
	"rnn101/internal/grading/nbgrader"
	"rnn101/internal/grading/selfcheck"
	"rnn101/internal/lang"
)

func releaseCommand() *command {
	c := newCommand("release", "ASSIGNMENT | --course", "make what students get: an assignment, or the course", `
Release writes the student's edition of an assignment, such as a1: without solutions and
without outputs. It writes nothing unless the solution earns all points and the edition
none. With --lang it writes another edition than the English one, such as the Korean one:
a class may have both.

With --course it writes rnn101-course.zip, the course for students: what git has of this
checkout, with the editions in all languages in the place of the assignments' notebooks,
and without the tests of the grader. It writes nothing if a solution is in it after all.`)
	out := c.flags.String("out", ".", "write to the folder `DIR`")
	course := c.flags.Bool("course", false, "write the course, without the solutions of its assignments")
	language := c.flags.String("lang", lang.English, "write the edition in the language `TAG`, such as ko")
	c.run = func(ctx context.Context, names []string) error {
		if *course && len(names) > 0 {
			return c.usage("--course is for the whole course, without a name")
		}
		if *course {
			return grading.ReleaseCourse(ctx, *out)
		}
		if len(names) != 1 {
			return c.usage("exactly one assignment must be named")
		}
		if err := lang.Check(*language); err != nil {
			return c.usage("--lang: %v", err)
		}
		return grading.Release(ctx, names[0], *language, *out)
	}
	return c
}

func checkCommand() *command {
	c := newCommand("check", "FILE.ipynb", "run the visible checks of your assignment", `
Check runs the visible checks of an assignment on your notebook, as the grader will: it
reads all code cells and calls each function in a sandbox. It takes a few seconds. It says
what will need a human, and does not run the hidden checks. It speaks the language of the
edition that your notebook was made of.`)
	c.run = func(ctx context.Context, names []string) error {
		if len(names) != 1 {
			return c.usage("exactly one notebook must be named")
		}
		return selfcheck.Check(ctx, os.Stdout, names[0])
	}
	return c
}

func gradeCommand() *command {
	c := newCommand("grade", "ASSIGNMENT SUBMISSIONS", "grade submissions", `
Grade grades submissions: a folder with a folder or a notebook for each student, or the
zip file of a learning platform. They may be of the editions in any language, also mixed.
Their code runs only in a sandbox. Grade writes grades.csv, grades.json, and a page for
each student in the folder feedback. Every student is in the table; submissions that a
human must look at are marked. Grade can be stopped at any time: called again, it
continues and grades only what is new. Other users of the machine cannot read what it
writes.

Written answers are in by-hand.csv. Enter their points there, and a comment if you like,
and call again. A row of your own gives points by hand for any check of any student, or a
comment alone: the columns student, check (its ID, such as step-hidden), points, comment.
by-hand.csv.bak is the table before the last call that changed it.`)
	var o grading.Options
	c.flags.StringVar(&o.Out, "out", "", "write the grades to the folder `DIR` (default: grades-ASSIGNMENT in the working folder)")
	c.flags.StringVar(&o.KeyFile, "key", "", "draw the hidden checks from the key in `FILE`; by default from a key of your own, which is created once in your configuration folder. The same key gives the same checks: keep it secret")
	c.flags.StringVar(&o.RosterFile, "roster", "", "read the class from `FILE`: one name a line, or a table with names, and perhaps numbers and mail addresses, in any columns, as a spreadsheet or a platform saves it. Students are then named as in it, and those without a submission are in the table as well")
	c.flags.StringVar(&o.ZipEncoding, "zip-encoding", "", "read names in a zip that does not say their encoding, and whose names the roster does not tell, in the encoding `NAME`, such as cp949 (Korean Windows) or cp850 (Western Windows)")
	c.flags.BoolVar(&o.NoFeedback, "no-feedback", false, "write no pages for students. The pages show what the visible checks expected; of the hidden checks they show only the kind of failure")
	language := c.flags.String("lang", lang.English, "write the pages for students in the language `TAG`, such as ko")
	c.flags.BoolVar(&o.Regrade, "regrade", false, "grade everybody again if the grades in the folder are those of another version of the grader. The points in by-hand.csv are kept")
	c.flags.IntVar(&o.Jobs, "jobs", defaultJobs, "grade `N` students at a time")
	c.flags.BoolVar(&o.Semicolons, "semicolons", false, "write the tables with semicolons, and numbers as 2,5: spreadsheets in much of Europe expect that. by-hand.csv keeps the form in which you saved it")
	c.run = func(ctx context.Context, names []string) error {
		if len(names) != 2 {
			return c.usage("an assignment and the folder or zip of the submissions must be named")
		}
		if o.Jobs < 1 {
			return c.usage("--jobs must be at least 1, not %d", o.Jobs)
		}
		if err := lang.Set(*language); err != nil {
			return c.usage("--lang: %v", err)
		}
		o.Assignment, o.Submissions = names[0], names[1]
		return grading.Grade(ctx, o)
	}
	return c
}

func judgeCommand() *command {
	c := newCommand("judge", "ASSIGNMENT FOLDER", "grade one submission for nbgrader", `
Judge is called by nbgrader through tools/nbgrader. It grades the folder of one student
and writes to standard output the released notebook with the student's answers and, below
each check, its result and points.`)
	released := c.flags.String("released", "", "use `FILE.ipynb` as the released notebook; required")
	key := c.flags.String("key", "", "read the key of the hidden checks from `FILE`, as grade does")
	c.run = func(ctx context.Context, names []string) error {
		if len(names) != 2 || *released == "" {
			return c.usage("an assignment and the folder of one student must be named, and --released given")
		}
		return nbgrader.Judge(ctx, os.Stdout, names[0], names[1], *released, *key)
	}
	return c
}
