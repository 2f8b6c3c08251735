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

// Installers start other programs, which may outlive them.
func TestOutputDoesNotWaitForWhatAProgramLeavesBehind(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer cancel()
	done := make(chan error, 1)
	go func() {
		_, err := output(exec.CommandContext(ctx, "sh", "-c", "sleep 120 & echo child $! >&2; wait"))
		done <- err
	}()
	select {
	case err := <-done:
		if err == nil {
			t.Fatal("no error for a program that was killed")
		}
		_, number, _ := strings.Cut(err.Error(), "\nchild ")
		if child, err := strconv.Atoi(strings.TrimSpace(number)); err == nil {
			syscall.Kill(child, syscall.SIGKILL)
		} else {
			t.Errorf("the error lacks the output of the program: %v", err)
		}
	case <-time.After(time.Minute):
		t.Fatal("output still waits for the child of a program that was killed a minute ago")
	}
}

func TestTheErrorIsShortForALotOfOutput(t *testing.T) {
	_, err := output(exec.Command("sh", "-c", `head -c 20971520 /dev/zero | tr '\0' x; echo no space left >&2; exit 1`))
	if err == nil || !strings.Contains(err.Error(), "no space left") {
		t.Fatalf("the error is %.300v", err)
	}
	if n := len(err.Error()); n > 200_000 {
		t.Errorf("the error has %d bytes", n)
	}
}
