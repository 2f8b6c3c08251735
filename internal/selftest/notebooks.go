package selftest

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"rnn101/internal/jupyter"
	"rnn101/internal/setup"
)

// checkNotebooks runs all notebooks and compares their outputs with the committed ones.
func checkNotebooks(ctx context.Context, s *suite) error {
	if err := setup.CheckKernel(ctx, s.repo); err != nil {
		return err
	}
	names, err := s.repo.Notebooks()
	if err != nil {
		return err
	}
	assignments, err := s.repo.Assignments()
	if err != nil {
		return err
	}
	return jupyter.RunAll(ctx, s.repo, s.report, append(names, assignments...), min(2, runtime.NumCPU()), jupyter.Compare)
}

// otherSeeds runs each notebook that declares a seed with five other seeds.
func otherSeeds(ctx context.Context, s *suite) error {
	if err := setup.CheckKernel(ctx, s.repo); err != nil {
		return err
	}
	names, err := s.repo.Notebooks()
	if err != nil {
		return err
	}
	if names, err = jupyter.WithSeed(names); err != nil {
		return err
	}
	var failures []error
	for seed := 2; seed <= 6; seed++ {
		s.report.Line("seed %d", seed)
		if err := jupyter.RunAll(ctx, s.repo, s.report, names, min(2, runtime.NumCPU()), jupyter.RunWithSeed(seed)); err != nil {
			failures = append(failures, fmt.Errorf("seed %d: %w", seed, err))
		}
	}
	return errors.Join(failures...)
}
