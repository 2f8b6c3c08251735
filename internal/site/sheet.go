package site

import (
	"context"
	"fmt"

	"rnn101/internal/checkout"
	"rnn101/internal/notebook"
	"rnn101/internal/panics"
	"rnn101/internal/progress"
	"rnn101/internal/site/content"
)

// A Sheet is a page to print that is not read from a file.
type Sheet struct {
	Name     string // of the page, without .html
	Language string // tag
	Notebook *notebook.Notebook
	// Fallback returns the notebook to use if reading Notebook panics. If it is nil, the panic
	// is an error, and no page is written.
	Fallback func(*panics.Error) *notebook.Notebook
}

// page returns the sheet as a page of a plan. It tries all that an export does with the notebook,
// so that a panic affects this sheet alone.
func (s Sheet) page() (pg *page, err error) {
	p := panics.Catch(func() {
		var data []byte
		if data, err = s.Notebook.Encode(); err != nil {
			return
		}
		pg = &page{file: s.Name, name: s.Name, out: s.Name + ".html", lang: s.Language, title: content.Title(s.Notebook, s.Name), nb: s.Notebook, data: data, source: data, sheet: true}
		pg.check()
		_, _, err = pg.prepare()
	})
	switch {
	case p == nil:
		return pg, err
	case s.Fallback == nil:
		return nil, fmt.Errorf("%s: %w", s.Name, p)
	}
	s.Notebook, s.Fallback = s.Fallback(p), nil
	return s.page()
}

// ExportSheets writes each sheet as a single file. It uses only the options Out and Private.
func ExportSheets(ctx context.Context, repo *checkout.Checkout, sheets []Sheet, o Options, report *progress.Reporter) (*Summary, error) {
	p := &plan{folder: o.Out, course: true}
	for _, s := range sheets {
		pg, err := s.page()
		if err != nil {
			return nil, err
		}
		p.pages = append(p.pages, pg)
	}
	return exportPlan(ctx, repo, p, Options{Course: true, Out: o.Out, Private: o.Private, Single: true, Jobs: 1}, report)
}
