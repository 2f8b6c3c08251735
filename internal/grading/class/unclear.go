package class

import (
	"fmt"
	"regexp"
	"strings"

	"rnn101/internal/grading/answer"
	"rnn101/internal/grading/submission"
)

// unchanged has the IDs of the tasks whose function is as it was handed out: no cell declares
// another.
func (c *Class) unchanged(declared *answer.Program) map[string]bool {
	all := map[string]bool{}
	for _, task := range c.Assignment.Tasks {
		name := task.Signature.Name
		all[task.ID] = declared.Declares(name) && declared.Unanswered(name) && !declared.Broken(name)
	}
	return all
}

// unclear returns what only a human can tell: what may be an answer, and stands where no answer
// is read.
func (c *Class) unclear(a submission.Answers, declared *answer.Program, written []Written) (reasons []string) {
	for _, task := range c.Assignment.Tasks {
		name := task.Signature.Name
		if !declared.Unanswered(name) || declared.Broken(name) {
			continue
		}
		for _, other := range declared.Beside(task.Signature, c.Assignment.Signatures()...) {
			reasons = append(reasons, fmt.Sprintf("%s has no answer, and the cell %s declares %s, which has its type", name, other.Cell, other.Text))
		}
		begin := regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\s*(\(|:?=)`)
		for _, text := range a.Elsewhere {
			if begin.MatchString(text.Source) {
				reasons = append(reasons, fmt.Sprintf("%s has no answer, and the text in the cell %s may be one", name, text.Cell))
			}
		}
	}
	for _, w := range written {
		if w.Answer != "" && w.Answer == elsewhere(a) {
			reasons = append(reasons, fmt.Sprintf("the question %s has no answer in its cell, and there is text in other cells: %s", w.Question, places(a)))
		}
	}
	return reasons
}

// elsewhere returns the texts that the student wrote outside of the answer cells.
func elsewhere(a submission.Answers) string {
	var all []string
	for _, text := range a.Elsewhere {
		all = append(all, strings.TrimSpace(text.Source))
	}
	return strings.TrimSpace(strings.Join(all, "\n\n"))
}

// places names the cells of these texts.
func places(a submission.Answers) string {
	var all []string
	for i, text := range a.Elsewhere {
		if i == 5 {
			all = append(all, "…")
			break
		}
		all = append(all, text.Cell)
	}
	return strings.Join(all, ", ")
}
