// Package sandboxtest gives tests a compiler for the sandbox.
package sandboxtest

import (
	"go/build"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/grading/sandbox"
)

// GoTool is the go command of the toolchain that the test is built with.
func GoTool() string { return filepath.Join(build.Default.GOROOT, "bin", "go") }

// Root is the checkout that the test is in.
func Root(t testing.TB) string {
	t.Helper()
	said, err := exec.Command(GoTool(), "env", "GOMOD").Output()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Dir(strings.TrimSpace(string(said)))
}

// Builder compiles with the modules of the checkout, in a folder that goes with the test.
func Builder(t testing.TB) *sandbox.Builder {
	t.Helper()
	return &sandbox.Builder{Go: GoTool(), Root: Root(t), Folder: t.TempDir()}
}
