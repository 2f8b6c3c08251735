// Package collect finds the submission of each student in a folder, or in a zip from a
// learning platform. Every student is in the list; one without a readable notebook has the
// reason there.
//
// A zip cannot choose where its files are written: a notebook goes to a file whose name is a
// number.
package collect

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"rnn101/internal/grading/submission"
	"rnn101/internal/panics"
)

// Submission is what one student has handed in.
type Submission struct {
	Student string
	File    string // the path of the notebook, or "" if there is a Problem
	Problem string // why there is no notebook, or ""
	Unclear string // what only a human can tell, for the teacher and the student, or ""
	// Panic is set if there is no notebook because this package panicked.
	Panic *panics.Error
}

// From lists the submissions in a folder, with one folder or one notebook for each student,
// or in a zip of such a folder. If a student has several notebooks, the one with the given
// name, such as "a1.ipynb", counts. Notebooks from a zip are written to the folder work.
func From(source, name, work string) ([]Submission, error) {
	info, err := os.Stat(source)
	if err != nil {
		return nil, err
	}
	var found []entry
	if info.IsDir() {
		found, err = listFolder(source)
	} else {
		found, err = unzip(source, work)
	}
	if err != nil {
		return nil, err
	}
	all := group(found, name)
	if len(all) == 0 {
		return nil, fmt.Errorf("%s has no submissions: it must have one folder or one notebook for each student", source)
	}
	return all, nil
}

// Student returns the submission in the folder of one student, who is named by the caller.
func Student(folder, who, name string) (Submission, error) {
	found, err := listFolder(folder)
	if err != nil {
		return Submission{}, err
	}
	return choose(who, found, name), nil
}

// entry is a file or folder that was handed in.
type entry struct {
	name    string // the path in the source, with slashes
	file    string // the path on disk, or "" if it was not written
	folder  bool
	problem string        // why it cannot be read, or ""
	panic   *panics.Error // set if the problem is a panic
}

// panicProblem returns the problem of an entry or a student if reading it panics.
func panicProblem(p *panics.Error) string { return "the grader itself failed on it: " + p.Error() }

// maxDepth is how deep in a student's folder a notebook may be.
const maxDepth = 4

