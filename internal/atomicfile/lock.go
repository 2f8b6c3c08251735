package atomicfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"time"

	"github.com/gofrs/flock"
)

// HeldError is the error of [TryLock] for a lock that is held.
type HeldError struct {
	Path string // of the lock file
	PID  int    // of the process that holds it, or 0 if unknown
}

func (e *HeldError) Error() string {
	if e.PID == 0 {
		return "another process holds the lock " + e.Path
	}
	return fmt.Sprintf("process %d holds the lock %s", e.PID, e.Path)
}

// The content of a lock file, for people; the number of the process follows. On Windows
// the first byte cannot be read while the lock is held.
const (
	notice = "# Processes lock this file to take turns in writing here. It is not removed afterwards.\n"
	holder = "locked by process "
)

// TryLock locks the file at path, which it creates if necessary with permissions perm
// before umask. If this or another process holds the lock, the error is a [*HeldError].
// The lock is released by unlock and when the process exits.
//
// The lock file is never removed. Another process may have opened it and be about to lock
// it: it would lock the removed file, while a third one creates and locks a new one.
func TryLock(path string, perm fs.FileMode) (unlock func(), err error) {
	lock := flock.New(path, flock.SetPermissions(perm))
	got, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("locking %s: %w", path, err)
	}
	if !got {
		return nil, &HeldError{Path: path, PID: readHolder(path)}
	}
	writeHolder(path, fmt.Sprintf("%s%d\n", holder, os.Getpid()))
	return func() {
		writeHolder(path, "")
		lock.Unlock()
	}, nil
}

// Lock is like [TryLock] but waits until the lock is free. If the context is done first, it
// returns the error of the context.
func Lock(ctx context.Context, path string, perm fs.FileMode) (unlock func(), err error) {
	for {
		unlock, err := TryLock(path, perm)
		var held *HeldError
		if !errors.As(err, &held) {
			return unlock, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(250 * time.Millisecond):
		}
	}
}

// writeHolder writes who holds the lock, for people. It ignores errors, such as a file of
// another user: the lock does not depend on it.
func writeHolder(path, line string) {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return
	}
	defer f.Close()
	text := []byte(notice + line)
	f.WriteAt(text[1:], 1) // on Windows the lock is on the first byte
	f.WriteAt(text[:1], 0)
	f.Truncate(int64(len(text)))
}

// readHolder returns the process number in the lock file, or 0.
func readHolder(path string) int {
	f, err := os.Open(path)
	if err != nil {
		return 0
	}
	defer f.Close()
	text := make([]byte, len(notice)+len(holder)+20)
	n, _ := f.ReadAt(text, 1)
	_, rest, found := bytes.Cut(text[:n], []byte("\n"+holder))
	if !found {
		return 0
	}
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	pid, err := strconv.Atoi(string(line))
	if err != nil {
		return 0
	}
	return pid
}
