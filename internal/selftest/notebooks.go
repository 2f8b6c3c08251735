package selftest

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"runtime"
	"slices"

	"rnn101/internal/checkout"
	"rnn101/internal/grading/release"
	"rnn101/internal/jupyter"
	"rnn101/internal/lang"
	"rnn101/internal/notebook"
	"rnn101/internal/setup"
)

// checkNotebooks runs all notebooks and the assignments, and compares their outputs with the
// committed ones. Of those that the browser step runs and compares in this test, it checks that the
// outputs are those of the code.
func checkNotebooks(ctx context.Context, s *suite) error {
	if err := setup.CheckKernel(ctx, s.repo); err != nil {
		return err
	}
	english, translated, err := editions(s.repo)
	if err != nil {
		return err
	}
	assignments, err := solvedAssignments(s.repo)
	if err != nil {
		return err
	}
	if len(assignments) == 0 {
		s.report.Line("the assignments have no solutions here: they are not run")
	}
	var elsewhere []string
	if s.browserToo {
		elsewhere = english
		s.report.Line("the step browser runs the %d English notebooks", len(english))
	}
	action := func(ctx context.Context, repo *checkout.Checkout, name, shown string, progress func(done, total int)) ([]string, error) {
		if slices.Contains(elsewhere, name) {
			return jupyter.CompareRecord(ctx, repo, name, shown, progress)
		}
		return jupyter.Compare(ctx, repo, name, shown, progress)
	}
	return jupyter.RunAll(ctx, s.repo, s.report, slices.Concat(english, translated, assignments), min(2, runtime.NumCPU()), action)
}

// editions returns the paths of the English notebooks and of all others.
func editions(repo *checkout.Checkout) (english, translated []string, err error) {
	if english, err = repo.Edition(lang.English); err != nil {
		return nil, nil, err
	}
	all, err := repo.Notebooks()
	return english, slices.DeleteFunc(all, func(name string) bool { return slices.Contains(english, name) }), err
}

// solvedAssignments returns the paths of the assignments' notebooks that have their solutions:
// none in the course as students have it.
func solvedAssignments(repo *checkout.Checkout) (solved []string, err error) {
	names, err := repo.Assignments()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		nb, err := notebook.Read(name)
		if err != nil {
			return nil, err
		}
		if release.HasSolutions(nb) {
			solved = append(solved, name)
		}
	}
	return solved, nil
}

// otherSeeds runs each English notebook that declares a seed with other seeds.
func otherSeeds(ctx context.Context, s *suite) error {
	if err := setup.CheckKernel(ctx, s.repo); err != nil {
		return err
	}
	names, err := s.repo.Edition(lang.English)
	if err != nil {
		return err
	}
	if names, err = jupyter.WithSeed(names); err != nil {
		return err
	}
	var failures []error
	for _, seed := range s.seeds {
		s.report.Line("seed %d", seed)
		if err := jupyter.RunAll(ctx, s.repo, s.report, names, min(2, runtime.NumCPU()), jupyter.RunWithSeed(seed)); err != nil {
			failures = append(failures, fmt.Errorf("seed %d: %w", seed, err))
		}
	}
	return errors.Join(failures...)
}

// variants hands in right answers in many ways, and compares what the kernel shows with what
// the grader finds. The step go does so with a few of them.
func variants(ctx context.Context, s *suite) error {
	if err := setup.CheckKernel(ctx, s.repo); err != nil {
		return err
	}
	out, err := s.command(ctx, []string{"RNN101_SETUP=1", "RNN101_VARIANTS=."}, s.repo.GoTool(), "test", "-v", "-count=1", "-timeout=60m", "-run=^TestHonestVariants$", "./internal/grading/preview")
	if err != nil {
		return err
	}
	ran := variantsRun.FindString(out)
	if ran == "" { // go test passes if no test matches
		return fmt.Errorf("no variant was tried:\n%s", out)
	}
	s.report.Line("%s: the kernel and the grader agree", ran)
	return nil
}

var variantsRun = regexp.MustCompile(`[1-9]\d* variants`)
