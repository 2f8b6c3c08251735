package live

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
	"rnn101/internal/process"
)

// engineModule is the folder of the engine's module.
func engineModule(repo *checkout.Checkout) string {
	return filepath.Join(repo.Root, "internal", "live")
}

// engineCommand returns a command of the toolchain that looks at the engine's program as it is built.
func engineCommand(ctx context.Context, repo *checkout.Checkout, arg ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, repo.GoTool(), arg...)
	cmd.Dir = engineModule(repo)
	cmd.Env = repo.Environ("GOOS=js", "GOARCH=wasm", "GOFLAGS=-buildvcs=false -tags=minimal", "GOWORK=off", "GOTOOLCHAIN=local")
	return cmd
}

// EngineError says that the engine could not be built.
type EngineError struct {
	err    error
	output string // of the go command
}

func (e *EngineError) Error() string {
	return fmt.Sprintf("building the engine failed (%v). The first build downloads modules, which needs a network. The go command says:\n%s", e.err, e.output)
}

// BuildEngine compiles the engine, the module internal/live, to WebAssembly. It keeps the result in the
// environment: the first call takes a minute or two of processor time and downloads ixgo, later ones take
// seconds. The engine needs the toolchain that its go.mod names, or a later one that ixgo knows.
func BuildEngine(ctx context.Context, repo *checkout.Checkout) (wasm []byte, err error) {
	folder := filepath.Join(repo.Venv(), "live")
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return nil, err
	}
	names, file := filepath.Join(folder, "names.txt"), filepath.Join(folder, "engine.wasm")
	said, err := documentation(ctx, repo)
	if err != nil {
		return nil, err
	}
	if err := atomicfile.WriteFile(names, said, 0o666); err != nil {
		return nil, err
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{
		filepath.Join(engineModule(repo), "wasm", "opticks.txt"): filepath.Join(repo.GOROOT, "src", "testdata", "Isaac.Newton-Opticks.txt"),
		filepath.Join(engineModule(repo), "wasm", "names.txt"):   names,
	}})
	if err != nil {
		return nil, err
	}
	replace := filepath.Join(folder, "overlay.json")
	if err := atomicfile.WriteFile(replace, overlay, 0o666); err != nil {
		return nil, err
	}
	// ixgo reaches names of the runtime that the linker hides without its flag.
	cmd := engineCommand(ctx, repo, "build", "-trimpath", "-ldflags=-checklinkname=0 -s -w", "-overlay="+replace, "-o", file, "./wasm")
	var output process.Excerpt
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := process.Run(cmd); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, &EngineError{err, strings.TrimSpace(output.String())}
	}
	return os.ReadFile(file)
}

// engineLicences returns the licences of the modules in the engine.
func engineLicences(ctx context.Context, repo *checkout.Checkout) ([]byte, error) {
	output, err := engineCommand(ctx, repo, "list", "-e", "-deps", "-f", "{{with .Module}}{{.Path}}\t{{.Dir}}{{end}}", "./wasm").Output()
	if err != nil {
		return nil, fmt.Errorf("cannot find the modules whose licences go with the engine: %w", err)
	}
	modules := strings.Split(strings.TrimSpace(string(output)), "\n")
	slices.Sort(modules)
	var all []byte
	for _, line := range slices.Compact(modules) {
		name, folder, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if name == "" || strings.HasPrefix(folder, repo.Root) {
			continue
		}
		texts, err := filepath.Glob(filepath.Join(folder, "LICEN[CS]E*"))
		if err != nil {
			return nil, err
		}
		if len(texts) == 0 {
			return nil, fmt.Errorf("the module %s has no licence, which must go with the engine", name)
		}
		for _, file := range texts {
			text, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			all = fmt.Appendf(all, "\n%s\n\n%s\n", name, text)
		}
	}
	return all, nil
}
