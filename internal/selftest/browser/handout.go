package browser

import (
	"context"
	"encoding/json"
	"sync"

	"rnn101/internal/checkout"
	"rnn101/internal/progress"
)

// Handout is an assignment on its page, with answers. What is missing stays as it was handed out.
type Handout struct {
	Assignment string            `json:"assignment"`
	Page       string            `json:"page"`    // relative to the site
	Answers    map[string]string `json:"answers"` // the code of the answer cells
	Words      map[string]string `json:"words"`   // the answers in words
	Checks     []string          `json:"checks"`  // the cells with visible checks
	Students   []Student         `json:"students"`
	Field      bool              `json:"field"` // test the field for answers in words, too
}

// Student does an assignment, all of it or without the cell of one answer.
type Student struct {
	Name    string `json:"name"`
	Without string `json:"without"`
}

// Work is what a student has handed in: the notebook is downloads/ASSIGNMENT/STUDENT.
type Work struct {
	Assignment, Student string
	Right               []string // the visible checks that the page showed to be right
}

// handoutJob is what handout.py does.
type handoutJob struct {
	Site      string     `json:"site"`
	Downloads string     `json:"downloads"`
	Pictures  string     `json:"pictures"`
	Browser   string     `json:"browser"`
	Axe       string     `json:"axe"`
	Handouts  []*Handout `json:"handouts"`
}

// DoAssignments does assignments on the pages of a site, as each of their students. It returns what they handed
// in. What a student should not see is a Problems.
func DoAssignments(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, chromium, site, downloads, pictures string, handouts []*Handout) ([]Work, error) {
	var mu sync.Mutex
	var all []Work
	problems, err := inParts(len(handouts), func(i, n int) error {
		job := handoutJob{site, downloads, pictures, chromium, repo.Checkers("axe-core", "axe.min.js"), everyNth(handouts, i, n)}
		return runJob(ctx, repo, report, "handout.py", job, func(line []byte) {
			var message struct{ Work Work }
			if json.Unmarshal(line, &message) == nil && message.Work.Student != "" {
				mu.Lock()
				defer mu.Unlock()
				all = append(all, message.Work)
			}
		})
	})
	return all, joined(problems, err)
}
