//go:build unix

package process

import (
	"bufio"
	"context"
	"errors"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// gone waits until a process has exited. Zombies count as exited.
func gone(pid int) bool {
	for range 50 {
		out, err := exec.Command("ps", "-o", "stat=", "-p", strconv.Itoa(pid)).Output()
		if state := strings.TrimSpace(string(out)); err != nil || state == "" || strings.HasPrefix(state, "Z") {
			return true
		}
		time.Sleep(100 * time.Millisecond)
	}
	return false
}

func TestStopEndsAProcessTree(t *testing.T) {
	// The child ignores TERM and has a session of its own, as kernels may.
	const child = `setsid sh -c 'trap "" TERM; echo $$; while :; do sleep 1; done' &`
	for name, script := range map[string]string{
		"a program that ignores TERM":        `trap "" TERM; ` + child + ` while :; do sleep 1; done`,
		"a program that leaves its children": child + ` while :; do sleep 1; done`,
	} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command("sh", "-c", script)
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			tree, err := StartTree(cmd)
			if err != nil {
				t.Fatal(err)
			}
			line, err := bufio.NewReader(out).ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			child, err := strconv.Atoi(strings.TrimSpace(line))
			if err != nil {
				t.Fatal(err)
			}
			defer syscall.Kill(child, syscall.SIGKILL)
			tree.Stop(500 * time.Millisecond)
			if !gone(cmd.Process.Pid) {
				t.Error("the program is still running")
			}
			if !gone(child) {
				t.Error("its child is still running")
			}
		})
	}
}

func TestFollowReturnsLinesAndTheErrorOfAProgram(t *testing.T) {
	var got []string
	err := Follow(context.Background(), exec.Command("sh", "-c", "echo one; echo two; echo it broke >&2; exit 3"), func(line []byte) {
		got = append(got, string(line))
	})
	if strings.Join(got, " ") != "one two" {
		t.Errorf("the lines are %q", got)
	}
	if err == nil || !strings.Contains(err.Error(), "exit status 3") || !strings.Contains(err.Error(), "it broke") {
		t.Errorf("the error is %v, want the status and the end of standard error", err)
	}
	if err := Follow(context.Background(), exec.Command("no-such-program"), nil); err == nil || !strings.Contains(err.Error(), "go run ./course setup") {
		t.Errorf("the error is %v, want the remedy", err)
	}
}

func TestFollowStopsTheProgramWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.Command("sh", "-c", "echo started; while :; do sleep 1; done")
	err := Follow(ctx, cmd, func([]byte) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v, want that it was cancelled", err)
	}
	if !gone(cmd.Process.Pid) {
		t.Error("the program is still running")
	}
}
