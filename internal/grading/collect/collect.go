// Package collect finds the submission of each student in a folder, or in a zip from a
// learning platform. Every student is in the list, whatever was handed in; one without a
// readable notebook has the reason there. Nobody is there twice.
//
// Package roster, below, knows the class and whose a label is; platform.go knows how the
// platforms name files, zip.go and folder.go how to read them.
//
// A zip cannot choose where its files are written: the notebook that counts for a student
// goes to a file whose name is a number. It is there only while the student is graded, so that the disk
// has one notebook for each student who is, and not those of the class.
package collect

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"rnn101/internal/grading/roster"
	"rnn101/internal/grading/submission"
	"rnn101/internal/panics"
)

// Submission is what one student has handed in.
type Submission struct {
	Student string
	File    string // the path of the notebook, or "" if there is a Problem; see Unpack
	Problem string // why there is no notebook, or ""
	Unclear string // what only a human can tell, for the teacher and the student, or ""
	// Panic is set if there is no notebook because this package panicked.
	Panic *panics.Error

	packed *zipped // the notebook, if it is in a zip
}

// Unpack writes the notebook to File, if it is in a zip. remove removes it again. An error means that this
// machine failed.
func (s Submission) Unpack() (remove func(), err error) {
	if s.packed == nil {
		return func() {}, nil
	}
	return func() { os.Remove(s.File) }, s.packed.unpack(s.File)
}

// Source says where the submissions of a class are.
type Source struct {
	Path     string         // a folder, with a folder or a file for each student, or a zip of such a folder
	Notebook string         // the name of the notebook, such as a1.ipynb, that counts if there are several
	Work     string         // the folder that notebooks from zips are written to
	Roster   *roster.Roster // of the class, or nil
	// ZipEncoding is that of names in zips that do not say it, if the roster does not tell: one
	// of roster.Encodings, or "".
	ZipEncoding string
}

// Found is what a source has.
type Found struct {
	Submissions []Submission // sorted by student; with a roster, of all students in it
	Unknown     []string     // those that are of nobody in the roster
	Notes       []string     // what a teacher should know, a sentence each

	close func() error
}

// Close closes the source. After that no submission in a zip can be unpacked.
func (f *Found) Close() error { return f.close() }

// Prepare reads the roster, unless its file is "", and checks what can be checked before
// anything is written.
func (s *Source) Prepare(rosterFile string) (err error) {
	if _, err := os.Stat(s.Path); err != nil {
		return fmt.Errorf("the submissions cannot be read: %w", err)
	}
	if err := roster.CheckEncoding(s.ZipEncoding); err != nil {
		return err
	}
	if rosterFile != "" {
		if s.Roster, err = roster.Read(rosterFile); err != nil {
			return fmt.Errorf("the roster cannot be read: %w", err)
		}
	}
	return nil
}

// From lists the submissions of a class. The caller must close what it returns.
func (s Source) From() (found *Found, err error) {
	info, err := os.Stat(s.Path)
	if err != nil {
		return nil, err
	}
	found = &Found{close: func() error { return nil }}
	defer func() {
		if err != nil {
			found.close()
			found = nil
		}
	}()
	w := &writer{folder: s.Work}
	var all []entry
	guess := ""
	if info.IsDir() {
		all, err = listFolder(s.Path)
	} else {
		var z *archive
		if z, err = openZip(s.Path); err == nil {
			found.close = z.Close
			all, guess = z.entries(s.Roster, s.ZipEncoding)
		}
	}
	if err != nil {
		return found, err
	}
	people, lists := group(all, s.Roster)
	if len(lists) > 0 {
		found.note(fmt.Sprintf("taken for no submission: %s", shortList(lists)))
	}
	if len(people) == 0 {
		return found, fmt.Errorf("%s has no submissions: it must have one folder or one notebook for each student", s.Path)
	}
	var unsure []string
	for _, p := range people {
		found.Submissions = append(found.Submissions, choose(p, s.Notebook, w))
		if name, ok := strings.CutSuffix(p.name, roster.Doubtful); ok {
			unsure = append(unsure, name)
		}
	}
	if len(unsure) > 0 {
		found.note(fmt.Sprintf("%s does not say in which encoding it has these names, and they may be wrong: %s. They were read as %s; name another with --zip-encoding, or give the list of the class with --roster", s.Path, shortList(unsure), guess))
	}
	if s.Roster != nil {
		found.addAbsent(s.Roster, people)
	}
	slices.SortFunc(found.Submissions, func(a, b Submission) int { return strings.Compare(a.Student, b.Student) })
	return found, nil
}

func (f *Found) note(text string) {
	if text != "" {
		f.Notes = append(f.Notes, text)
	}
}