// listFolder lists the entries in a folder. It does not follow links.
func listFolder(source string) ([]entry, error) {
	var all []entry
	err := filepath.WalkDir(source, func(file string, d fs.DirEntry, err error) error {
		name, relative := filepath.Rel(source, file)
		switch {
		case file == source || relative != nil:
			return errors.Join(err, relative)
		case err != nil:
			all = append(all, entry{name: filepath.ToSlash(name), problem: "it cannot be read: " + err.Error()})
			return fs.SkipDir
		case ignored(filepath.ToSlash(name)):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		e := entry{name: filepath.ToSlash(name), file: file, folder: d.IsDir()}
		if d.Type()&fs.ModeSymlink != 0 {
			e.problem = submission.SymbolicLink
		}
		all = append(all, e)
		if d.IsDir() && strings.Count(e.name, "/") >= maxDepth {
			return fs.SkipDir
		}
		return nil
	})
	return all, err
}

// ignored reports whether a file was left behind by the operating system or JupyterLab. A dot
// at the start of a student's own folder is not enough: no student may be missed.
func ignored(name string) bool {
	base := path.Base(name)
	switch base {
	case "__MACOSX", "Thumbs.db", "desktop.ini", "__pycache__", ".DS_Store", ".git", ".ipynb_checkpoints":
		return true
	}
	return strings.HasPrefix(base, "._") || base != name && strings.HasPrefix(base, ".")
}

// group groups entries by student, who is the first part of their names.
func group(found []entry, name string) []Submission {
	byStudent := map[string][]entry{}
	spelled := map[string]map[string]bool{} // the spellings of each student's name
	var order []string
	for _, e := range found {
		first, rest, deeper := strings.Cut(e.name, "/")
		if !deeper && !e.folder && !isNotebook(first) && e.problem == "" {
			continue // a list from the platform, a readme
		}
		who := first
		if p := panics.Catch(func() { who = student(first) }); p != nil {
			e.problem, e.panic = panicProblem(p), p
		}
		if byStudent[who] == nil {
			order = append(order, who)
			byStudent[who] = []entry{}
			spelled[who] = map[string]bool{}
		}
		spelled[who][first] = true
		if deeper || !e.folder {
			if deeper {
				e.name = rest
			}
			byStudent[who] = append(byStudent[who], e)
		}
	}
	var all []Submission
	for _, who := range order {
		h := choose(who, byStudent[who], name)
		if n := len(spelled[who]); n > 1 {
			h = Submission{Student: who, Problem: fmt.Sprintf("there are %d submissions under this name: %s", n, strings.Join(sorted(spelled[who]), ", "))}
		}
		all = append(all, h)
	}
	slices.SortFunc(all, func(a, b Submission) int { return strings.Compare(a.Student, b.Student) })
	return all
}

func sorted(set map[string]bool) []string {
	all := make([]string, 0, len(set))
	for one := range set {
		all = append(all, one)
	}
	slices.Sort(all)
	return all
}

// platform is what Moodle appends to the name and number of a student.
var platform = regexp.MustCompile(`_assignsubmission_(file|onlinetext)_?.*$`)

// student returns the name of the student that a folder or file belongs to. It is in composed
// form (NFC), so that a Korean name from a Mac equals that from Windows, and without what
// platforms append.
func student(first string) string {
	who := norm.NFC.String(first)
	if isNotebook(who) {
		who = strings.TrimSuffix(who, path.Ext(who))
	}
	who = strings.TrimSpace(platform.ReplaceAllString(who, ""))
	if who == "" {
		who = first
	}
	return who
}

func isNotebook(name string) bool { return strings.EqualFold(path.Ext(name), ".ipynb") }

// choose is chooseNotebook, but turns a panic into a problem of this student.
func choose(who string, entries []entry, name string) (h Submission) {
	if p := panics.Catch(func() { h = chooseNotebook(who, entries, name) }); p != nil {
		return Submission{Student: who, Problem: panicProblem(p), Panic: p}
	}
	return h
}

// chooseNotebook chooses the notebook of a student.
func chooseNotebook(who string, entries []entry, name string) Submission {
	var notebooks, named []entry
	others, problems := 0, []string{}
	var panicked *panics.Error
	for _, e := range entries {
		switch {
		case e.problem != "":
			if e.panic != nil {
				panicked = e.panic
			}
			problems = append(problems, path.Base(e.name)+": "+e.problem)
		case e.folder:
		case !isNotebook(e.name):
			others++
		default:
			notebooks = append(notebooks, e)
			if strings.EqualFold(norm.NFC.String(path.Base(e.name)), name) {
				named = append(named, e)
			}
		}
	}
	h := Submission{Student: who}
	switch {
	case len(named) == 1:
		h.File = named[0].file
		stem := strings.ToLower(strings.TrimSuffix(name, path.Ext(name)))
		var more []string
		for _, n := range notebooks {
			if n.file != h.File && strings.HasPrefix(strings.ToLower(path.Base(n.name)), stem) {
				more = append(more, n.name)
			}
		}
		if len(more) > 0 {
			h.Unclear = fmt.Sprintf("%s was graded, and there is more: %s", path.Base(named[0].name), strings.Join(more, ", "))
		}
	case len(notebooks) == 1:
		h.File = notebooks[0].file
	case len(notebooks) > 1:
		var names []string
		for _, n := range notebooks {
			names = append(names, n.name)
		}
		h.Problem = fmt.Sprintf("there are %d notebooks, and it is not clear which one counts: %s", len(notebooks), strings.Join(names, ", "))
	case len(problems) > 3:
		h.Problem = fmt.Sprintf("%s; and %d more like these", strings.Join(problems[:3], "; "), len(problems)-3)
	case len(problems) > 0:
		h.Problem = strings.Join(problems, "; ")
	case others > 0:
		h.Problem = fmt.Sprintf("there is no notebook among its files (%d)", others)
	default:
		h.Problem = "nothing was handed in"
	}
	if h.File == "" {
		h.Panic = panicked
	}
	return h
}
