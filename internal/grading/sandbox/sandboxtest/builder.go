// Package sandboxtest has what tests of the sandbox need: a compiler, and workers and
// compilers that fail. Only tests import it.
package sandboxtest

import (
	"go/build"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/grading/sandbox"
)

// GoTool returns the go command of the toolchain that the test is built with.
func GoTool() string { return filepath.Join(build.Default.GOROOT, "bin", "go") }

// Root returns the root of the checkout that the test is in.
func Root(t testing.TB) string {
	t.Helper()
	output, err := exec.Command(GoTool(), "env", "GOMOD").Output()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Dir(strings.TrimSpace(string(output)))
}

// Builder returns a Builder with the modules of the checkout. Its folder is removed with the
// test.
func Builder(t testing.TB) *sandbox.Builder {
	t.Helper()
	return &sandbox.Builder{Go: GoTool(), Root: Root(t), Folder: t.TempDir()}
}
