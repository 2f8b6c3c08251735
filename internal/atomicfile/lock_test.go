package atomicfile

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The test binary also runs as a process that takes the lock many times.
func TestMain(m *testing.M) {
	if folder := os.Getenv("ATOMICFILE_LOCKS_IN"); folder != "" {
		if err := takeTurns(folder); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const turns = 200

// takeTurns locks, checks that no other process holds the lock, and unlocks.
func takeTurns(folder string) error {
	inside := filepath.Join(folder, "inside")
	for done := 0; done < turns; {
		unlock, err := TryLock(filepath.Join(folder, "lock"), 0o600)
		var held *HeldError
		if errors.As(err, &held) {
			continue
		}
		if err != nil {
			return err
		}
		f, err := os.OpenFile(inside, os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return fmt.Errorf("after %d turns two processes hold the lock: %w", done, err)
		}
		f.Close()
		if err := os.Remove(inside); err != nil {
			return err
		}
		unlock()
		done++
	}
	return nil
}

func TestOneProcessAtATimeHoldsALock(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	processes := make([]*exec.Cmd, 4)
	stderr := make([]strings.Builder, len(processes))
	for i := range processes {
		processes[i] = exec.CommandContext(t.Context(), program)
		processes[i].Env = append(os.Environ(), "ATOMICFILE_LOCKS_IN="+folder)
		processes[i].Stderr = &stderr[i]
		if err := processes[i].Start(); err != nil {
			t.Fatal(err)
		}
	}
	for i, process := range processes {
		if err := process.Wait(); err != nil {
			t.Errorf("process %d: %v: %s", i, err, &stderr[i])
		}
	}
}

func TestTheErrorNamesTheHolderOfALock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	unlock, err := TryLock(path, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	_, err = TryLock(path, 0o600)
	var held *HeldError
	if !errors.As(err, &held) || held.PID != os.Getpid() || held.Path != path {
		t.Errorf("the error is %v (%+v), want a HeldError of process %d", err, held, os.Getpid())
	}
	if err != nil && !strings.Contains(err.Error(), fmt.Sprint("process ", os.Getpid())) {
		t.Errorf("the error %q does not name the process", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Lock(ctx, path, 0o600); !errors.Is(err, context.Canceled) {
		t.Errorf("Lock: %v, want the error of the context", err)
	}
	unlock()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("the lock file was removed: %v", err)
	}
	if string(data) != notice {
		t.Errorf("after unlock the lock file contains %q, want the notice alone", data)
	}
	unlock, err = TryLock(path, 0o600)
	if err != nil {
		t.Fatalf("locking it again: %v", err)
	}
	unlock()
}

func TestLockWaitsUntilTheLockIsFree(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first, err := TryLock(path, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(50*time.Millisecond, first)
	second, err := Lock(t.Context(), path, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	second()
}
