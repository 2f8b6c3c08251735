// Package setup makes everything ready that the notebooks run on: a Python
// environment with JupyterLab, the programs of the Go kernel, the kernel's
// registration, a warm build cache. All of it is in .venv, in the checkout; nothing is
// installed anywhere else.
package setup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
	"rnn101/internal/progress"
)

// target is the checkout that is set up.
type target struct{ *checkout.Checkout }

// step is a part of the set-up. It is done again when its inputs have changed or
// what it made is gone. Its action can be repeated after it was cut off anywhere.
type step struct {
	name   string // key in the state file
	says   string // to the reader, with how long it takes
	inputs func() (string, error)
	makes  []string // files that must be there afterwards
	action func(context.Context) error
	// fragile: cut off in the middle it leaves what a second time does not mend, a
	// package half installed. Then all begins anew with the environment.
	fragile bool
}

// begun stands in the notes in the place of a step's key from its begin to its end.
const begun = "begun"

// Progress hears of each step that is done: its place, the number of steps and what
// it does.
type Progress func(n, of int, says string)

// Ready finds the checkout, sets up what is left to do, and reports on it to standard
// error.
func Ready(ctx context.Context, extra ...Extra) (*checkout.Checkout, *progress.Reporter, error) {
	repo, err := checkout.Find()
	if err != nil {
		return nil, nil, err
	}
	report := progress.New(os.Stderr)
	_, err = Run(ctx, repo, report.Step, extra...)
	report.Done()
	return repo, report, err
}

// Run makes the checkout ready for lab, run and test, doing only what is left to
// do. It returns how many steps there were to do. Only one set-up runs at a time in
// a checkout.
func Run(ctx context.Context, c *checkout.Checkout, progress Progress, extra ...Extra) (done int, err error) {
	p := target{c}
	lock := filepath.Join(p.Root, ".venv.lock")
	unlock, err := atomicfile.TryLock(lock, 0o666)
	if held := (*atomicfile.HeldError)(nil); errors.As(err, &held) {
		progress(0, 0, fmt.Sprintf("another set-up is running in this checkout (%v): waiting for it", held))
		unlock, err = atomicfile.Lock(ctx, lock, 0o666)
	}
	if err != nil {
		return 0, fmt.Errorf("the lock of the set-up: %w", err)
	}
	defer unlock()

	python, err := findPython()
	if err != nil {
		return 0, err
	}
	steps := p.steps(python)
	for _, e := range extra {
		steps = append(steps, e(p))
	}
	return p.complete(ctx, steps, progress)
}

// complete does those of the steps whose inputs have changed or whose outcome is
// gone. Each is written down when it is done, so that an end at any point loses
// nothing but the step it fell into.
func (p target) complete(ctx context.Context, steps []step, progress Progress) (done int, err error) {
	var todo []int
	anew, keys, state := false, make([]string, len(steps)), p.readState()
	for i, s := range steps {
		if keys[i], err = s.inputs(); err != nil {
			return 0, err
		}
		if s.fragile && state[s.name] == begun {
			anew = true
		}
	}
	for i, s := range steps {
		// All stand on the first: a new environment is empty.
		if anew = anew || len(todo) > 0 && todo[0] == 0; anew || state[s.name] != keys[i] || !exist(s.makes) {
			todo = append(todo, i)
		}
	}
	for n, i := range todo {
		s := steps[i]
		progress(n+1, len(todo), s.says)
		if i == 0 { // it makes the folder of the notes anew, and says so there itself
			state = map[string]string{}
		} else {
			state[s.name] = begun
			if err := p.writeState(state); err != nil {
				return n, err
			}
		}
		err := s.action(ctx)
		if ctx.Err() != nil {
			return n, fmt.Errorf("stopped during the set-up (%s). Call the same command again: it goes on from there", s.name)
		}
		if err != nil {
			return n, fmt.Errorf("set-up, %s: %w", s.name, err)
		}
		if !exist(s.makes) {
			return n, fmt.Errorf("set-up, %s: it ran, but %s is not there", s.name, s.makes[0])
		}
		state[s.name] = keys[i]
		if err := p.writeState(state); err != nil {
			return n, err
		}
	}
	return len(todo), nil
}

