package live

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
)

// BuildEngine compiles the engine, the module internal/live, to WebAssembly. It keeps the result in the
// environment: the first call takes a minute or two of processor time and downloads ixgo, later ones take
// seconds. The engine needs the toolchain that its go.mod names, or a later one that ixgo knows.
func BuildEngine(ctx context.Context, repo *checkout.Checkout) (wasm []byte, err error) {
	folder := filepath.Join(repo.Venv(), "live")
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return nil, err
	}
	module := filepath.Join(repo.Root, "internal", "live")
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{
		filepath.Join(module, "wasm", "opticks.txt"): filepath.Join(repo.GOROOT, "src", "testdata", "Isaac.Newton-Opticks.txt"),
	}})
	if err != nil {
		return nil, err
	}
	replace, file := filepath.Join(folder, "overlay.json"), filepath.Join(folder, "engine.wasm")
	if err := atomicfile.WriteFile(replace, overlay, 0o666); err != nil {
		return nil, err
	}
	// ixgo reaches names of the runtime that the linker hides without its flag.
	cmd := exec.CommandContext(ctx, repo.GoTool(), "build", "-trimpath", "-tags=minimal", "-ldflags=-checklinkname=0 -s -w", "-overlay="+replace, "-o", file, "./wasm")
	cmd.Dir = module
	cmd.Env = repo.Environ("GOOS=js", "GOARCH=wasm", "GOFLAGS=-buildvcs=false", "GOWORK=off", "GOTOOLCHAIN=local")
	if output, err := cmd.CombinedOutput(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("building the engine of pages that run failed (%w):\n%s", err, strings.TrimSpace(string(output)))
	}
	return os.ReadFile(file)
}