// addAbsent adds the students of a roster who have no submission, and lists the submissions
// of nobody.
func (f *Found) addAbsent(r *roster.Roster, people []student) {
	present, maybe := map[string]bool{}, map[string][]string{}
	for _, p := range people {
		if p.known {
			present[p.name] = true
			continue
		}
		f.Unknown = append(f.Unknown, p.name)
		for _, name := range p.maybe {
			maybe[name] = append(maybe[name], p.name)
		}
	}
	for _, name := range r.Names() {
		problem := submission.Nothing.Text()
		if names := maybe[name]; len(names) > 0 {
			problem = submission.Maybe.Text(shortList(names))
		}
		if !present[name] {
			f.Submissions = append(f.Submissions, Submission{Student: name, Problem: problem})
		}
	}
	slices.Sort(f.Unknown)
}

// Student returns the submission in the folder of one student, who is named by the caller.
func Student(folder, who, name string) (Submission, error) {
	found, err := listFolder(folder)
	if err != nil {
		return Submission{}, err
	}
	return choose(student{name: who, files: found}, name, nil), nil
}

// entry is a file or folder that was handed in.
type entry struct {
	name     string // the path in the source, with slashes
	folder   bool
	file     string        // the path on disk, or ""
	zipped   *zipped       // the entry of a zip, or nil
	problem  string        // why it cannot be read, or ""
	panic    *panics.Error // set if the problem is a panic
	doubtful bool          // its name is in an unknown encoding
	attempt  string        // the time of the attempt, where there can be several
}

// student is a student with all files that were handed in.
type student struct {
	name     string
	numbered bool     // the number at the end of the name is the platform's
	known    bool     // in the roster
	maybe    []string // students of the roster whose files these may be
	// spelled are the labels under which the files are. Several need a human.
	spelled []string
	files   []entry
}

// group groups entries by student. lists are the names of files that belong to nobody, such as
// a list from the platform, or a readme.
func group(all []entry, class *roster.Roster) (people []student, lists []string) {
	layout := layoutOf(all)
	byLabel := map[string]*student{}
	var order []string
	for _, e := range all {
		var l label
		if p := panics.Catch(func() { l = layout.of(e) }); p != nil {
			first, _, _ := strings.Cut(e.name, "/")
			e.problem, e.panic, l = panicProblem(p), p, label{key: first, shown: first}
		}
		first, rest, deeper := strings.Cut(e.name, "/")
		if !deeper && !e.folder && e.problem == "" && l.plain && isList(first) && !class.Has(roster.Label{Text: l.shown}) {
			lists = append(lists, roster.Printable(first))
			continue
		}
		if byLabel[l.key] == nil {
			byLabel[l.key] = &student{name: l.shown, numbered: l.numbered}
			order = append(order, l.key)
		}
		p := byLabel[l.key]
		// The folder lee, the notebook lee.ipynb and a folder of the same letters, composed, are
		// three submissions; lee.ipynb with lee.pdf is one.
		if l.plain && (deeper || e.folder || isNotebook(first) || e.problem != "") && !slices.Contains(p.spelled, first) {
			p.spelled = append(p.spelled, first)
		}
		if e.doubtful && !isASCII(l.shown) && !strings.HasSuffix(p.name, roster.Doubtful) {
			p.name += roster.Doubtful
		}
		if !deeper && e.folder {
			continue
		}
		if deeper {
			e.name = rest
		}
		if l.file != "" && !deeper {
			e.name = l.file
		}
		e.attempt = l.attempt
		p.files = append(p.files, e)
	}
	var list []student
	for _, key := range order {
		p := *byLabel[key]
		p.files = lastAttempt(p.files)
		list = append(list, p)
	}
	return assign(list, class), lists
}

