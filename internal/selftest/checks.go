package selftest

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
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

// systems are those that the course runs on.
var systems = []string{"linux", "windows", "darwin"}

// vet runs go vet. For other systems it checks the types alone: the step platforms runs go vet for them.
func vet(ctx context.Context, s *suite) error {
	for _, module := range modules {
		if _, err := s.commandIn(ctx, module, nil, s.repo.GoTool(), "vet", "./..."); err != nil {
			return err
		}
	}
	for _, system := range systems {
		if system == runtime.GOOS {
			continue
		}
		if err := s.checkTypes(ctx, system, runtime.GOARCH, "./..."); err != nil { // The other modules have no files for one system (layout_test.go).
			return err
		}
	}
	for _, system := range []string{"js", "wasip1"} {
		// With -trimpath, as pages and the grader build it: their tests, which begin at the same time, need it soon.
		if _, err := s.command(ctx, []string{"GOOS=" + system, "GOARCH=wasm"}, s.repo.GoTool(), "build", "-trimpath", "./rnnkit/..."); err != nil {
			return err
		}
	}
	return nil
}

// vetElsewhere runs go vet for the other systems. What it compiles for them is never run: without
// optimization that takes a fifth less.
func vetElsewhere(ctx context.Context, s *suite) error {
	for _, system := range systems {
		if system == runtime.GOOS {
			continue
		}
		if _, err := s.command(ctx, []string{"GOOS=" + system}, s.repo.GoTool(), "vet", "-gcflags=all=-N -l", "./..."); err != nil {
			return err
		}
		s.report.Line("✓ go vet for %s", system)
	}
	return nil
}

func staticcheck(ctx context.Context, s *suite) error {
	for _, module := range modules {
		// With the default of 100 it takes a fifth longer, and less memory.
		if _, err := s.commandIn(ctx, module, []string{s.pathWithGo(), "GOGC=400"}, s.repo.Program("staticcheck"), "./..."); err != nil {
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

// packagesWith lists the packages with a file, of the package or its tests, of which has is true.
func (s *suite) packagesWith(ctx context.Context, has func(*ast.File) bool) ([]string, error) {
	const files = "{{range .%s}}{{$p.ImportPath}}\t{{$p.Dir}}\t{{.}}\n{{end}}"
	out, err := s.command(ctx, nil, s.repo.GoTool(), "list", "-f",
		"{{$p := .}}"+fmt.Sprintf(files, "GoFiles")+fmt.Sprintf(files, "TestGoFiles")+fmt.Sprintf(files, "XTestGoFiles"), "./...")
	if err != nil {
		return nil, err
	}
	var packages []string
	for line := range strings.Lines(out) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		if len(fields) != 3 || slices.Contains(packages, fields[0]) { // others report a download
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(fields[1], fields[2]), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		if has(file) {
			packages = append(packages, fields[0])
		}
	}
	return packages, nil
}

// startsGoroutines reports whether a file has a go statement, or calls a method or function named Go
// or AfterFunc.
func startsGoroutines(file *ast.File) bool {
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = true
		case *ast.CallExpr:
			called, ok := n.Fun.(*ast.SelectorExpr)
			found = found || ok && (called.Sel.Name == "Go" || called.Sel.Name == "AfterFunc")
		}
		return !found
	})
	return found
}

// race runs the tests of the packages that start goroutines under the race detector.
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
	packages, err := s.packagesWith(ctx, startsGoroutines)
	if err != nil {
		return err
	}
	out, err := s.command(ctx, []string{"CGO_ENABLED=1", "RNN101_SETUP=1"}, s.repo.GoTool(), append(args, packages...)...)
	if err == nil {
		fmt.Print(out)
	}
	return err
}
