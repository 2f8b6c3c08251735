package class

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// graderVersion changes whenever the grader itself changes in a way that may change a
// grade. What the checks ask for need not change it: that is part of a grade's hash.
const graderVersion = "6"

// CheckVersion returns an error if the folder out holds a grade of another version of the
// grader. It writes nothing.
func CheckVersion(out string) error {
	others, err := otherVersions(out)
	if err != nil || len(others) == 0 {
		return err
	}
	made := "grader version " + others[0].Grader
	if others[0].Grader == "" {
		made = "a grader without a version number"
	}
	return fmt.Errorf("%s holds grades of %s, and this is grader version %s, which may give other points. "+
		"To grade everybody again, add --regrade (the points in %s are kept); to keep these grades, choose another folder with --out",
		out, made, graderVersion, ByHand)
}

// savedGrade is a student's grade in a file of its own.
type savedGrade struct {
	Grade
	file string
}

// otherVersions returns the saved grades of other versions of the grader. A file that
// cannot be decoded holds no grade.
func otherVersions(out string) (all []savedGrade, err error) {
	folder := filepath.Join(out, students)
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		file := filepath.Join(folder, entry.Name())
		if g, err := readGrade(file); err == nil && g.Grader != graderVersion {
			all = append(all, savedGrade{g, file})
		}
	}
	return all, nil
}

// removeOtherVersions removes the grades of other versions that this run has not replaced:
// those of students who are no longer there, or whom the grader failed on.
func removeOtherVersions(out string) error {
	others, err := otherVersions(out)
	if err != nil {
		return err
	}
	for _, old := range others {
		if err := os.Remove(old.file); err != nil {
			return err
		}
	}
	return nil
}
