package sandboxtest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"rnn101/internal/grading/sandbox"
)

// The folder of temporary files, where a worker starts, says in this file how many of the
// next workers end and how.
const faults = "faults"

// A fault of a worker before it is ready.
const (
	Killed = "killed"
	Stuck  = "stuck"
)

// BreakWorkers makes the next n workers of this test end, or do nothing at all, as a bad
// machine might. Their program calls WorkerFault.
func BreakWorkers(t *testing.T, n int, fault string) {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"TMPDIR", "TEMP", "TMP"} {
		t.Setenv(name, folder)
	}
	if err := os.WriteFile(filepath.Join(folder, faults), fmt.Appendf(nil, "%d %s", n, fault), 0o600); err != nil {
		t.Fatal(err)
	}
}

// WorkerFault does to a worker what BreakWorkers asked for. It is called before
// sandbox.Work.
func WorkerFault() {
	if os.Getenv(sandbox.WorkerVariable) == "" {
		return
	}
	data, err := os.ReadFile(faults)
	if err != nil {
		return
	}
	var n int
	var fault string
	if _, err := fmt.Sscan(string(data), &n, &fault); err != nil || n == 0 {
		return
	}
	if err := os.WriteFile(faults, fmt.Appendf(nil, "%d %s", n-1, fault), 0o600); err != nil {
		panic(err)
	}
	if fault == Killed {
		self, _ := os.FindProcess(os.Getpid())
		self.Kill()
	}
	for {
		time.Sleep(time.Hour)
	}
}

// Compiler makes a compiler out of the test's program: under this name it does what
// StandIn has for it.
func Compiler(t *testing.T, name string) *sandbox.Builder {
	t.Helper()
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	b := Builder(t)
	b.Go = filepath.Join(t.TempDir(), name)
	if err := os.Symlink(own, b.Go); err != nil {
		t.Fatal(err)
	}
	return b
}

// StandIn makes this process a compiler if it was started under the name of one. It is
// called before sandbox.Work.
func StandIn(compilers map[string]func()) {
	compile, ok := compilers[filepath.Base(os.Args[0])]
	if !ok || os.Getenv(sandbox.WorkerVariable) != "" {
		return
	}
	if len(os.Args) > 1 && os.Args[1] == "env" { // where modules and the cache are
		fmt.Println("modules\ncache")
		os.Exit(0)
	}
	compile()
	os.Exit(0)
}

// Lives tells whether a process runs. It asks ps.
func Lives(pid int) bool {
	said, _ := exec.Command("ps", "-o", "stat=", "-p", strconv.Itoa(pid)).Output()
	state := strings.TrimSpace(string(said))
	return state != "" && !strings.HasPrefix(state, "Z")
}