// assign gives each group of files the name that its student has in the roster. Groups that
// belong to one student become one, which needs a human. Without a roster labels are names.
func assign(list []student, class *roster.Roster) []student {
	labels := make([]roster.Label, len(list))
	for i, s := range list {
		labels[i] = roster.Label{Text: s.name, Numbered: s.numbered}
	}
	var all []student
	place := map[string]int{}
	for i, owner := range class.Owners(labels) {
		s := list[i]
		if s.maybe = owner.Maybe; owner.Name != "" {
			s.name, s.known = owner.Name, true
		}
		if len(s.spelled) == 0 {
			s.spelled = []string{list[i].name}
		}
		at, ok := place[s.name]
		if !ok {
			place[s.name] = len(all)
			all = append(all, s)
			continue
		}
		all[at].known = all[at].known || s.known
		all[at].spelled = append(all[at].spelled, s.spelled...)
		all[at].files = append(all[at].files, s.files...)
	}
	return all
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// shortList lists names, at most a line of them.
func shortList(names []string) string {
	const most = 8
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// panicProblem returns the problem of an entry or a student if reading it panics.
func panicProblem(p *panics.Error) string { return "the grader itself failed on it: " + p.Error() }

// isNotebook reports whether a file is a notebook by its name. Browsers and mail programs add
// .txt or .json to a type of file that they do not know.
func isNotebook(name string) bool {
	name = strings.ToLower(name)
	for _, added := range []string{".txt", ".json"} {
		name = strings.TrimSuffix(name, added)
	}
	return path.Ext(name) == ".ipynb"
}

// isCalled reports whether a notebook has a name, apart from what was added to it.
func isCalled(file, name string) bool {
	file = strings.ToLower(norm.NFC.String(path.Base(file)))
	name = strings.ToLower(name)
	return file == name || file == name+".txt" || file == name+".json"
}

// choose is chooseNotebook, but turns a panic into a problem of this student.
func choose(p student, name string, w *writer) (s Submission) {
	if caught := panics.Catch(func() { s = chooseNotebook(p, name, w) }); caught != nil {
		return Submission{Student: p.name, Problem: panicProblem(caught), Panic: caught}
	}
	return s
}

// chooseNotebook chooses the notebook of a student, and reads it once if it is in a zip.
func chooseNotebook(p student, name string, w *writer) Submission {
	s := Submission{Student: p.name}
	if len(p.spelled) > 1 {
		for i := range p.spelled {
			p.spelled[i] = roster.Printable(norm.NFC.String(p.spelled[i]))
		}
		slices.Sort(p.spelled)
		s.Problem = submission.Namesakes.Text(len(p.spelled), strings.Join(p.spelled, ", "))
		return s
	}
	var notebooks, named []entry
	var others, problems []string
	var panicked *panics.Error
	for _, e := range withZipped(p.files, w) {
		switch {
		case e.problem != "":
			panicked = cmp.Or(panicked, e.panic)
			problems = append(problems, roster.Printable(path.Base(e.name))+": "+e.problem)
		case e.folder:
		case !isNotebook(e.name):
			others = append(others, roster.Printable(e.name))
		default:
			notebooks = append(notebooks, e)
			if isCalled(e.name, name) {
				named = append(named, e)
			}
		}
	}
	candidates := notebooks
	if len(named) == 1 {
		candidates = named
	}
	switch {
	case len(candidates) == 1:
		var err error
		if s.File, s.packed, err = w.place(candidates[0]); err != nil {
			s.Problem = roster.Printable(path.Base(candidates[0].name)) + ": " + err.Error()
		}
		if more := versions(notebooks, candidates[0], name); len(more) > 0 {
			s.Unclear = submission.More.Text(roster.Printable(path.Base(candidates[0].name)), strings.Join(more, ", "))
		}
	case len(candidates) > 1:
		var names []string
		for _, n := range candidates {
			names = append(names, roster.Printable(n.name))
		}
		s.Problem = submission.Notebooks.Text(len(names), strings.Join(names, ", "))
	case len(problems) > 3:
		s.Problem = submission.LikeThese.Text(strings.Join(problems[:3], "; "), len(problems)-3)
	case len(problems) > 0:
		s.Problem = strings.Join(problems, "; ")
	case len(others) > 0:
		s.Problem = submission.NoNotebook.Text(len(others), shortList(others))
	default:
		s.Problem = submission.Nothing.Text()
	}
	if s.File == "" {
		s.Panic = panicked
	}
	return s
}

// versions returns the names of the notebooks that seem to be other versions of the chosen one: their
// names begin as that of the assignment's notebook does.
func versions(notebooks []entry, chosen entry, name string) []string {
	stem := strings.ToLower(strings.TrimSuffix(name, path.Ext(name)))
	var more []string
	for _, n := range notebooks {
		if n != chosen && strings.HasPrefix(strings.ToLower(path.Base(n.name)), stem) {
			more = append(more, roster.Printable(n.name))
		}
	}
	return more
}

// writer says where the notebooks from zips are written.
type writer struct {
	folder string
	n      int
}

// place returns the path of a notebook on disk. One in a zip will be written there, and is read now, so
// that what is wrong with it is known.
func (w *writer) place(e entry) (file string, packed *zipped, err error) {
	if e.zipped == nil {
		return e.file, nil, nil
	}
	if err := e.zipped.copyTo(io.Discard); err != nil {
		return "", nil, err
	}
	w.n++
	return filepath.Join(w.folder, fmt.Sprintf("%06d.ipynb", w.n)), e.zipped.alone(), nil
}
