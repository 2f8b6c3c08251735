// Package panics keeps a panic over one student's file from ending the work on everybody
// else's.
//
// It is for a fault of the grader that nobody has found yet. What is known to be wrong with
// a file is an error.
package panics

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"rnn101/internal/atomicfile"
)

// Error is a panic that was caught.
type Error struct {
	Value any    // what the panic says
	Stack []byte // of the goroutine that panicked
}

func (e *Error) Error() string {
	text := []rune(fmt.Sprintf("panic: %v", e.Value))
	if len(text) > 200 { // it may quote the file
		return string(text[:200]) + " …"
	}
	return string(text)
}

// Catch calls f and returns what it panics with, or nil. What f has begun stays half done.
func Catch(f func()) (caught *Error) {
	defer func() {
		if value := recover(); value != nil {
			caught = &Error{value, debug.Stack()}
		}
	}()
	f()
	return nil
}

// Save writes the panic with its stack for whoever mends the grader to the file name in a
// folder, or to a temporary file if folder is "". It returns the file's path.
func (e *Error) Save(folder, name string) (string, error) {
	report := fmt.Appendf(nil, "panic: %v\n\n%s\n%s %s/%s\n", e.Value, e.Stack, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if folder == "" {
		file, err := os.CreateTemp("", "rnn101-panic-*.txt")
		if err != nil {
			return "", err
		}
		_, err = file.Write(report)
		if closing := file.Close(); err == nil {
			err = closing
		}
		return file.Name(), err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	file := filepath.Join(folder, name)
	return file, atomicfile.WriteFile(file, report, 0o600)
}

// Folder is where, in a folder for grades, the stacks of panics are.
const Folder = "panics"

// Explain says to a teacher what a panic means, and where its stack was written: to the
// file name in the folder out for grades, or where temporary files are if out is "".
func (e *Error) Explain(out, name string) string {
	folder := ""
	if out != "" {
		folder = filepath.Join(out, Folder)
	}
	file, err := e.Save(folder, name)
	where := "Whoever maintains it finds the details in "
	switch {
	case err != nil:
		where = "Its details could not be written: " + err.Error()
	case out != "": // a page with this goes to the student: no folder of the teacher's is in it
		where += path.Join(Folder, name) + " beside the table of grades"
	default:
		where += file
	}
	return fmt.Sprintf("the grader itself failed on this submission (%v). That is a fault of the grader, not of the student. %s", e, where)
}
