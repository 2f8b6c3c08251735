package selftest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"rnn101/internal/process"
)

// modules are the folders of the Go modules that hold code of the course.
var modules = []string{".", filepath.Join("internal", "live"), filepath.Join("internal", "live", "liberation"), filepath.Join("rnnkit", "internal", "kernel", "generate")}

// command runs a program in the checkout and returns its output. If it fails, the error
// holds the output too.
func (s *suite) command(ctx context.Context, env []string, name string, args ...string) (string, error) {
	return s.commandIn(ctx, ".", env, name, args...)
}

// commandIn is command in a folder of the checkout.
func (s *suite) commandIn(ctx context.Context, folder string, env []string, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = filepath.Join(s.repo.Root, folder)
	cmd.Env = append(append(os.Environ(), "GOWORK=off"), env...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := process.Run(cmd); err != nil {
		return out.String(), fmt.Errorf("%s, in %s: %w\n%s", strings.Join(append(toRepeat(env), cmd.Args...), " "), cmd.Dir, err, &out)
	}
	return out.String(), nil
}

// toRepeat returns the variables that are needed to repeat the command by hand.
func toRepeat(env []string) []string {
	var kept []string
	for _, entry := range env {
		if strings.HasPrefix(entry, "GO") || strings.HasPrefix(entry, "RNN101") {
			kept = append(kept, entry)
		}
	}
	return kept
}

func format(ctx context.Context, s *suite) error {
	entries, err := os.ReadDir(s.repo.Root)
	if err != nil {
		return err
	}
	args := []string{"-l"} // gofmt walks each folder
	for _, entry := range entries {
		if entry.IsDir() && !strings.HasPrefix(entry.Name(), ".") {
			args = append(args, filepath.Join(s.repo.Root, entry.Name()))
		}
	}
	gofmt := filepath.Join(filepath.Dir(s.repo.GoTool()), "gofmt"+filepath.Ext(s.repo.GoTool()))
	out, err := s.command(ctx, nil, gofmt, args...)
	if err == nil && strings.TrimSpace(out) != "" {
		err = fmt.Errorf("these files are not formatted; run gofmt -w on them:\n%s", out)
	}
	return err
}

func vet(ctx context.Context, s *suite) error {
	for _, system := range []string{runtime.GOOS, "windows", "darwin", "linux"} {
		if system == "linux" && runtime.GOOS == "linux" {
			continue
		}
		for _, module := range modules {
			if _, err := s.commandIn(ctx, module, []string{"GOOS=" + system}, s.repo.GoTool(), "vet", "./..."); err != nil {
				return err
			}
		}
	}
	for _, system := range []string{"js", "wasip1"} {
		if _, err := s.command(ctx, []string{"GOOS=" + system, "GOARCH=wasm"}, s.repo.GoTool(), "build", "./rnnkit/..."); err != nil {
			return err
		}
	}
	return nil
}

func staticcheck(ctx context.Context, s *suite) error {
	for _, module := range modules {
		if _, err := s.commandIn(ctx, module, []string{s.pathWithGo()}, s.repo.Program("staticcheck"), "./..."); err != nil {
			return err
		}
	}
	return nil
}

// pathWithGo puts the checkout's toolchain first in PATH, for programs that call go.
func (s *suite) pathWithGo() string {
	return "PATH=" + filepath.Dir(s.repo.GoTool()) + string(os.PathListSeparator) + os.Getenv("PATH")
}

// packagesAtOnce is a flag of go test. Some packages wait for a browser or a kernel half of their time,
// so one more than the processors runs at a time.
func packagesAtOnce() string { return fmt.Sprintf("-p=%d", runtime.GOMAXPROCS(0)+1) }

func goTest(ctx context.Context, s *suite) error {
	for _, module := range modules {
		// The step vet has found more than go test would.
		out, err := s.commandIn(ctx, module, []string{"RNN101_SETUP=1"}, s.repo.GoTool(), "test", "-vet=off", "-ldflags=-w", "-timeout=20m", packagesAtOnce(), "./...")
		if err != nil {
			return err
		}
		fmt.Print(out)
	}
	return testLowerLevels(ctx, s)
}

// racePackages are the packages that are tested under the race detector.
var racePackages = []string{"./..."}

func race(ctx context.Context, s *suite) error {
	if _, err := exec.LookPath("gcc"); err != nil {
		if _, err := exec.LookPath("clang"); err != nil {
			return skipped("the race detector needs a C compiler: install gcc or clang")
		}
	}
	// Under the race detector wazero takes ten times as long to compile a submission, which is most
	// of what the grader's tests do. Its compiler's own accesses are left out, and no other part of
	// wazero: generic code of sync and sync/atomic that a package without instrumentation
	// instantiates can replace everybody's, and then correct programs are reported. So are, by
	// -short, the tests that grade many submissions.
	args := []string{"test", "-race", "-short", "-timeout=60m", packagesAtOnce()}
	for _, part := range []string{"ssa", "frontend", "backend/..."} {
		args = append(args, "-gcflags=github.com/tetratelabs/wazero/internal/engine/wazevo/"+part+"=-race=false")
	}
	out, err := s.command(ctx, []string{"CGO_ENABLED=1", "RNN101_SETUP=1"}, s.repo.GoTool(), append(args, racePackages...)...)
	if err == nil {
		fmt.Print(out)
	}
	return err
}
