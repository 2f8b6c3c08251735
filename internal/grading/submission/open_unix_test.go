//go:build unix

package submission

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// To open a pipe waits for a writer, and a file of 20 GB takes a minute to read. Neither is opened.
func TestNothingButARegularFileOfSomeSizeIsOpened(t *testing.T) {
	folder := t.TempDir()
	pipe, socket, large := filepath.Join(folder, "pipe.ipynb"), filepath.Join(folder, "socket.ipynb"), filepath.Join(folder, "large.ipynb")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(fd)
	if err := syscall.Bind(fd, &syscall.SockaddrUnix{Name: socket}); err != nil {
		t.Skip(err) // the path is too long for the name of a socket
	}
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, 20<<30); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{pipe: "not a regular file", socket: "not a regular file", "/dev/zero": "not a regular file", large: "the file has 20480 MB"} {
		ended := make(chan [2]string, 1)
		go func() {
			_, problem := Sum(path)
			ended <- [2]string{problem, Read(path).Problem}
		}()
		select {
		case problems := <-ended:
			for _, problem := range problems {
				if !strings.Contains(problem, want) {
					t.Errorf("%s: the problem is %q, want %q", path, problem, want)
				}
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("%s: reading it does not end", path)
		}
	}
}

// The file may be replaced by a pipe after it was looked at.
func TestAPipeThatReplacesAFileIsNotWaitedFor(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe.ipynb")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	opened := make(chan error, 1)
	go func() {
		f, err := openNow(pipe)
		if err == nil {
			f.Close()
		}
		opened <- err
	}()
	select {
	case err := <-opened:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("opening it does not end")
	}
}
