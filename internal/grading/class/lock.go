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

// What a run writes to the folder for grades, besides by-hand.csv.
const (
	GradesCSV  = "grades.csv"
	gradesJSON = "grades.json"
	students   = "students" // a folder with a file for each grade

	FeedbackFolder = "feedback" // a folder with the pages for students

	lockName = ".lock"
)

// Lock makes the folder for grades if needed, and locks it until unlock is called: two runs
// would write the same files, and one would remove what the other has compiled.
//
// What a run writes there has names, answers and grades, so only its owner can read it:
// files have the mode 0600, folders 0700. Lock restricts the files of earlier versions, too.
// A folder that existed before, and everything else in it, keeps its mode.
func Lock(out string) (unlock func(), err error) {
	if err := os.MkdirAll(out, 0o700); err != nil {
		return nil, err
	}
	unlock, err = atomicfile.TryLock(filepath.Join(out, lockName), 0o600)
	if held := (*atomicfile.HeldError)(nil); errors.As(err, &held) {
		return nil, fmt.Errorf("another grading is running in %s (%w): wait for its end, or choose another folder with --out", out, err)
	}
	if err != nil {
		return nil, fmt.Errorf("the folder for grades cannot be locked: %w", err)
	}
	if err := restrictFiles(out); err != nil {
		unlock()
		return nil, fmt.Errorf("the grades in %s cannot be hidden from other users of this machine: %w. Choose another folder with --out", out, err)
	}
	return unlock, nil
}

// restrictFiles restricts what earlier runs have written.
func restrictFiles(out string) error {
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
