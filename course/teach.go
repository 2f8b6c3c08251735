package main

import (
	"context"
	"os"

	"rnn101/internal/grading"
	"rnn101/internal/grading/nbgrader"
)

func releaseCommand() *command {
	c := newCommand("release", "ASSIGNMENT", "make the student's edition of an assignment", `
Release makes the student's edition of an assignment, such as a1: without the solutions
and without outputs. It refuses unless the solution gets all points and the edition as it
is handed out none.`)
	out := c.flags.String("out", ".", "write to the folder `DIR`")
	c.run = func(ctx context.Context, names []string) error {
		if len(names) != 1 {
			return c.usage("exactly one assignment must be named")
		}
		return grading.Release(ctx, names[0], *out)
	}
	return c
}

func checkCommand() *command {
	c := newCommand("check", "FILE.ipynb", "see what the visible checks say of your assignment", `
Check prints what the visible checks of an assignment say of your notebook, as the grader
will run them: only the answer cells are read, and each function is called in a sandbox.
It takes some seconds. The hidden checks are not run.`)
	c.run = func(ctx context.Context, names []string) error {
		if len(names) != 1 {
			return c.usage("exactly one notebook must be named")
		}
		return grading.Check(ctx, names[0])
	}
	return c
}

func gradeCommand() *command {
	c := newCommand("grade", "ASSIGNMENT SUBMISSIONS", "grade what students have handed in", `
Grade grades what students have handed in: a folder with one folder or one notebook for
each student, or the zip of a learning platform. Their code runs in a sandbox and nowhere
else. Grade writes grades.csv, grades.json, and a page for each student in the folder
feedback. Nobody is left out, and whoever needs a human's eye is marked. It can be stopped
at any time: called again, it goes on, and grades only what is new. Other users of the
machine cannot read what it writes.

Written answers are in by-hand.csv. Write their points there, and a comment if you like,
and call again. The table as it was before a call last changed it is by-hand.csv.bak.`)
	var o grading.Options
	c.flags.StringVar(&o.Out, "out", "", "write the grades to the folder `DIR` (default: grades-ASSIGNMENT in the working folder)")
	c.flags.StringVar(&o.KeyFile, "key", "", "draw the hidden checks from the key in `FILE`; without it a key of your own is made, once, in your configuration folder. The same key gives the same checks: do not hand it out")
	c.flags.StringVar(&o.RosterFile, "roster", "", "read who is in the class from `FILE`: the names that the submissions go by, one a line, or a table with them in its first column. Whoever handed in nothing is then in the table, too")
	c.flags.BoolVar(&o.NoFeedback, "no-feedback", false, "write the table alone. The pages tell a student what was expected of the visible checks, and of the hidden ones only what kind of failure it was")
	c.flags.BoolVar(&o.Regrade, "regrade", false, "grade everybody again if the grades in the folder are those of another version of the grader. The points in by-hand.csv are kept")
	c.flags.IntVar(&o.Jobs, "jobs", defaultJobs, "grade `N` students at a time")
	c.run = func(ctx context.Context, names []string) error {
		if len(names) != 2 {
			return c.usage("an assignment and the folder or zip of the submissions must be named")
		}
		if o.Jobs < 1 {
			return c.usage("--jobs must be at least 1, not %d", o.Jobs)
		}
		o.Assignment, o.Submissions = names[0], names[1]
		return grading.Grade(ctx, o)
	}
	return c
}

func judgeCommand() *command {
	c := newCommand("judge", "ASSIGNMENT FOLDER", "grade one submission for nbgrader", `
Judge is for nbgrader, which calls it through tools/nbgrader: it grades what one student
has handed in, a folder, and writes to standard output the released notebook with the
student's answers, and below each check what it says and its points.`)
	released := c.flags.String("released", "", "take `FILE.ipynb` as the notebook that was handed out; required")
	key := c.flags.String("key", "", "read the key of the hidden checks from `FILE`, as grade does")
	c.run = func(ctx context.Context, names []string) error {
		if len(names) != 2 || *released == "" {
			return c.usage("an assignment and the folder of one student must be named, and --released given")
		}
		return nbgrader.Judge(ctx, os.Stdout, names[0], names[1], *released, *key)
	}
	return c
}
