// Package roster knows the names of students: it reads the list of a class, finds out which
// student a label such as the name of a folder belongs to, and decodes names.
package roster

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Roster is the list of a class.
type Roster struct{ people []person }

// person is a student in a roster.
type person struct {
	name  string   // as it is in the table of grades: no two are the same
	names []string // the ways to write it
	ids   []string // numbers of the student, names of users, mail addresses
	// participant is the number that Moodle gives the student in one assignment, or "".
	participant string
}

// The headings of a roster's columns, as Moodle, Canvas, Blackboard and people write them.
var headings = map[string]column{
	"name": names, "full name": names, "student": names, "student name": names, "students": names, "display name": names,
	"이름": names, "성명": names, "학생": names, "학생명": names, "학생 이름": names, "vollständiger name": names,
	"first name": given, "given name": given, "firstname": given, "vorname": given,
	"last name": family, "surname": family, "family name": family, "lastname": family, "nachname": family, "성": family,
	"id": ids, "student id": ids, "id number": ids, "student number": ids, "sis user id": ids, "sis login id": ids, "username": ids, "user name": ids,
	"login": ids, "login id": ids, "orgdefinedid": ids, "학번": ids, "학생번호": ids, "아이디": ids, "matrikelnummer": ids, "participant": ids,
	// Of the table that Moodle makes for grading offline.
	"identifier": participants,
	"email":      ids, "e-mail": ids, "mail": ids, "email address": ids, "e-mail address": ids, "이메일": ids, "이메일 주소": ids, "메일": ids, "e-mail-adresse": ids,
}

// participant matches what Moodle calls a participant, such as Participant 4411 or Teilnehmer/in4411.
var participant = regexp.MustCompile(`^\p{L}[\p{L}/. ]{2,}(\d+)$`)

// column is what a column of a roster has.
type column int

const (
	other column = iota
	names
	given
	family
	ids
	participants
)

