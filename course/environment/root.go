// Package environment makes everything ready that the notebooks run on: a Python
// environment with JupyterLab, the programs of the Go kernel, the kernel's
// registration, a warm build cache. All of it lies in .venv, in the checkout;
// nothing is installed anywhere else.
package environment

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
)

// Module is the path of the course's module. A checkout is known by it, and it is
// taken from the program itself, so that a rename has one place less to reach.
var Module = strings.TrimSuffix(reflect.TypeFor[Place]().PkgPath(), "/course/environment")

// Place is a checkout of the course and the Go toolchain that works in it.
type Place struct {
	Root   string // absolute
	GOROOT string // of the toolchain that go.mod asks for
	Go     string // its version

	venv string // the folder of the Python environment in Root; empty: .venv
}

// Find returns the checkout that the working directory lies in.
func Find() (*Place, error) {
	cmd := exec.Command("go", "env", "GOMOD", "GOROOT", "GOVERSION")
	cmd.Env = append(os.Environ(), "GOWORK=off")
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go env does not run (%w). Install Go: https://go.dev/doc/install", withStderr(err))
	}
	fields := strings.Split(strings.ReplaceAll(string(out), "\r", ""), "\n")
	if len(fields) < 3 || fields[0] == "" || fields[0] == os.DevNull {
		return nil, errors.New("this is not a folder of the course: there is no go.mod here or above. Change into the checkout and call again")
	}
	data, err := os.ReadFile(fields[0])
	if err != nil {
		return nil, err
	}
	first, _, _ := strings.Cut(string(data), "\n")
	if name := strings.TrimSpace(strings.TrimPrefix(first, "module ")); name != Module {
		return nil, fmt.Errorf("%s belongs to another module (%s). Change into the checkout of the course and call again", fields[0], name)
	}
	root := filepath.Dir(fields[0])
	if strings.Contains(root, ",") {
		return nil, fmt.Errorf("the folder %q has a comma in its name, and the Go kernel would cut its path there. Move the checkout to a folder without one", root)
	}
	return &Place{Root: root, GOROOT: fields[1], Go: fields[2]}, nil
}

// Venv is the Python environment of the checkout.
func (p *Place) Venv() string {
	if p.venv != "" {
		return filepath.Join(p.Root, p.venv)
	}
	return filepath.Join(p.Root, ".venv")
}

// Bin is where the environment keeps its programs.
func (p *Place) Bin() string {
	if runtime.GOOS == "windows" {
		return filepath.Join(p.Venv(), "Scripts")
	}
	return filepath.Join(p.Venv(), "bin")
}

// Program returns the path of a program of the environment.
func (p *Place) Program(name string) string {
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(p.Bin(), name)
}

// GoTool returns the go command of the toolchain.
func (p *Place) GoTool() string {
	tool := filepath.Join(p.GOROOT, "bin", "go")
	if runtime.GOOS == "windows" {
		tool += ".exe"
	}
	return tool
}

// Python returns the environment's interpreter.
func (p *Place) Python() string { return p.Program("python") }

// KernelFlags are the GOFLAGS of every cell: without gonum/plot's other formats and
// without debug information a cell links in half of the time.
const KernelFlags = "-tags=minimal -ldflags=-w -buildvcs=false"

// Environ is the environment in which Jupyter and the kernels run: the programs and
// the kernel of the checkout win over any other.
func (p *Place) Environ(more ...string) []string {
	path := p.Bin() + string(os.PathListSeparator) + filepath.Join(p.GOROOT, "bin") + string(os.PathListSeparator) + os.Getenv("PATH")
	return append(os.Environ(), append([]string{
		"PATH=" + path,
		"VIRTUAL_ENV=" + p.Venv(),
		"GOWORK=",
		"GOFLAGS=" + KernelFlags,
		"JUPYTER_PREFER_ENV_PATH=1",
		"JUPYTER_PLATFORM_DIRS=1",
		"PYTHONUTF8=1",
		"PYDEVD_DISABLE_FILE_VALIDATION=1",
	}, more...)...)
}

// output runs a command and returns what it prints, or an error with what it said.
func output(cmd *exec.Cmd) (string, error) {
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, tail(errs.String()+out.String(), 25))
	}
	return out.String(), nil
}

func withStderr(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) && len(exit.Stderr) > 0 {
		return fmt.Errorf("%w: %s", err, strings.TrimSpace(string(exit.Stderr)))
	}
	return err
}

// tail returns the last lines of a text.
func tail(s string, lines int) string {
	all := strings.Split(strings.TrimRight(s, "\n"), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}
