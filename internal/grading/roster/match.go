package roster

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// How well a label fits a student of the roster, from the best to none.
const (
	identical  = iota // it is the name, or a number or mail address
	folded            // apart from small and large letters and spaces
	numbered          // with a number of the platform behind the name
	identified        // it has a number of the student, or the user's part of the mail address
	sameWords         // it has the words of the name, in any order, or all in one as in Canvas
	rewritten         // it has a number that a spreadsheet may have made the student's number of
	noFit
)

// Doubtful marks a name that may be another.
const Doubtful = " (?)"

var (
	number       = regexp.MustCompile(`_\d+$`)
	groupPrefix  = regexp.MustCompile(`^.+?-\s*`)
	browsersCopy = regexp.MustCompile(`\s*\(\d+\)$`)
)

func fold(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFC.String(s))), " ")
}

// words returns the words of a label without numbers, sorted.
func words(s string) []string {
	all := strings.FieldsFunc(fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' })
	slices.Sort(all)
	return all
}

// parts are the pieces of a label that may be a number.
func parts(s string) []string {
	return strings.FieldsFunc(fold(s), func(r rune) bool { return strings.ContainsRune(" _()[]{},;", r) })
}

// fit returns how well a label fits a student.
func (p *person) fit(l Label) int {
	label := strings.TrimSuffix(l.Text, Doubtful)
	bare := number.ReplaceAllString(label, "")
	own := label // with what may be a number of the student
	if l.Numbered {
		own = bare
	}
	best := noFit
	if l.Numbered && p.participant != "" && number.FindString(label) == "_"+p.participant {
		return identical
	}
	for _, own := range slices.Concat([]string{p.name}, p.names, p.ids) {
		switch {
		case own == label:
			return identical
		case fold(own) == fold(label):
			best = min(best, folded)
		}
	}
	for _, name := range p.names {
		for _, variant := range []string{bare, groupPrefix.ReplaceAllString(bare, ""), browsersCopy.ReplaceAllString(label, "")} {
			if fold(variant) == fold(name) {
				best = min(best, numbered)
			}
		}
		if own := words(name); len(own) > 0 && (slices.Equal(own, words(label)) || len(own) < 5 && squashed(own, words(label))) {
			best = min(best, sameWords)
		}
	}
	for _, id := range p.ids {
		user, _, isMail := strings.Cut(fold(id), "@")
		for _, part := range append(parts(own), fold(own)) {
			switch {
			case part == fold(id) || isMail && part == user:
				best = min(best, identified)
			case sameNumber(part, fold(id)):
				best = min(best, rewritten)
			}
		}
	}
	return best
}

// squashed reports whether a label is the words of a name in some order without anything
// between them, as Canvas writes it.
func squashed(name, label []string) bool {
	if len(label) != 1 || len(name) < 2 {
		return false
	}
	var try func(rest string, left []string) bool
	try = func(rest string, left []string) bool {
		if len(left) == 0 {
			return rest == ""
		}
		for i, word := range left {
			if after, ok := strings.CutPrefix(rest, word); ok && try(after, slices.Delete(slices.Clone(left), i, i+1)) {
				return true
			}
		}
		return false
	}
	return try(label[0], name)
}

var (
	digits     = regexp.MustCompile(`^\d+$`)
	scientific = regexp.MustCompile(`^(\d[.,]?\d*)e\+?(\d+)$`)
)

// sameNumber reports whether a spreadsheet could have made one number of the other: without
// zeros in front (12345 for 0012345), rounded (2.02412E+11), or with zeros after fifteen
// digits.
func sameNumber(a, b string) bool {
	for range 2 {
		a, b = b, a
		if !digits.MatchString(a) {
			continue
		}
		bare := strings.TrimLeft(a, "0")
		if m := scientific.FindStringSubmatch(b); m != nil {
			mantissa := strings.Replace(m[1], ",", ".", 1)
			_, decimals, _ := strings.Cut(mantissa, ".")
			v, err := strconv.ParseFloat(bare, 64)
			want, err2 := strconv.ParseFloat(mantissa+"e"+m[2], 64)
			if err == nil && err2 == nil && len(decimals) > 0 && strconv.FormatFloat(v, 'e', len(decimals), 64) == strconv.FormatFloat(want, 'e', len(decimals), 64) {
				return true
			}
			continue
		}
		if !digits.MatchString(b) {
			continue
		}
		other := strings.TrimLeft(b, "0")
		if len(bare) >= 3 && bare == other {
			return true
		}
		if len(bare) > 15 && len(bare) == len(other) && bare[:15] == other[:15] && strings.Trim(other[15:], "0") == "" {
			return true
		}
	}
	return false
}

// Label is what says whose a submission is: the name of a folder, mostly.
type Label struct {
	Text     string
	Numbered bool // the number at its end is the platform's, and no number of the student
}

// Has reports whether a label fits somebody.
func (r *Roster) Has(label Label) bool {
	return r != nil && slices.ContainsFunc(r.people, func(p person) bool { return p.fit(label) < noFit })
}

// Owner is the student of a label.
type Owner struct {
	Name  string   // as in the roster, or "" if nobody fits, or several do
	Maybe []string // those that fit equally well, if several do
}

// Owners returns the student of each label. Without a roster nobody fits.
func (r *Roster) Owners(labels []Label) []Owner {
	owners := make([]Owner, len(labels))
	if r == nil {
		return owners
	}
	fits := make([][]int, len(labels))
	taken := make([]bool, len(r.people))
	for i, label := range labels {
		fits[i] = make([]int, len(r.people))
		for j := range r.people {
			fits[i][j] = r.people[j].fit(label)
		}
	}
	for quality := identical; quality < noFit; quality++ {
		claims := make([]int, len(r.people)) // of labels without an owner
		for i := range labels {
			for j := range r.people {
				if owners[i].Name == "" && fits[i][j] == quality {
					claims[j]++
				}
			}
		}
		var found []int
		for i := range labels {
			if owners[i].Name != "" {
				continue
			}
			candidate, candidates := -1, 0
			for j, fit := range fits[i] {
				// What only looks like a student's may be another's: it must be the only one.
				if fit == quality && (quality < sameWords || !taken[j] && claims[j] == 1) {
					candidate = j
				}
				if fit == quality {
					candidates++
				}
			}
			if candidates == 1 && candidate >= 0 {
				owners[i].Name = r.people[candidate].name
				found = append(found, candidate)
			} else if candidates > 1 {
				for j, fit := range fits[i] {
					if fit == quality {
						owners[i].Maybe = append(owners[i].Maybe, r.people[j].name)
					}
					fits[i][j] = noFit // worse ones would be a guess
				}
			}
		}
		for _, j := range found {
			taken[j] = true
		}
	}
	return owners
}
