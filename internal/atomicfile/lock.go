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

// HeldError is the error of [TryLock] for a lock that another process holds.
type HeldError struct {
	Path string // of the lock file
	PID  int    // of the process that holds it, or 0 if that is not known
}

func (e *HeldError) Error() string {
	if e.PID == 0 {
		return "another process holds the lock " + e.Path
	}
	return fmt.Sprintf("process %d holds the lock %s", e.PID, e.Path)
}

// What a lock file says to somebody who opens it; the number of the process follows.
// On Windows the first byte cannot be read while the lock is held.
const (
	notice = "# Processes that write here take turns by locking this file. It stays when they have ended.\n"
	holder = "locked by process "
)

// TryLock locks the file at path, which it makes if there is none, with the permissions
// perm less those of the umask. If another process holds the lock, or this one, the error
// is a [*HeldError]. The lock is released by unlock and when the process ends.
//
// The lock file is never removed. A process may have opened it already, to lock it once
// it is released: it would hold the lock of a removed file, while the next one makes a
// new file and locks that.
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

// Lock is [TryLock], but waits for a lock that another process holds. Its error is that of
// the context if this ends first.
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

// writeHolder says who holds the lock, for people alone: the lock holds without, where
// the file belongs to somebody else.
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

// readHolder returns the process that the lock file names, or 0.
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
