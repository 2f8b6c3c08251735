// Package panics recovers from a panic over one student's file, so that the others are still
// processed. It is for faults of the grader that are not yet known: a fault of the file is an
// error.
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

// Error is a panic that Catch has recovered from.
type Error struct {
	Value any    // of the panic
	Stack []byte // of the goroutine that panicked
}

func (e *Error) Error() string {
	text := []rune(fmt.Sprintf("panic: %v", e.Value))
	if len(text) > 200 { // it may quote the file
		return string(text[:200]) + " …"
	}
	return string(text)
}

// Catch calls f. If f panics, it recovers and returns the panic, otherwise nil.
func Catch(f func()) (caught *Error) {
	defer func() {
		if value := recover(); value != nil {
			caught = &Error{value, debug.Stack()}
		}
	}()
	f()
	return nil
}

// Save writes the panic and its stack to a file with the given name in a folder, or to a
// temporary file if folder is "". It returns the path of the file.
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

// Folder is the name of the folder for stacks, in the folder for grades.
const Folder = "panics"

// Explain saves the panic and returns a message for the teacher: what it means and where the
// stack is. The file has the given name in Folder in the folder for grades, out, or is a
// temporary file if out is "".
func (e *Error) Explain(out, name string) string {
	folder := ""
	if out != "" {
		folder = filepath.Join(out, Folder)
	}
	file, err := e.Save(folder, name)
	where := "The details for whoever maintains the grader are in "
	switch {
	case err != nil:
		where = "The details could not be written: " + err.Error()
	case out != "": // students may read this, so it must not name the teacher's folder
		where += path.Join(Folder, name) + " beside the table of grades"
	default:
		where += file
	}
	return fmt.Sprintf("the grader itself failed on this submission (%v). That is a fault of the grader, not of the student. %s", e, where)
}
