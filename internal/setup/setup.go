// Package setup installs what the notebooks need: a Python environment with JupyterLab,
// the Go kernel and its registration, a warm build cache. Everything is in .venv in the
// checkout; nothing is installed anywhere else. It knows the checkout and the format of
// notebooks.
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

// step is a step of the set-up. It runs again when its inputs have changed or one of its
// outputs is missing. Its action can be repeated after an interruption.
type step struct {
	name    string // key in the state file
	message string // what the user sees, with how long it takes
	inputs  func() (string, error)
	outputs []string // files that must exist afterwards
	action  func(context.Context) error
	// fragile: an interruption leaves what repeating the step does not repair, such as a
	// half-installed package. Then the set-up starts over with a new environment.
	fragile bool
}

// inProgress replaces the key of a step in the state file while the step runs.
const inProgress = "begun"

// Progress is called before each step with its number from 1, the number of steps, and
// what the step does.
type Progress func(n, total int, message string)

// Ready finds the checkout, runs the steps of the set-up that are still needed, and
// reports progress on standard error.
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

// Run runs the steps of the set-up that are still needed and returns how many it has
// completed. It waits for another set-up in the same checkout to end.
func Run(ctx context.Context, c *checkout.Checkout, progress Progress, extra ...Extra) (done int, err error) {
	p := target{c}
	lock := filepath.Join(p.Root, ".venv.lock")
	unlock, err := atomicfile.TryLock(lock, 0o666)
	if held := (*atomicfile.HeldError)(nil); errors.As(err, &held) {
		progress(0, 0, fmt.Sprintf("waiting for another set-up in this checkout (%v)", held))
		unlock, err = atomicfile.Lock(ctx, lock, 0o666)
	}
	if err != nil {
		return 0, fmt.Errorf("locking the set-up: %w", err)
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
	return p.runSteps(ctx, steps, progress)
}

// runSteps runs the steps whose inputs have changed or whose outputs are missing. It
// records each when it is complete, so that an interruption loses one step at most.
func (p target) runSteps(ctx context.Context, steps []step, progress Progress) (done int, err error) {
	var todo []int
	restart, keys, state := false, make([]string, len(steps)), p.readState()
	for i, s := range steps {
		if keys[i], err = s.inputs(); err != nil {
			return 0, err
		}
		if s.fragile && state[s.name] == inProgress {
			restart = true
		}
	}
	for i, s := range steps {
		// The first step makes a new environment, which is empty: all others follow.
		if restart = restart || len(todo) > 0 && todo[0] == 0; restart || state[s.name] != keys[i] || !allExist(s.outputs) {
			todo = append(todo, i)
		}
	}
	for n, i := range todo {
		s := steps[i]
		progress(n+1, len(todo), s.message)
		if i == 0 { // it makes a new folder, with a new state file
			state = map[string]string{}
		} else {
			state[s.name] = inProgress
			if err := p.writeState(state); err != nil {
				return n, err
			}
		}
		err := s.action(ctx)
		if ctx.Err() != nil {
			return n, fmt.Errorf("set-up, %s: interrupted. Call the same command again to continue", s.name)
		}
		if err != nil {
			return n, fmt.Errorf("set-up, %s: %w", s.name, err)
		}
		if !allExist(s.outputs) {
			return n, fmt.Errorf("set-up, %s: the step succeeded, but %s does not exist", s.name, s.outputs[0])
		}
		state[s.name] = keys[i]
		if err := p.writeState(state); err != nil {
			return n, err
		}
	}
	return len(todo), nil
}

// Extra is a step that only some commands need.
type Extra func(target) step

// Staticcheck builds staticcheck, which course test runs.
func Staticcheck(p target) step {
	return step{
		name:    "staticcheck",
		message: "building staticcheck (half a minute)",
		inputs:  func() (string, error) { return p.toolsKey(programs) },
		outputs: []string{p.Program("staticcheck")},
		action: func(ctx context.Context) error {
			return p.buildTools(ctx, programs, "honnef.co/go/tools/cmd/staticcheck")
		},
	}
}

// Govulncheck builds govulncheck, which looks for known vulnerabilities.
func Govulncheck(p target) step {
	return step{
		name:    "govulncheck",
		message: "building govulncheck (half a minute)",
		inputs:  func() (string, error) { return p.toolsKey(programs) },
		outputs: []string{p.Program("govulncheck")},
		action: func(ctx context.Context) error {
			return p.buildTools(ctx, programs, "golang.org/x/vuln/cmd/govulncheck")
		},
	}
}

// BrowserTests installs what the browser tests need. It comes after HTMLExport, whose npm
// it uses.
func BrowserTests(p target) step {
	return step{
		name:    "browser driver",
		fragile: true,
		message: "installing Playwright and the checkers of the pages",
		inputs: func() (string, error) {
			return p.files(testLock, browserPackages+"/package-lock.json")
		},
		outputs: []string{p.Checkers("axe-core", "axe.min.js"), p.Checkers("vnu-jar", "build", "dist", "vnu.jar")},
		action: func(ctx context.Context) error {
			if err := p.install(ctx, testLock); err != nil {
				return err
			}
			return p.npm(ctx, browserPackages, filepath.Dir(p.Checkers()))
		},
	}
}

// HTMLExport installs what course html needs besides nbconvert: Node.js and npm packages.
func HTMLExport(p target) step {
	return step{
		name:    "page maker",
		fragile: true,
		message: "installing Node.js for the pages (half a minute)",
		inputs:  func() (string, error) { return p.files(pageLock, sitePackages+"/package-lock.json") },
		outputs: []string{filepath.Join(p.NodeModules(), "mathjax-full"), filepath.Join(p.NodeModules(), "minisearch")},
		action: func(ctx context.Context) error {
			if err := p.install(ctx, pageLock); err != nil {
				return err
			}
			return p.npm(ctx, sitePackages, filepath.Dir(p.NodeModules()))
		},
	}
}

// ErrOldPython is the error of [Nbgrader] for a Python that is too old.
var ErrOldPython = errors.New("nbgrader needs Python 3.11 or newer")

// Nbgrader installs nbgrader. Its error is an [ErrOldPython] if Python is too old.
func Nbgrader(p target) step {
	return step{
		name:    "nbgrader",
		fragile: true,
		message: "installing nbgrader",
		// Checked before any step runs: after a fragile step that failed, all start over.
		inputs: func() (string, error) {
			python, err := findPython()
			if err != nil {
				return "", err
			}
			version, _, _ := strings.Cut(python.identity, " ")
			minor := 0
			if fmt.Sscanf(version, "3.%d", &minor); minor < 11 {
				return "", fmt.Errorf("%w, this is Python %s. Install a newer one; all other commands for teachers work without nbgrader", ErrOldPython, version)
			}
			return p.files(teacherLock)
		},
		outputs: []string{p.Program("nbgrader")},
		action:  func(ctx context.Context) error { return p.install(ctx, teacherLock) },
	}
}

func (p target) steps(python interpreter) []step {
	return []step{{
		name:    "environment",
		message: "making the Python environment in .venv",
		inputs:  func() (string, error) { return hash(python.identity, p.Root), nil },
		outputs: []string{p.Python()},
		action:  func(ctx context.Context) error { return p.makeVenv(ctx, python) },
	}, {
		name:    "packages",
		fragile: true,
		message: "installing JupyterLab (about half a minute)",
		inputs:  func() (string, error) { return p.files(uvLock, learnerLock) },
		action: func(ctx context.Context) error {
			if err := p.pip(ctx, uvLock); err != nil {
				return err
			}
			return p.install(ctx, learnerLock)
		},
	}, {
		name:    "programs",
		message: "building the Go kernel (one to three minutes)",
		inputs:  func() (string, error) { return p.toolsKey(programs, goplsModule) },
		outputs: []string{p.Program("gonb"), p.Program("goimports"), p.Program("gopls")},
		action: func(ctx context.Context) error {
			if err := p.buildTools(ctx, programs, "github.com/janpfeifer/gonb", "golang.org/x/tools/cmd/goimports"); err != nil {
				return err
			}
			return p.buildTools(ctx, goplsModule, "golang.org/x/tools/gopls")
		},
	}, {
		name:    "kernel",
		message: "registering the Go kernel in .venv",
		inputs: func() (string, error) {
			tools, err := p.toolsKey(programs)
			return hash(tools, p.GOROOT, checkout.KernelFlags, checkout.KernelCgo, plainErrors), err
		},
		outputs: []string{p.kernelFile()},
		action:  p.registerKernel,
	}, {
		name:    "settings",
		message: "writing JupyterLab's settings",
		inputs:  func() (string, error) { return hash(labSettings, serverSettings()), nil },
		outputs: []string{p.settingsFile(), p.serverFile()},
		action:  func(context.Context) error { return p.writeSettings() },
	}, {
		name:    "build cache",
		message: "warming the build cache (up to a minute)",
		inputs: func() (string, error) {
			key, err := p.files("go.sum")
			return hash(key, p.Go, checkout.KernelFlags, checkout.KernelCgo), err
		},
		action: p.warm,
	}}
}

// toolsKey changes when the programs of the modules must be rebuilt.
func (p target) toolsKey(modules ...string) (string, error) {
	var files []string
	for _, module := range modules {
		files = append(files, module+"/go.mod", module+"/go.sum")
	}
	key, err := p.files(files...)
	return hash(key, p.Go), err
}

// files returns a hash of files of the checkout.
func (p target) files(names ...string) (string, error) {
	h := sha256.New()
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(p.Root, name))
		if err != nil {
			return "", fmt.Errorf("the checkout has no %s. Restore it: git restore %[1]s (%[2]w)", name, err)
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

func allExist(files []string) bool {
	for _, f := range files {
		if _, err := os.Stat(f); err != nil {
			return false
		}
	}
	return true
}

// stateFile holds the hash of the inputs of each completed step.
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

// makeVenv replaces the environment. It refuses to remove a folder that the course did not
// make. It can be repeated after an interruption.
func (p target) makeVenv(ctx context.Context, python interpreter) error {
	if _, err := os.Stat(p.Venv()); err == nil {
		if !allExist([]string{filepath.Join(p.Venv(), "pyvenv.cfg")}) && !allExist([]string{p.stateFile()}) {
			entries, err := os.ReadDir(p.Venv())
			if err != nil || len(entries) > 0 {
				return fmt.Errorf("%s exists but is not a Python environment. Move it away and call again", p.Venv())
			}
		}
	}
	// Renamed first: half removed, it would look like somebody else's folder.
	aside := p.Venv() + ".removed"
	remove := func() error {
		if err := os.RemoveAll(aside); err != nil {
			return fmt.Errorf("removing the old environment: %w. Quit the programs that run from it and call again", err)
		}
		return nil
	}
	if err := remove(); err != nil {
		return err
	}
	if err := os.Rename(p.Venv(), aside); err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("renaming the old environment: %w. Quit the programs that run from it and call again", err)
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
