//go:build unix

package class

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"rnn101/internal/grading/collect"
)

// A grade and its hash are of one reading of the file: a student who hands in again while the class is
// graded does not get the grade of one file with the hash of the other. Then the next run would keep
// that of a file that is gone.
func TestAGradeAndItsHashAreOfTheSameFile(t *testing.T) {
	c, folder := class(t), t.TempDir()
	handed := []collect.Submission{handIn(t, folder, "kim", right)}
	// The run hashes the submission, then looks for an earlier grade. Here that is a pipe,
	// which makes it wait until the file has been replaced.
	kept := filepath.Join(c.Out, students)
	if err := os.MkdirAll(kept, 0o700); err != nil {
		t.Fatal(err)
	}
	pipe := filepath.Join(kept, hashedName("kim")+".json")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	replaced := make(chan error, 1)
	go func() {
		w, err := os.OpenFile(pipe, os.O_WRONLY, 0) // waits for the reader
		if err == nil {
			handIn(t, folder, "kim", wrong)
			err = w.Close()
		}
		replaced <- err
	}()
	all, err := c.Run(t.Context(), handed, func(int, int, string) {})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-replaced; err != nil {
		t.Fatal(err)
	}
	if all[0].Points == 3 {
		t.Error("the grade is that of the file that is gone")
	}
	before := times(t, c.Out)
	again, err := c.Run(t.Context(), handed, func(int, int, string) {})
	if err != nil || again[0].Points != all[0].Points || !before[pipe].Equal(times(t, c.Out)[pipe]) {
		t.Errorf("the second run: %+v, %v; want the grade of the first, not graded again", again, err)
	}
	handIn(t, folder, "kim", right)
	if again, err = c.Run(t.Context(), handed, func(int, int, string) {}); err != nil || again[0].Points != 3 {
		t.Errorf("the file that was there first: %+v, %v; want 3 points", again, err)
	}
}
