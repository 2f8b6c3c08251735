package setup

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// An editor's terminal activates .venv by itself. The set-up must not take that
// environment's interpreter for another Python and begin anew.
func TestAnActiveEnvironmentIsNotAnotherPython(t *testing.T) {
	before, err := findPython()
	if err != nil {
		t.Skip(err)
	}
	folder := filepath.Join(t.TempDir(), ".venv")
	args := append(before.command[1:], "-m", "venv", "--without-pip", folder)
	if out, err := exec.Command(before.command[0], args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	programs := filepath.Join(folder, "bin")
	if runtime.GOOS == "windows" {
		programs = filepath.Join(folder, "Scripts")
	}
	t.Setenv("PATH", programs+string(os.PathListSeparator)+os.Getenv("PATH"))
	t.Setenv("VIRTUAL_ENV", folder)
	after, err := findPython()
	if err != nil {
		t.Fatal(err)
	}
	if after.identity != before.identity {
		t.Errorf("with an active environment the Python is %q, want %q", after.identity, before.identity)
	}
	command := append(after.command[1:], "-c", "import sys; print(sys.prefix == sys.base_prefix)")
	out, err := exec.Command(after.command[0], command...).Output()
	if strings.TrimSpace(string(out)) != "True" {
		t.Errorf("%q runs in the environment: it says %q (%v)", after.command, out, err)
	}
}
