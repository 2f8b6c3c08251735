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

// faultFile is a file in the directory for temporary files, where workers start. It says how
// many of the next workers fail, and how.
const faultFile = "faults"

// How a worker fails before it is ready.
const (
	Killed = "killed"
	Stuck  = "stuck"
)

// BreakWorkers makes the next n workers of this test end, or hang, as on a failing machine.
// The test's program must call WorkerFault.
func BreakWorkers(t *testing.T, n int, fault string) {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"TMPDIR", "TEMP", "TMP"} {
		t.Setenv(name, folder)
	}
	if err := os.WriteFile(filepath.Join(folder, faultFile), fmt.Appendf(nil, "%d %s", n, fault), 0o600); err != nil {
		t.Fatal(err)
	}
}

// WorkerFault makes a worker fail as BreakWorkers asked. It must be called before
// sandbox.RunIfWorker.
func WorkerFault() {
	if os.Getenv(sandbox.WorkerVariable) == "" {
		return
	}
	data, err := os.ReadFile(faultFile)
	if err != nil {
		return
	}
	var n int
	var fault string
	if _, err := fmt.Sscan(string(data), &n, &fault); err != nil || n == 0 {
		return
	}
	if err := os.WriteFile(faultFile, fmt.Appendf(nil, "%d %s", n-1, fault), 0o600); err != nil {
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

// Compiler returns a Builder whose compiler is the test's own program, started under the
// given name. FakeCompiler runs it.
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

// FakeCompiler runs a compiler, and exits, if this process was started under the name of one.
// It must be called before sandbox.RunIfWorker.
func FakeCompiler(compilers map[string]func()) {
	compile, ok := compilers[filepath.Base(os.Args[0])]
	if !ok || os.Getenv(sandbox.WorkerVariable) != "" {
		return
	}
	if len(os.Args) > 1 && os.Args[1] == "env" { // the caches
		fmt.Println("modules\ncache")
		os.Exit(0)
	}
	compile()
	os.Exit(0)
}

// IsRunning reports whether a process is running, according to ps.
func IsRunning(pid int) bool {
	output, _ := exec.Command("ps", "-o", "stat=", "-p", strconv.Itoa(pid)).Output()
	state := strings.TrimSpace(string(output))
	return state != "" && !strings.HasPrefix(state, "Z")
}
