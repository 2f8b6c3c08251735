//go:build unix

package process

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A go build that is stopped must not leave its compilers behind.
func TestRunStopsTheChildrenOfAProgram(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	file := filepath.Join(t.TempDir(), "child")
	cmd := exec.CommandContext(ctx, "sh", "-c", `sleep 600 & echo $! > "$1.new"; mv "$1.new" "$1"; wait`, "sh", file)
	ended := make(chan error, 1)
	go func() { ended <- Run(cmd) }()
	var data []byte
	for begin := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		var err error
		if data, err = os.ReadFile(file); err == nil {
			break
		}
		if time.Since(begin) > time.Minute {
			t.Fatal("the program has not started its child")
		}
	}
	child, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Kill(child, syscall.SIGKILL) })
	cancel()
	if err := <-ended; err == nil {
		t.Error("Run returns no error")
	}
	for begin := time.Now(); alive(child); time.Sleep(10 * time.Millisecond) {
		if time.Since(begin) > time.Minute {
			t.Fatal("the child still runs")
		}
	}
}

// The sandbox kills a group of processes by its command's own Cancel, also after a good end.
func TestRunKeepsTheCancelOfACommand(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	cmd := exec.CommandContext(ctx, "sleep", "600")
	calls := 0
	cmd.Cancel = func() error {
		calls++
		return cmd.Process.Kill()
	}
	if err := Run(cmd); err == nil || calls != 1 {
		t.Errorf("the command's own Cancel was called %d times, and the error is %v; want one call and an error", calls, err)
	}
	if cmd.Cancel(); calls != 2 {
		t.Error("after Run, Cancel is no longer the command's own")
	}
}

// alive reports whether a process runs; one that waits to be reaped does not.
func alive(pid int) bool {
	state, err := exec.Command("ps", "-o", "stat=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && !strings.HasPrefix(strings.TrimSpace(string(state)), "Z")
}