// Extra is a step that not everybody needs.
type Extra func(target) step

// Staticcheck builds the checker that test runs.
func Staticcheck(p target) step {
	return step{
		name:   "staticcheck",
		says:   "building staticcheck (half a minute)",
		inputs: func() (string, error) { return p.toolsKey(programs) },
		makes:  []string{p.Program("staticcheck")},
		action: func(ctx context.Context) error {
			return p.buildTools(ctx, programs, "honnef.co/go/tools/cmd/staticcheck")
		},
	}
}

// Govulncheck builds what looks for known vulnerabilities.
func Govulncheck(p target) step {
	return step{
		name:   "govulncheck",
		says:   "building govulncheck (half a minute)",
		inputs: func() (string, error) { return p.toolsKey(programs) },
		makes:  []string{p.Program("govulncheck")},
		action: func(ctx context.Context) error {
			return p.buildTools(ctx, programs, "golang.org/x/vuln/cmd/govulncheck")
		},
	}
}

// BrowserDriver installs what the browser test needs. It comes after PageMaker, whose
// npm it uses.
func BrowserDriver(p target) step {
	return step{
		name:    "browser driver",
		fragile: true,
		says:    "installing the driver of the browser test, and the checkers of the pages",
		inputs: func() (string, error) {
			return p.files(testLock, browserPackages+"/package-lock.json")
		},
		makes: []string{p.Checkers("axe-core", "axe.min.js"), p.Checkers("vnu-jar", "build", "dist", "vnu.jar")},
		action: func(ctx context.Context) error {
			if err := p.install(ctx, testLock); err != nil {
				return err
			}
			return p.npm(ctx, browserPackages, filepath.Dir(p.Checkers()))
		},
	}
}

// PageMaker installs what html needs besides nbconvert: node, and by it the packages
// of npm.
func PageMaker(p target) step {
	return step{
		name:    "page maker",
		fragile: true,
		says:    "installing what makes the pages (half a minute)",
		inputs:  func() (string, error) { return p.files(pageLock, sitePackages+"/package-lock.json") },
		makes:   []string{filepath.Join(p.NodeModules(), "mathjax-full"), filepath.Join(p.NodeModules(), "minisearch")},
		action: func(ctx context.Context) error {
			if err := p.install(ctx, pageLock); err != nil {
				return err
			}
			return p.npm(ctx, sitePackages, filepath.Dir(p.NodeModules()))
		},
	}
}

// ErrOldPython says that nbgrader cannot be installed.
var ErrOldPython = errors.New("nbgrader needs Python 3.11 or newer")

// Teacher installs nbgrader. Its error is an ErrOldPython if that is why it cannot.
func Teacher(p target) step {
	return step{
		name:    "nbgrader",
		fragile: true,
		says:    "installing nbgrader",
		// Asked here, before any step has begun: one that fails is begun anew with all others.
		inputs: func() (string, error) {
			python, err := findPython()
			if err != nil {
				return "", err
			}
			version, _, _ := strings.Cut(python.identity, " ")
			minor := 0
			if fmt.Sscanf(version, "3.%d", &minor); minor < 11 {
				return "", fmt.Errorf("%w, and this is %s: install a newer one. Without nbgrader all other commands for teachers work", ErrOldPython, version)
			}
			return p.files(teacherLock)
		},
		makes:  []string{p.Program("nbgrader")},
		action: func(ctx context.Context) error { return p.install(ctx, teacherLock) },
	}
}

