package class

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rnn101/internal/atomicfile"
	"rnn101/internal/grading/sandbox"
)

// What a grading writes into the folder for grades, besides the lock.
const (
	GradesCSV  = "grades.csv"
	gradesJSON = "grades.json"
	students   = "students" // a file for each student: what is graded already

	FeedbackFolder = "feedback" // the pages for students

	lockName = ".lock"
)

// Lock makes the folder for grades, and keeps a second grading out of it until unlock is
// called: both would write the same files, and the one remove what the other has
// compiled.
//
// What a grading writes there is for its owner alone, files 0600 and folders 0700: it
// holds names, answers and grades. What an earlier version left more open is closed. A
// folder that was there before, and everything else in it, keeps its permissions.
func Lock(out string) (unlock func(), err error) {
	if err := os.MkdirAll(out, 0o700); err != nil {
		return nil, err
	}
	unlock, err = atomicfile.TryLock(filepath.Join(out, lockName), 0o600)
	if held := (*atomicfile.HeldError)(nil); errors.As(err, &held) {
		return nil, fmt.Errorf("another grading works in %s (%w): wait for its end, or choose another folder with --out", out, err)
	}
	if err != nil {
		return nil, fmt.Errorf("the folder for grades: %w", err)
	}
	if err := closeToOthers(out); err != nil {
		unlock()
		return nil, fmt.Errorf("the grades in %s cannot be closed to other users of this machine: %w. Choose another folder with --out", out, err)
	}
	return unlock, nil
}

// closeToOthers restricts what gradings have written.
func closeToOthers(out string) error {
	entries, err := os.ReadDir(out)
	if err != nil {
		return err
	}
	own := []string{GradesCSV, gradesJSON, ByHand, ByHandBefore, students, FeedbackFolder, lockName}
	for _, entry := range entries {
		if !slices.Contains(own, entry.Name()) && !strings.HasPrefix(entry.Name(), sandbox.WorkPrefix) {
			continue
		}
		if err := atomicfile.Restrict(filepath.Join(out, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}
