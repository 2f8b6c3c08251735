// Package feedback makes the pages that students get back. It knows the grades and the
// renderer of the site. It does not grade.
package feedback

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/class"
	"rnn101/internal/lang"
	"rnn101/internal/notebook"
	"rnn101/internal/panics"
	"rnn101/internal/plain"
	"rnn101/internal/setup"
	"rnn101/internal/site"
)

var texts = lang.For("feedback")

// Notebook returns the page of a student as a notebook of text cells, in the language set in
// package lang. For a visible check it says what was expected and what was returned; for a
// hidden one, how many cases were right and what kind of failure the others were.
func Notebook(g class.Grade, a *assignment.Assignment) *notebook.Notebook {
	nb, addText := newPage()
	addText("title", "# "+title(g, a))
	addText("student", escape(g.Student))
	if g.NeedsHuman {
		text := texts.Text("human")
		if g.Checks != nil {
			text = texts.Text("human.also")
		}
		addText("human", "**"+text+"**\n\n"+codeBlock(g.Reason))
	}
	if len(g.Notes) > 0 {
		addText("notes", "## "+texts.Text("notes")+"\n\n"+codeBlock(strings.Join(g.Notes, "\n")))
	}
	for _, task := range a.Tasks {
		var lines []string
		for _, check := range g.Checks {
			if check.Task == task.ID {
				lines = append(lines, checkLines(check)...)
			}
		}
		if len(lines) > 0 {
			addText(task.ID, "## "+withPoints(escape(task.ID), g.PointsOf(task), task.Points())+"\n\n"+strings.Join(lines, "\n\n"))
		}
	}
	for _, w := range g.Written {
		lines := []string{texts.Text("answer.read")}
		switch {
		case w.Points == nil:
			lines[0] = texts.Text("answer.unread")
		case w.Answer == "":
			lines[0] = texts.Text("answer.none")
		}
		if w.Comment != "" {
			lines = append(lines, codeBlock(w.Comment))
		}
		if w.Answer != "" {
			lines = append(lines, "**"+texts.Text("answer.is")+"**", codeBlock(w.Answer))
		}
		heading := escape(w.Question)
		if w.Points != nil {
			heading = withPoints(heading, *w.Points, w.Of)
		}
		addText(w.Question, "## "+heading+"\n\n"+strings.Join(lines, "\n\n"))
	}
	nb.MarkExecuted()
	return nb
}

// title returns the heading of a page: the points, and whether they are final.
func title(g class.Grade, a *assignment.Assignment) string {
	unread := 0.0
	for _, w := range g.Written {
		if w.Points == nil {
			unread += w.Of
		}
	}
	switch {
	case g.NeedsHuman && g.Checks == nil:
		return texts.Text("title.none", a.Name)
	case g.NeedsHuman:
		return texts.Text("title.open", withPoints(a.Name, g.Points, g.Of))
	case unread > 0:
		return texts.Text("title.unread", withPoints(a.Name, g.Points, g.Of), class.FormatPoints(unread))
	}
	return withPoints(a.Name, g.Points, g.Of)
}

// newPage returns an empty notebook, and a function that adds a text cell to it.
func newPage() (nb *notebook.Notebook, addText func(id, markdown string)) {
	nb = &notebook.Notebook{Minor: 5, Metadata: map[string]any{
		"kernelspec": map[string]any{"name": "gonb", "display_name": "Go (gonb)", "language": "go"},
	}}
	return nb, func(id, markdown string) {
		nb.Cells = append(nb.Cells, &notebook.Cell{ID: id, Kind: "markdown", Source: markdown, Metadata: map[string]any{}})
	}
}

// withPoints returns a heading with the points after it: "step: 2 of 6 points".
func withPoints(heading string, points, of float64) string {
	return texts.Text("points", heading, class.FormatPoints(points), class.FormatPoints(of))
}

func checkLines(check assignment.CheckResult) []string {
	heading := texts.Text("check.visible")
	if check.Hidden {
		heading = texts.Text("check.hidden")
	}
	lines := []string{"**" + withPoints(heading, check.Points, check.Of) + "**"}
	if check.ByHand != nil {
		lines[0] += "\n\n" + texts.Text("byhand")
	}
	if check.Comment != "" {
		lines = append(lines, codeBlock(check.Comment))
	}
	switch {
	case len(check.Cases) == 0:
		return lines
	case check.Hidden:
		return append(lines, escape(HiddenSummary(check)))
	}
	for _, v := range check.Cases {
		line := "✗ " + escape(v.About) + ": " + escape(v.Kind.Text())
		if v.IsRight() {
			line = "✓ " + escape(v.About)
		}
		if v.Text != "" {
			line += "\n\n" + codeBlock(v.Text)
		}
		lines = append(lines, line)
	}
	return lines
}

