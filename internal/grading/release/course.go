package release

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/notebook"
)

// HasSolutions reports whether a notebook is the source of an assignment, with its solutions.
// In what students have it is the edition.
func HasSolutions(nb *notebook.Notebook) bool {
	for _, c := range nb.Cells {
		if strings.Contains(c.Source, beginSolution) {
			return true
		}
	}
	return false
}

// WriteCourse writes a zip of the course for students: all files that git has, as they are
// now, with the student's edition of each assignment, in each language, in the place of its source, and without
// the tests of the grader, in which answers are written out. The commands lab, run, html, check
// and test work in it. It returns how many files are in it.
//
// It is an error if a solution, or a piece of one between two lines, is in any of the files
// after all. What the lecture itself shows is no secret: the notebooks may have it.
func WriteCourse(ctx context.Context, repo *checkout.Checkout, file string) (files int, err error) {
	names, err := tracked(ctx, repo)
	if err != nil {
		return 0, err
	}
	sources, err := sourcesOf(repo)
	if err != nil {
		return 0, err
	}
	editions, solutions := map[string][]byte{}, map[string]string{}
	for _, s := range sources {
		if !HasSolutions(s.Solved) {
			return 0, fmt.Errorf("%s has no solutions: this is the course as students have it", s.Solved.Path)
		}
		data, err := s.Edition.Encode()
		if err != nil {
			return 0, err
		}
		editions[filepath.ToSlash(repo.Rel(s.Solved.Path))] = data
		for _, c := range s.Solved.Cells {
			for _, solution := range solutionsIn(c.Source) {
				solutions[squeeze(solution)] = s.Assignment.Name + ", " + Meta(c).GradeID
			}
		}
	}
	contents := map[string][]byte{}
	var lecture strings.Builder
	for _, name := range names {
		data, ok := editions[name]
		if !ok {
			if data, err = os.ReadFile(filepath.Join(repo.Root, filepath.FromSlash(name))); err != nil {
				return 0, err
			}
		}
		contents[name] = data
		if strings.HasPrefix(name, "notebooks/") {
			lecture.WriteString(squeeze(text(name, data)))
		}
	}
	shown := lecture.String()
	for _, name := range names {
		squeezed := squeeze(text(name, contents[name]))
		for solution, of := range solutions {
			if !strings.Contains(shown, solution) && strings.Contains(squeezed, solution) {
				return 0, fmt.Errorf("%s has the solution of %s in it: students must not get it", name, of)
			}
		}
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		header := &zip.FileHeader{Name: checkout.Module + "/" + name, Method: zip.Deflate}
		header.SetMode(0o644)
		if info, err := os.Stat(filepath.Join(repo.Root, filepath.FromSlash(name))); err == nil && info.Mode()&0o100 != 0 {
			header.SetMode(0o755)
		}
		w, err := z.CreateHeader(header)
		if err == nil {
			_, err = w.Write(contents[name])
		}
		if err != nil {
			return 0, err
		}
	}
	if err := z.Close(); err != nil {
		return 0, err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return 0, err
	}
	return len(names), atomicfile.WriteFile(file, b.Bytes(), 0o666)
}

// sourcesOf returns all assignments in all languages that they have.
func sourcesOf(repo *checkout.Checkout) (all []*Source, err error) {
	for _, a := range assignment.All {
		english, err := Load(repo, a.Name)
		if err != nil {
			return nil, err
		}
		for _, e := range english.Frame.Editions {
			s, err := LoadIn(repo, a.Name, e.Language)
			if err != nil {
				return nil, err
			}
			all = append(all, s)
		}
	}
	return all, nil
}

// tracked returns the names of the files that students get, with slashes: of those that git
// has, so that nothing that lies beside them, such as grades, can be among them.
func tracked(ctx context.Context, repo *checkout.Checkout) ([]string, error) {
	cmd := exec.CommandContext(ctx, "git", "ls-files", "-z")
	cmd.Dir = repo.Root
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("git ls-files failed (%w): the archive is made of the files that git has, so it needs git and a clone of the course", err)
	}
	var names []string
	for name := range strings.SplitSeq(string(out), "\x00") {
		if name == "" || forTeachers(name) {
			continue
		}
		info, err := os.Lstat(filepath.Join(repo.Root, filepath.FromSlash(name)))
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed, and not committed yet
		}
		if err != nil {
			return nil, err
		}
		if info.Mode().IsRegular() {
			names = append(names, name)
		}
	}
	return names, nil
}

// referenceFolder has the functions that the grader puts in place of wrong ones of a student, and
// in it embedFile is what the grader needs of it to be built.
const (
	referenceFolder = "internal/grading/assignment/internal/reference"
	embedFile       = referenceFolder + "/source.go"
)

// forTeachers reports whether a file belongs to the tests of the grader or of the assignments, or
// has right functions for later tasks to call.
func forTeachers(name string) bool {
	if path.Dir(name) == referenceFolder {
		return name != embedFile
	}
	if !strings.HasPrefix(name, "internal/grading/") && !strings.HasPrefix(name, "assignments/") {
		return false
	}
	return strings.HasSuffix(name, "_test.go") || strings.Contains(name, "/testdata/")
}

// solutionsIn returns what is between the marks of a solution.
func solutionsIn(source string) (all []string) {
	for {
		_, rest, ok := strings.Cut(source, beginSolution)
		if !ok {
			return all
		}
		solution, rest, _ := strings.Cut(rest, endSolution)
		if _, solution, ok = strings.Cut(solution, "\n"); ok {
			solution = solution[:strings.LastIndexByte(solution, '\n')+1] // without the line of the mark
			all = append(all, solution)
		}
		source = rest
	}
}

// text returns what a file says: of a notebook, the sources of its cells.
func text(name string, data []byte) string {
	if path.Ext(name) != ".ipynb" {
		return string(data)
	}
	nb, err := notebook.Parse(name, data)
	if err != nil {
		return string(data)
	}
	var b strings.Builder
	for _, c := range nb.Cells {
		b.WriteString(c.Source + "\n")
	}
	return b.String()
}

// squeeze removes all white space, so that another indentation makes no difference.
func squeeze(s string) string {
	if !utf8.ValidString(s) {
		return "" // a picture
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