// Read reads the list of a class: one name a line, or a table as a spreadsheet or a
// platform saves it, with names, and perhaps numbers and mail addresses, in any columns. The
// columns are known by their headings, or else by what is in them. Commas, semicolons, tabs
// or bars may be between them; the text may be UTF-8, UTF-16, or what Windows calls ANSI in Korea or
// Western Europe.
func Read(file string) (*Roster, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	text, err := decodeText(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: save it as CSV UTF-8", file, err)
	}
	rows, err := table(norm.NFC.String(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	r, err := rosterOf(rows)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return r, nil
}

// Names returns the names of all students, as they are in the table of grades.
func (r *Roster) Names() []string {
	var all []string
	for _, p := range r.people {
		all = append(all, p.name)
	}
	return all
}

// table reads the rows of a table, without spaces around its cells.
func table(text string) ([][]string, error) {
	separator := ','
	if first, rest, ok := strings.Cut(text, "\n"); ok && strings.HasPrefix(first, "sep=") && len(strings.TrimSpace(first)) == 5 {
		text, separator = rest, rune(first[4]) // as Excel writes and reads it
	} else {
		separator = likeliestSeparator(text)
	}
	r := csv.NewReader(bytes.NewReader([]byte(text)))
	r.FieldsPerRecord, r.LazyQuotes, r.Comma = -1, true, separator
	rows, err := r.ReadAll()
	for _, row := range rows {
		for i := range row {
			row[i] = strings.Join(strings.Fields(strings.TrimPrefix(strings.TrimSpace(row[i]), "\ufeff")), " ")
		}
	}
	return rows, err
}

// likeliestSeparator returns what most lines have, outside of quotation marks.
func likeliestSeparator(text string) rune {
	lines := map[rune]int{}
	for line := range strings.SplitSeq(text, "\n") {
		quoted, seen := false, map[rune]bool{}
		for _, r := range line {
			switch r {
			case '"':
				quoted = !quoted
			case ',', ';', '\t', '|':
				if !quoted && !seen[r] {
					seen[r] = true
					lines[r]++
				}
			}
		}
	}
	best := ','
	for _, r := range []rune{';', '\t', '|'} {
		if lines[r] > lines[best] {
			best = r
		}
	}
	return best
}

// rosterOf makes a roster of the rows of a table.
func rosterOf(rows [][]string) (*Roster, error) {
	columns, rows := columnsOf(rows)
	r := &Roster{}
	for _, row := range rows {
		p := personOf(row, columns)
		if p.name != "" {
			r.people = append(r.people, p)
		}
	}
	if len(r.people) == 0 {
		return nil, fmt.Errorf("it has no name in it")
	}
	// Two students may have one name if something else tells them apart.
	count := map[string]int{}
	for _, p := range r.people {
		count[p.name]++
	}
	seen := map[string]bool{}
	for i := range r.people {
		p := &r.people[i]
		switch {
		case count[p.name] < 2:
		case len(p.ids) > 0:
			p.name += " (" + p.ids[0] + ")"
		case p.participant != "":
			p.name += " (" + p.participant + ")"
		}
		if seen[p.name] {
			return nil, fmt.Errorf("the name %q appears twice, and no other column tells the two apart", p.name)
		}
		seen[p.name] = true
	}
	return r, nil
}

// columnsOf returns what the columns have, and the rows without the heading.
func columnsOf(rows [][]string) ([]column, [][]string) {
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	columns := make([]column, width)
	for i, row := range rows[:min(len(rows), 10)] { // above the heading there may be a title
		found := false
		for j, cell := range row {
			columns[j] = headings[strings.ToLower(cell)]
			found = found || columns[j] != other
		}
		if !found {
			continue
		}
		if !slices.Contains(columns, names) && !slices.Contains(columns, family) && slices.Contains(columns, given) {
			columns[slices.Index(columns, given)] = names
		}
		if slices.Contains(columns, names) || slices.Contains(columns, family) || slices.Contains(columns, ids) {
			return columns, rows[i+1:]
		}
	}
	// By what is in them: the names are in the column with the most different ones.
	best, most := 0, -1
	for j := range columns {
		distinct, likeNames, likeIDs, all := map[string]bool{}, 0, 0, 0
		for _, row := range rows {
			if j >= len(row) || row[j] == "" {
				continue
			}
			all++
			distinct[row[j]] = true
			if isID(row[j]) {
				likeIDs++
			} else if strings.ContainsFunc(row[j], unicode.IsLetter) {
				likeNames++
			}
		}
		if columns[j] = other; 2*likeIDs > all && len(distinct) == all {
			columns[j] = ids
		} else if 2*likeNames > all && len(distinct) > most {
			best, most = j, len(distinct)
		}
	}
	if width > 0 {
		columns[best] = names
	}
	return columns, rows
}

// isID reports whether a cell looks like a number or the mail address of a student.
func isID(cell string) bool {
	if strings.Contains(cell, "@") {
		return true
	}
	digits := 0
	for _, r := range cell {
		if r > unicode.MaxASCII || r == ' ' {
			return false
		}
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	return digits >= 3 && 2*digits >= len(cell)
}

// personOf returns the student of a row.
func personOf(row []string, columns []column) (p person) {
	var first, last string
	for j, cell := range row {
		if cell == "" {
			continue
		}
		switch columns[j] {
		case names:
			p.names = append(p.names, cell)
		case given:
			first = cell
		case family:
			last = cell
		case ids:
			p.ids = append(p.ids, cell)
		case participants:
			if m := participant.FindStringSubmatch(cell); m != nil {
				p.participant = m[1]
			} else {
				p.ids = append(p.ids, cell)
			}
		}
	}
	if first != "" && last != "" {
		together := first + " " + last
		if unicode.Is(unicode.Hangul, []rune(last)[0]) {
			together = last + first
		}
		p.names = append(p.names, together, last+" "+first, last+", "+first, last+first)
	} else if first+last != "" {
		p.names = append(p.names, first+last)
	}
	switch {
	case len(p.names) > 0:
		p.name = p.names[0]
	case len(p.ids) > 0:
		p.name = p.ids[0]
	}
	p.name = Printable(p.name)
	return p
}
