package collect

import (
	"path"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"rnn101/internal/grading/roster"
)

// How the learning platforms name what students hand in. Each pattern is for the first part
// of a path: a file of a flat zip, or a folder.
var (
	// Moodle, mod/assign/locallib.php (download_submissions): the student's full name, which
	// an administrator may extend with the name of a group and "-", the number of the
	// participant, and the plugin: NAME_NUMBER_assignsubmission_file_FILE. "Download in
	// folders" makes a folder of NAME_NUMBER_assignsubmission_file, in older versions with a
	// _ at its end. Online text is a submission of its own, onlinetext.html.
	moodle = regexp.MustCompile(`^(.+?)_assignsubmission_([a-z]+)(?:_(.*))?$`)

	// Canvas, lib/content_zipper.rb (zip_assignment): the sortable name in small letters
	// without anything but letters and digits, LATE, the numbers of the user and of the
	// file: leeann_LATE_1234_5678_a1-1.ipynb. Online text is leeann_1234_text.html, an
	// address leeann_1234_link.html. With anonymous grading the name is anon_ and five characters.
	canvasFile = regexp.MustCompile(`^(?i:(anon(?:_LATE)?_[0-9a-z]{5})_\d+_(.+)|(.+?)(?:_LATE)?_(\d+)_\d+_(.+))$`)
	canvasText = regexp.MustCompile(`^(?i:(.+?)(?:_LATE)?_(\d+|[0-9a-z]{5}))_((?:text|link|question).*\.html?)$`)

	// Blackboard Learn, Download Assignment Files: the assignment's name, the user's name, the
	// time of the attempt and the file: A1_alee_attempt_2026-03-01-10-20-30_a1.ipynb. Each
	// attempt also has a text about it, which ends with the time.
	blackboard = regexp.MustCompile(`^(.+)_attempt_(\d{4}(?:-\d{2}){5})(?:_(.*)|(\.txt))$`)

	// Google Classroom, "Make a copy for each student", as Google Drive downloads the folder
	// of the assignment: Ann Lee - a1.ipynb. Files that students add keep their own names,
	// which do not say whose they are.
	classroom = regexp.MustCompile(`^(.+?) - (.+)$`)
)

// layout says which patterns the names of a source follow. Those of Moodle and Blackboard
// have words of their own; the others must fit half of the files.
type layout struct {
	canvas, classroom bool
	assignment        string // what the names of Blackboard begin with
}

// layoutOf finds out the layout of a source.
func layoutOf(all []entry) layout {
	var l layout
	files, canvas, copies := 0, 0, 0
	users := map[string]bool{}
	for _, e := range all {
		first, _, deeper := strings.Cut(e.name, "/")
		if m := blackboard.FindStringSubmatch(first); m != nil {
			if len(users) == 0 {
				l.assignment = m[1]
			}
			users[m[1]] = true
			l.assignment = commonPrefix(l.assignment, m[1])
		}
		if deeper || e.folder || isList(first) {
			continue
		}
		files++
		if canvasFile.MatchString(first) || canvasText.MatchString(first) {
			canvas++
		}
		if classroom.MatchString(first) {
			copies++
		}
	}
	l.canvas, l.classroom = canvas > 0 && 2*canvas >= files, copies > 0 && 2*copies >= files
	// The user's name begins after a _; if there is one user only, after the last.
	l.assignment = l.assignment[:strings.LastIndexByte(l.assignment, '_')+1]
	return l
}

func commonPrefix(a, b string) string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return a[:n]
}

// label says whose an entry is.
type label struct {
	key     string // the same for all entries of a student
	shown   string // the student's name, as far as it is known
	file    string // the name that the student gave the file, or ""
	attempt string // the time of an attempt, or ""
	// numbered says that the number at the end of the name is that of a participant in Moodle,
	// which no list of a class has.
	numbered bool
	plain    bool // the name is the student's own, or the teacher's
}

// of returns the label of an entry.
func (l layout) of(e entry) label {
	first, _, deeper := strings.Cut(e.name, "/")
	first = norm.NFC.String(first)
	file := !deeper && !e.folder
	if m := moodle.FindStringSubmatch(first); m != nil && strings.TrimSpace(m[1]) != "" {
		l := newLabel("moodle", m[1], m[3], "")
		l.numbered = true
		return l
	}
	if m := blackboard.FindStringSubmatch(first); m != nil {
		shown := strings.TrimPrefix(m[1], l.assignment)
		return newLabel("blackboard "+m[1], shown, m[3]+m[4], m[2])
	}
	if m := canvasFile.FindStringSubmatch(first); l.canvas && file && m != nil {
		if m[1] != "" {
			return newLabel("canvas", strings.Replace(m[1], "_LATE", "", 1), m[2], "")
		}
		return newLabel("canvas", m[3]+"_"+m[4], m[5], "")
	}
	if m := canvasText.FindStringSubmatch(first); l.canvas && file && m != nil {
		return newLabel("canvas", m[1]+"_"+m[2], m[3], "")
	}
	if m := classroom.FindStringSubmatch(first); l.classroom && file && m != nil {
		return newLabel("classroom", m[1], m[2], "")
	}
	who := first
	if file || e.problem != "" && !deeper {
		who = withoutType(first)
	}
	plain := newLabel("plain", who, "", "")
	plain.plain = true
	return plain
}

func newLabel(platform, name, file, attempt string) label {
	if bare := strings.TrimSpace(name); bare != "" {
		name = bare
	} else {
		name = strconv.Quote(name)
	}
	return label{key: platform + " " + name, shown: roster.Printable(name), file: file, attempt: attempt}
}

// withoutType returns the name of a file without its type, unless nothing else is left.
func withoutType(name string) string {
	bare := name
	if isNotebook(name) {
		for path.Ext(bare) != "" && !strings.EqualFold(path.Ext(bare), ".ipynb") {
			bare = strings.TrimSuffix(bare, path.Ext(bare))
		}
	}
	if bare = strings.TrimSuffix(bare, path.Ext(bare)); strings.TrimSpace(bare) == "" {
		return name
	}
	return bare
}

// isList reports whether a file beside the submissions is for the teacher: a table of grades,
// a readme.
func isList(name string) bool {
	name = strings.ToLower(name)
	switch path.Ext(name) {
	case ".csv", ".tsv", ".xls", ".xlsx", ".ods":
		return true
	}
	return strings.HasPrefix(name, "readme") || name == "index.html" || name == "manifest.xml"
}

// lastAttempt returns the files of the last of several attempts.
func lastAttempt(files []entry) []entry {
	last := ""
	for _, e := range files {
		last = max(last, e.attempt)
	}
	if last == "" {
		return files
	}
	var kept []entry
	for _, e := range files {
		if e.attempt == last {
			kept = append(kept, e)
		}
	}
	return kept
}
