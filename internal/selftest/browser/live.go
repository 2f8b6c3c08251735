package browser

import (
	"context"
	"slices"

	"rnn101/internal/checkout"
	"rnn101/internal/progress"
)

// LiveVisit is what to test pages with whose cells run.
type LiveVisit struct {
	Site     string `json:"site"`     // the folder
	Plain    string `json:"plain"`    // that of the same site without cells that run
	Page     string `json:"page"`     // relative to Site, with slashes; its cells are all run
	Korean   string `json:"korean"`   // a page in Korean with the same cells
	Cell     string `json:"cell"`     // the number of a cell of Page that shows something, to be changed
	Pictures string `json:"pictures"` // folder for the screenshots; "" saves none

	Browser string   `json:"browser"` // set by TestLive
	Axe     string   `json:"axe"`     // set by TestLive: the script of axe-core
	Parts   []string `json:"parts"`   // set by TestLive: the functions of live.py to call
}

// LiveParts are the functions of live.py that test, for two browsers at the same time; each list takes about half
// of the time. LongLiveParts are those that take minutes.
var (
	LiveParts = [][]string{
		{"weight", "cells", "changes", "keep", "outputs", "korean"},
		{"limits", "looks", "names", "loading"},
	}
	LongLiveParts = [][]string{{"soak"}}
)

// TestLive opens pages as files, offline, runs and changes their cells, and compares what they show
// with the committed outputs. What a reader should not see is a Problems.
func TestLive(ctx context.Context, repo *checkout.Checkout, report *progress.Reporter, chromium string, visit LiveVisit, parts [][]string) error {
	visit.Browser, visit.Axe = chromium, repo.Checkers("axe-core", "axe.min.js")
	return joined(inParts(len(parts), func(i, n int) error {
		part := visit
		part.Parts = slices.Concat(everyNth(parts, i, n)...)
		return runJob(ctx, repo, report, "live.py", part, nil)
	}))
}
