package collect

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Roster reads the names of a class from a file: a CSV table with the names in its first
// column, as in the submissions, or one name a line. A first line "student" or "name" is a
// heading.
func Roster(file string) ([]string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(data) {
		return nil, fmt.Errorf("%s is not in UTF-8: save it as CSV UTF-8", file)
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	if !bytes.ContainsRune(data, ',') && bytes.ContainsRune(data, ';') {
		r.Comma = ';'
	}
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var all []string
	for i, row := range rows {
		name := norm.NFC.String(strings.TrimSpace(row[0]))
		if name == "" || i == 0 && slices.Contains([]string{"student", "name", "이름", "학생"}, strings.ToLower(name)) {
			continue
		}
		if slices.Contains(all, name) {
			return nil, fmt.Errorf("%s: the name %q appears twice", file, name)
		}
		all = append(all, name)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s has no name in its first column", file)
	}
	return all, nil
}

// ApplyRoster adds the students of a roster who have no submission. unknown are the names of
// those who have one and are not in the roster.
func ApplyRoster(submissions []Submission, roster []string) (all []Submission, unknown []string) {
	found := map[string]bool{}
	for _, h := range submissions {
		found[h.Student] = true
		if !slices.Contains(roster, h.Student) {
			unknown = append(unknown, h.Student)
		}
	}
	all = slices.Clone(submissions)
	for _, name := range roster {
		if !found[name] {
			all = append(all, Submission{Student: name, Problem: "nothing was handed in"})
		}
	}
	slices.SortFunc(all, func(a, b Submission) int { return strings.Compare(a.Student, b.Student) })
	return all, unknown
}