// HiddenSummary counts the kinds of failure of a hidden check. It names likely mistakes, and what the
// calls that are not right have in common, and gives no number away.
func HiddenSummary(check assignment.CheckResult) string {
	kinds := map[assignment.Kind]int{}
	var order []assignment.Kind
	var hints, given []string
	despite := 0 // right, given the student's mistake in an earlier task
	add := func(list *[]string, text string) {
		if text != "" && !slices.Contains(*list, text) {
			*list = append(*list, text)
		}
	}
	for _, v := range check.Cases {
		if kinds[v.Kind] == 0 {
			order = append(order, v.Kind)
		}
		kinds[v.Kind]++
		if !v.IsRight() {
			add(&hints, v.Hint)
		}
		for _, name := range v.Given {
			add(&given, name)
		}
		if len(v.Given) > 0 && v.IsRight() {
			despite++
		}
	}
	var counts []string
	for _, kind := range order {
		counts = append(counts, texts.Text("count", kinds[kind], kind.Text()))
	}
	parts := []string{texts.Text("hidden", len(check.Cases), strings.Join(counts, ", "))}
	if despite > 0 {
		parts = append(parts, texts.Text("given", strings.Join(given, ", "), despite))
	}
	if len(check.Common) > 0 {
		parts = append(parts, texts.Text("traits", strings.Join(check.Common, ", ")))
	}
	for _, hint := range hints {
		parts = append(parts, texts.Text("hint", hint))
	}
	return strings.Join(parts, " ")
}

// Ungraded says that a submission has no points, and NeedsHuman that a human must look at it although it has,
// with the reason.
func Ungraded(reason string) string   { return texts.Text("judge", reason) }
func NeedsHuman(reason string) string { return texts.Text("judge.also", reason) }

// escape returns Markdown that shows the text literally.
func escape(text string) string {
	var b strings.Builder
	for _, r := range plain.Text(strings.ReplaceAll(text, "\r\n", "\n")) {
		switch {
		case r == '\n' || r == '\t':
			b.WriteByte(' ')
		case r < 128 && unicode.In(r, unicode.Punct, unicode.Symbol):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// codeBlock returns a Markdown code block with the text. Its fence is longer than any in the
// text.
func codeBlock(text string) string {
	text = plain.Text(strings.ReplaceAll(text, "\r\n", "\n"))
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i, line := range lines {
		lines[i] = wrap(line)
	}
	return fence + "\n" + strings.Join(lines, "\n") + "\n" + fence
}

// OwnCell shows a cell of the student's own, as it is.
func OwnCell(source string) string { return "**" + texts.Text("own") + "**\n\n" + codeBlock(source) }

// pageWidth is the number of characters in a line of a printed page.
const pageWidth = 84

// wrap breaks a line at spaces. A code block has no line breaks of its own, and on paper
// nobody can scroll.
func wrap(line string) string {
	if utf8.RuneCountInString(line) <= pageWidth {
		return line
	}
	var b strings.Builder
	width := 0
	for i, word := range strings.Split(line, " ") {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case width+1+n > pageWidth:
			b.WriteByte('\n')
			width = 0
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += n
	}
	return b.String()
}

// PageNames returns the name of each student's page. It has only characters that every file
// system allows, and no two names differ by case alone.
func PageNames(grades []class.Grade) []string {
	used := map[string]bool{}
	names := make([]string, len(grades))
	for i, g := range grades {
		name := strings.Trim(strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" _-.", r) {
				return r
			}
			return '_'
		}, g.Student), " .")
		if runes := []rune(name); len(runes) > 60 {
			name = string(runes[:60])
		}
		if name == "" {
			name = "student"
		}
		for n, stem := 2, name; used[strings.ToLower(name)]; n++ {
			name = fmt.Sprintf("%s-%d", stem, n)
		}
		used[strings.ToLower(name)] = true
		names[i] = name
	}
	return names
}

// Folder is the name of the folder for the pages, in the folder for grades.
const Folder = class.FeedbackFolder

// Write writes a page for each student to Folder in the folder for grades, out.
func Write(ctx context.Context, a *assignment.Assignment, all []class.Grade, out string) error {
	repo, report, err := setup.Ready(ctx, setup.HTMLExport)
	if err != nil {
		return err
	}
	names := PageNames(all)
	sheets := make([]site.Sheet, len(all))
	for i, g := range all {
		nb, err := NotebookOrFallback(g, a, out)
		if err != nil {
			report.Line("! %v", err)
		}
		sheets[i] = site.Sheet{Name: names[i], Language: lang.Tag(), Notebook: nb, Fallback: func(p *panics.Error) *notebook.Notebook {
			report.Line("! %v", fallbackError(g, p, out))
			return Fallback(g)
		}}
	}
	_, err = site.ExportSheets(ctx, repo, sheets, site.Options{Out: filepath.Join(out, Folder), Private: true}, report)
	return err
}
