// Package collect finds what each student has handed in, in a folder or in the zip that
// a learning platform gives out. Nobody is left out: who handed in nothing that can be
// read stands in the list with the reason.
//
// Nothing of a zip chooses where it is written: a notebook in it goes to a file with a
// number for its name.
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

	"rnn101/internal/panics"
)

// Submission is what one student has handed in.
type Submission struct {
	Student string
	File    string // of the notebook, or "" with Problem
	Problem string // why there is none; then a human has to look
	// Panic is set if it is the reader's fault that there is none, and not the student's.
	Panic *panics.Error
}

// From reads a folder, with one folder or one notebook for each student, or a zip of the
// same. name is what the assignment's file is called, "a1.ipynb": it decides where a
// student has handed in several. Notebooks of a zip are written to the folder work.
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
		return nil, fmt.Errorf("%s holds no submission: it should have one folder or one notebook for each student", source)
	}
	return all, nil
}

// Student reads the folder of one student, whose name is the caller's.
func Student(folder, who, name string) (Submission, error) {
	found, err := listFolder(folder)
	if err != nil {
		return Submission{}, err
	}
	return choose(who, found, name), nil
}

// entry is something that was handed in: its place below the source, with slashes, and
// where it is, or why it cannot be read.
type entry struct {
	name    string
	file    string
	folder  bool
	problem string
	panic   *panics.Error // problem of the reader's own
}

// failed is what becomes of an entry, or of a student, if reading it panics.
func panicProblem(p *panics.Error) string { return "the grader itself failed on it: " + p.Error() }

// maxDepth is how deep below a student's folder a notebook may lie.
const maxDepth = 4

// listFolder lists what lies in a folder. Links are not followed.
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
			e.problem = "it is a link to another file, and links are not followed"
		}
		all = append(all, e)
		if d.IsDir() && strings.Count(e.name, "/") >= maxDepth {
			return fs.SkipDir
		}
		return nil
	})
	return all, err
}

// ignored are files that systems and JupyterLab leave behind. A folder of the class is
// never one of them because of a dot alone: nobody may be left out.
func ignored(name string) bool {
	base := path.Base(name)
	switch base {
	case "__MACOSX", "Thumbs.db", "desktop.ini", "__pycache__", ".DS_Store", ".git", ".ipynb_checkpoints":
		return true
	}
	return strings.HasPrefix(base, "._") || base != name && strings.HasPrefix(base, ".")
}

// group sorts what was found by student: the first part of its name.
func group(found []entry, name string) []Submission {
	byStudent := map[string][]entry{}
	spelled := map[string]map[string]bool{} // how the parts were written that are the same name
	var order []string
	for _, e := range found {
		first, rest, deeper := strings.Cut(e.name, "/")
		if !deeper && !e.folder && !isNotebook(first) && e.problem == "" {
			continue // a list of the platform's, a readme
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

// Moodle adds this to the name and number of a student.
var platform = regexp.MustCompile(`_assignsubmission_(file|onlinetext)_?.*$`)

// student is the name that a folder or a file stands for: composed letters, so that a
// Korean name from a Mac is the same as from Windows, and without what platforms add.
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

// chosen is choose, which costs this student alone if it panics.
func choose(who string, entries []entry, name string) (h Submission) {
	if p := panics.Catch(func() { h = chooseNotebook(who, entries, name) }); p != nil {
		return Submission{Student: who, Problem: panicProblem(p), Panic: p}
	}
	return h
}

// choose picks the notebook of a student.
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