func (p target) steps(python interpreter) []step {
	return []step{{
		name:   "environment",
		says:   "making the Python environment in .venv",
		inputs: func() (string, error) { return hash(python.identity, p.Root), nil },
		makes:  []string{p.Python()},
		action: func(ctx context.Context) error { return p.makeVenv(ctx, python) },
	}, {
		name:    "packages",
		fragile: true,
		says:    "installing JupyterLab (about half a minute)",
		inputs:  func() (string, error) { return p.files(uvLock, learnerLock) },
		action: func(ctx context.Context) error {
			if err := p.pip(ctx, uvLock); err != nil {
				return err
			}
			return p.install(ctx, learnerLock)
		},
	}, {
		name:   "programs",
		says:   "building the Go kernel (one to three minutes)",
		inputs: func() (string, error) { return p.toolsKey(programs, goplsModule) },
		makes:  []string{p.Program("gonb"), p.Program("goimports"), p.Program("gopls")},
		action: func(ctx context.Context) error {
			if err := p.buildTools(ctx, programs, "github.com/janpfeifer/gonb", "golang.org/x/tools/cmd/goimports"); err != nil {
				return err
			}
			return p.buildTools(ctx, goplsModule, "golang.org/x/tools/gopls")
		},
	}, {
		name: "kernel",
		says: "registering the Go kernel in .venv",
		inputs: func() (string, error) {
			tools, err := p.toolsKey(programs)
			return hash(tools, p.GOROOT, checkout.KernelFlags), err
		},
		makes:  []string{p.kernelFile()},
		action: p.registerKernel,
	}, {
		name:   "settings",
		says:   "writing JupyterLab's settings",
		inputs: func() (string, error) { return hash(labSettings, serverSettings()), nil },
		makes:  []string{p.settingsFile(), p.serverFile()},
		action: func(context.Context) error { return p.writeSettings() },
	}, {
		name: "build cache",
		says: "warming the build cache (up to a minute)",
		inputs: func() (string, error) {
			key, err := p.files("go.sum")
			return hash(key, p.Go, checkout.KernelFlags), err
		},
		action: p.warm,
	}}
}

// toolsKey changes when the programs of the modules must be built anew.
func (p target) toolsKey(modules ...string) (string, error) {
	var files []string
	for _, module := range modules {
		files = append(files, module+"/go.mod", module+"/go.sum")
	}
	key, err := p.files(files...)
	return hash(key, p.Go), err
}

func (p target) files(names ...string) (string, error) {
	h := sha256.New()
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(p.Root, name))
		if err != nil {
			return "", fmt.Errorf("the checkout lacks %s: take it back from git (%w)", name, err)
		}
		fmt.Fprintf(h, "%s %d\n%s", name, len(data), data)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func hash(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(h, "%d\n%s\n", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil))[:24]
}

func exist(files []string) bool {
	for _, f := range files {
		if _, err := os.Stat(f); err != nil {
			return false
		}
	}
	return true
}

// The state file says by which inputs each step was done last.
func (p target) stateFile() string { return filepath.Join(p.Venv(), "course-setup.json") }

func (p target) readState() map[string]string {
	state := map[string]string{}
	if data, err := os.ReadFile(p.stateFile()); err == nil {
		if json.Unmarshal(data, &state) != nil {
			return map[string]string{}
		}
	}
	return state
}

func (p target) writeState(state map[string]string) error {
	data, err := json.MarshalIndent(state, "", " ")
	if err != nil {
		return err
	}
	return atomicfile.WriteFile(p.stateFile(), append(data, '\n'), 0o666)
}

// makeVenv replaces the environment. One that course did not make is not deleted. Cut
// off anywhere, it can be called again.
func (p target) makeVenv(ctx context.Context, python interpreter) error {
	if _, err := os.Stat(p.Venv()); err == nil {
		if !exist([]string{filepath.Join(p.Venv(), "pyvenv.cfg")}) && !exist([]string{p.stateFile()}) {
			entries, err := os.ReadDir(p.Venv())
			if err != nil || len(entries) > 0 {
				return fmt.Errorf("%s exists but is no Python environment. Move it away and call again", p.Venv())
			}
		}
	}
	// Moved aside first: half removed, it could not be told from a folder of others.
	aside := p.Venv() + ".removed"
	remove := func() error {
		if err := os.RemoveAll(aside); err != nil {
			return fmt.Errorf("removing the old environment: %w. End the programs that run from it and call again", err)
		}
		return nil
	}
	if err := remove(); err != nil {
		return err
	}
	if err := os.Rename(p.Venv(), aside); err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("moving the old environment aside: %w. End the programs that run from it and call again", err)
	}
	if err := remove(); err != nil {
		return err
	}
	if err := os.MkdirAll(p.Venv(), 0o755); err != nil {
		return err
	}
	if err := p.writeState(map[string]string{}); err != nil {
		return err
	}
	args := append(python.command[1:], "-m", "venv", p.Venv())
	_, err := output(exec.CommandContext(ctx, python.command[0], args...))
	return err
}
