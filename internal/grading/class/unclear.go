package class

import (
	"regexp"
	"slices"

	"rnn101/internal/grading/answer"
	"rnn101/internal/grading/submission"
)

// unchanged has the IDs of the tasks whose function is missing and as it was handed out.
func (c *Class) unchanged(declared *answer.Program, missing []string) map[string]bool {
	all := map[string]bool{}
	for _, task := range c.Assignment.Tasks {
		all[task.ID] = declared.Declares(task.Signature.Name) && slices.Contains(missing, task.Signature.Name)
	}
	return all
}

// missing returns the names of the tasks' functions that have no answer: no cell declares another than
// was handed out.
func (c *Class) missing(declared *answer.Program) (names []string) {
	for _, task := range c.Assignment.Tasks {
		if name := task.Signature.Name; declared.Unanswered(name) && !declared.Broken(name) {
			names = append(names, name)
		}
	}
	return names
}

// unclear returns what only a human can tell: what may be an answer, and stands where no answer
// is read. missing are the functions without an answer.
func (c *Class) unclear(a submission.Answers, declared *answer.Program, missing []string, written []Written) (reasons []string) {
	for _, task := range c.Assignment.Tasks {
		name := task.Signature.Name
		if !slices.Contains(missing, name) {
			continue
		}
		for _, other := range declared.Beside(task.Signature, c.Assignment.Signatures()...) {
			reasons = append(reasons, submission.Beside.Text(name, other.Cell, other.Text))
		}
		begin := regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\s*(\(|:?=)`)
		for _, text := range a.Elsewhere {
			if begin.MatchString(text.Source) {
				reasons = append(reasons, submission.InText.Text(name, text.Cell))
			}
		}
	}
	for _, w := range written {
		if w.Answer != "" && w.Answer == a.TextElsewhere() {
			reasons = append(reasons, submission.WordsApart.Text(w.Question, a.CellsElsewhere()))
		}
	}
	return reasons
}
