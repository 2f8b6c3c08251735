//go:build unix

package setup

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rnn101/internal/checkout"
)

// On Windows the encoding of a pipe is often one without Korean letters.
func TestPythonIsFoundInAFolderThatItsEncodingCannotWrite(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("needs python3")
	}
	out, err := exec.Command(python, "-c", "import sys; print(sys.executable)").Output() // python3 may be a script
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "파이썬 3")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(strings.TrimSpace(string(out)), filepath.Join(folder, "python3")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder)
	t.Setenv("PYTHONIOENCODING", "ascii:strict")
	if _, err := findPython(); err != nil {
		t.Errorf("Python is not found: %v", err)
	}
}

func TestTheKernelsPathIsThatOfTheCheckout(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("needs python3")
	}
	p := target{&checkout.Checkout{Root: filepath.Join(t.TempDir(), "순환 $PATH 신경망"), GOROOT: "/go $$ 1"}}
	if err := os.MkdirAll(p.Bin(), 0o755); err != nil {
		t.Fatal(err)
	}
	const gonb = "#!/bin/sh\nmkdir -p \"$JUPYTER_DATA_DIR/kernels/gonb\" && echo '{\"argv\": []}' >\"$JUPYTER_DATA_DIR/kernels/gonb/kernel.json\"\n"
	if err := os.WriteFile(p.Program("gonb"), []byte(gonb), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := p.registerKernel(t.Context()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(p.kernelFile())
	if err != nil {
		t.Fatal(err)
	}
	var spec struct{ Env map[string]string }
	if err := json.Unmarshal(data, &spec); err != nil {
		t.Fatal(err)
	}
	// The set-up compiles what cells import before the first cell does: in vain, if the kernel had other variables.
	for _, name := range []string{"GOFLAGS", "CGO_ENABLED"} {
		if !slices.Contains(p.Environ(), name+"="+spec.Env[name]) {
			t.Errorf("the kernel has %s=%s, the set-up compiles with another", name, spec.Env[name])
		}
	}
	// As jupyter_client does it before it starts a kernel.
	const substitute = "import string, sys\nprint(string.Template(sys.argv[1]).safe_substitute(PATH='/usr/bin'))"
	out, err := exec.Command(python, "-X", "utf8", "-c", substitute, spec.Env["PATH"]).Output()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.TrimSpace(string(out)), p.Bin()+":/go $$ 1/bin:/usr/bin"; got != want {
		t.Errorf("the kernel's PATH is %s, want %s", got, want)
	}
}
