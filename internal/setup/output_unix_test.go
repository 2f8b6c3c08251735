//go:build unix

package setup

import (
	"context"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Programs that install things start others, which may outlive them.
func TestOutputDoesNotWaitForWhatAProgramLeavesBehind(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		_, err := output(exec.CommandContext(ctx, "sh", "-c", "sleep 120 & echo child $! >&2; wait"))
		ended <- err
	}()
	select {
	case err := <-ended:
		if err == nil {
			t.Fatal("a program that was killed has no error")
		}
		_, number, _ := strings.Cut(err.Error(), "\nchild ")
		if child, err := strconv.Atoi(strings.TrimSpace(number)); err == nil {
			syscall.Kill(child, syscall.SIGKILL)
		} else {
			t.Errorf("the error does not hold what the program said: %v", err)
		}
	case <-time.After(time.Minute):
		t.Fatal("the program was killed a minute ago, and its child is waited for")
	}
}

func TestTheErrorOfAProgramThatWritesMuchIsShort(t *testing.T) {
	_, err := output(exec.Command("sh", "-c", `head -c 20971520 /dev/zero | tr '\0' x; echo no space left >&2; exit 1`))
	if err == nil || !strings.Contains(err.Error(), "no space left") {
		t.Fatalf("the error is %.300v", err)
	}
	if n := len(err.Error()); n > 200_000 {
		t.Errorf("the error has %d bytes", n)
	}
}
