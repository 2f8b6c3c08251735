package selftest

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// fuzzTarget is a fuzz test of a package.
type fuzzTarget struct{ pkg, name string }

func (t fuzzTarget) String() string { return t.pkg + "." + t.name }

// fuzzTargets lists the fuzz targets of all packages.
func (s *suite) fuzzTargets(ctx context.Context) ([]fuzzTarget, error) {
	// go test -list links the tests of each package that it is given.
	packages, err := s.packagesWith(ctx, declaresFuzzTarget)
	if err != nil {
		return nil, err
	}
	if len(packages) == 0 {
		return nil, errors.New("no test file declares a fuzz target")
	}
	out, err := s.command(ctx, nil, s.repo.GoTool(), append([]string{"test", "-vet=off", "-ldflags=-w", "-list", "^Fuzz"}, packages...)...)
	if err != nil {
		return nil, err
	}
	var all []fuzzTarget
	var names []string // of the package on the next ok line
	for _, line := range strings.Split(out, "\n") {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 1 && strings.HasPrefix(line, "Fuzz"):
			names = append(names, fields[0])
		case len(fields) > 1 && fields[0] == "ok":
			for _, name := range names {
				all = append(all, fuzzTarget{fields[1], name})
			}
			names = nil
		}
	}
	if len(names) > 0 {
		return nil, fmt.Errorf("go test -list names no package for %s:\n%s", strings.Join(names, ", "), out)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("go test -list ^Fuzz finds no fuzz target in %s", strings.Join(packages, ", "))
	}
	return all, nil
}

// declaresFuzzTarget reports whether a file declares a function whose name begins with Fuzz.
func declaresFuzzTarget(file *ast.File) bool {
	return slices.ContainsFunc(file.Decls, func(d ast.Decl) bool {
		f, ok := d.(*ast.FuncDecl)
		return ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Fuzz")
	})
}

var (
	executions   = regexp.MustCompile(`(?m)^fuzz: elapsed: .*execs: ([1-9]\d*) `)
	failingInput = regexp.MustCompile(`Failing input written to (\S+)`)
)

// fuzz tests what reports the findings of fuzz targets, and runs each target for half a minute.
func fuzz(ctx context.Context, s *suite) error {
	out, err := s.command(ctx, []string{"RNN101_FUZZ=1"}, s.repo.GoTool(), "test", "-v", "-vet=off", "-run=Fuzz", "./internal/selftest")
	if err != nil {
		return err
	}
	if !strings.Contains(out, "--- PASS: TestAFailingFuzzTargetFailsTheStep") { // go test passes if no test matches or all are skipped
		return fmt.Errorf("the tests of this step did not run:\n%s", out)
	}
	return s.fuzz(ctx, "30s")
}

// fuzz runs each fuzz target for fuzzTime, a value of go test -fuzztime. It goes on after one
// that fails.
func (s *suite) fuzz(ctx context.Context, fuzzTime string) error {
	targets, err := s.fuzzTargets(ctx)
	if err != nil {
		return err
	}
	var failures []error
	for i, target := range targets {
		s.report.Step(i+1, len(targets), target.String())
		// By default go test takes up to a minute to minimize each new input.
		out, err := s.command(ctx, nil, s.repo.GoTool(), "test", "-vet=off", "-run", "^$", "-fuzz", "^"+target.name+"$", "-fuzztime", fuzzTime, "-fuzzminimizetime", "5s", target.pkg)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		found := executions.FindAllStringSubmatch(out, -1)
		switch input := failingInput.FindStringSubmatch(out); {
		case err != nil && input != nil:
			folder, _ := s.command(ctx, nil, s.repo.GoTool(), "list", "-f", "{{.Dir}}", target.pkg)
			failures = append(failures, fmt.Errorf("%s fails on the input %s\n%w", target, filepath.Join(strings.TrimSpace(folder), input[1]), err))
		case err != nil:
			failures = append(failures, fmt.Errorf("%s fails\n%w", target, err))
		case len(found) == 0: // go test passes if no target matches
			failures = append(failures, fmt.Errorf("%s did not run\n%s", target, out))
		default:
			s.report.Line("%s: %s inputs, no failure", target, found[len(found)-1][1])
		}
	}
	s.report.Done()
	return errors.Join(failures...)
}
