// Package feedback makes the pages that students get back. It knows the grades and the
// renderer of the site. It does not grade.
package feedback

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/class"
	"rnn101/internal/lang"
	"rnn101/internal/notebook"
	"rnn101/internal/panics"
	"rnn101/internal/setup"
	"rnn101/internal/site"
)

var texts = lang.For("feedback")

// Notebook returns the page of a student as a notebook of text cells, in the language set in
// package lang. For a visible check it says what was expected and what was returned; for a
// hidden one, how many cases were right and what kind of failure the others were.
func Notebook(g class.Grade, a *assignment.Assignment) *notebook.Notebook {
	nb, addText := newPage()
	addText("title", "# "+withPoints(a.Name, g.Points, g.Of))
	addText("student", escape(g.Student))
	if g.NeedsHuman && g.Checks == nil {
		addText("human", "**"+texts.Text("human")+"**\n\n"+codeBlock(g.Reason))
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

// kindKeys are the keys of the kinds of failure in the catalogue.
var kindKeys = map[assignment.Kind]string{
	assignment.Right:       "kind.right",
	assignment.NotAnswered: "kind.unanswered",
	assignment.NotCompiled: "kind.uncompiled",
	assignment.Panicked:    "kind.panicked",
	assignment.Exited:      "kind.exited",
	assignment.TimedOut:    "kind.late",
	assignment.OutOfMemory: "kind.memory",
	assignment.NoResult:    "kind.silent",
	assignment.WrongShape:  "kind.shape",
	assignment.NonFinite:   "kind.nan",
	assignment.WrongValue:  "kind.value",
	assignment.Changed:     "kind.changed",
}

// kindText names a kind of failure. One that is not in the catalogue has its own name: the
// page must not fail over it.
func kindText(kind assignment.Kind) string {
	if key, ok := kindKeys[kind]; ok {
		return texts.Text(key)
	}
	return string(kind)
}

func checkLines(check assignment.CheckResult) []string {
	heading := texts.Text("check.visible")
	if check.Hidden {
		heading = texts.Text("check.hidden")
	}
	lines := []string{"**" + withPoints(heading, check.Points, check.Of) + "**"}
	if !check.Hidden {
		for _, v := range check.Cases {
			if v.Kind == assignment.Right {
				lines = append(lines, "✓ "+escape(v.About))
				continue
			}
			line := "✗ " + escape(v.About) + ": " + escape(kindText(v.Kind))
			if v.Text != "" {
				line += "\n\n" + codeBlock(v.Text)
			}
			lines = append(lines, line)
		}
		return lines
	}
	return append(lines, HiddenSummary(check))
}

// HiddenSummary counts the kinds of failure of a hidden check, and gives no value away.
func HiddenSummary(check assignment.CheckResult) string {
	kinds := map[assignment.Kind]int{}
	var order []assignment.Kind
	for _, v := range check.Cases {
		if kinds[v.Kind] == 0 {
			order = append(order, v.Kind)
		}
		kinds[v.Kind]++
	}
	var counts []string
	for _, kind := range order {
		counts = append(counts, fmt.Sprintf("%d %s", kinds[kind], kindText(kind)))
	}
	return texts.Text("hidden", len(check.Cases), strings.Join(counts, ", "))
}

// escape returns Markdown that shows the text literally.
func escape(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n' || r == '\r':
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
