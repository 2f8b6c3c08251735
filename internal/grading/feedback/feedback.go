// Package feedback makes the page that a student gets back. It knows the grades and the
// site's renderer, and grades nothing.
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

// Notebook is what a student gets back: of the visible checks what was expected and what
// came, of the hidden ones how many were right and what kind of failure the others were.
// It is a notebook of text cells, in the language set in package lang, from which package
// site makes a page.
func Notebook(g class.Grade, a *assignment.Assignment) *notebook.Notebook {
	nb, text := emptyPage()
	text("title", "# "+points(a.Name, g.Points, g.Of))
	text("student", plain(g.Student))
	if g.NeedsHuman && g.Checks == nil {
		text("human", "**"+texts.Text("human")+"**\n\n"+verbatim(g.Reason))
	}
	if len(g.Notes) > 0 {
		text("notes", "## "+texts.Text("notes")+"\n\n"+verbatim(strings.Join(g.Notes, "\n")))
	}
	for _, task := range a.Tasks {
		var lines []string
		for _, check := range g.Checks {
			if check.Task == task.ID {
				lines = append(lines, checkLines(check)...)
			}
		}
		if len(lines) > 0 {
			text(task.ID, "## "+points(plain(task.ID), g.PointsOf(task), task.Points())+"\n\n"+strings.Join(lines, "\n\n"))
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
			lines = append(lines, verbatim(w.Comment))
		}
		if w.Answer != "" {
			lines = append(lines, "**"+texts.Text("answer.is")+"**", verbatim(w.Answer))
		}
		head := plain(w.Question)
		if w.Points != nil {
			head = points(head, *w.Points, w.Of)
		}
		text(w.Question, "## "+head+"\n\n"+strings.Join(lines, "\n\n"))
	}
	nb.MarkExecuted()
	return nb
}

// emptyPage is a notebook to become a page; text adds a cell to it.
func emptyPage() (nb *notebook.Notebook, text func(id, markdown string)) {
	nb = &notebook.Notebook{Minor: 5, Metadata: map[string]any{
		"kernelspec": map[string]any{"name": "gonb", "display_name": "Go (gonb)", "language": "go"},
	}}
	return nb, func(id, markdown string) {
		nb.Cells = append(nb.Cells, &notebook.Cell{ID: id, Kind: "markdown", Source: markdown, Metadata: map[string]any{}})
	}
}

// points is a heading that ends with the points given.
func points(of string, given, most float64) string {
	return texts.Text("points", of, class.FormatPoints(given), class.FormatPoints(most))
}

// kindKeys are the keys of the texts for the kinds of failure.
var kindKeys = map[assignment.Kind]string{
	assignment.Right:       "kind.right",
	assignment.NotAnswered: "kind.unanswered",
	assignment.NotCompiled: "kind.uncompiled",
	assignment.Panicked:    "kind.panicked",
	assignment.Exited:      "kind.exited",
	assignment.Late:        "kind.late",
	assignment.TooMuch:     "kind.memory",
	assignment.Silent:      "kind.silent",
	assignment.WrongShape:  "kind.shape",
	assignment.NotANumber:  "kind.nan",
	assignment.WrongValue:  "kind.value",
	assignment.Changed:     "kind.changed",
}

// kindText says what kind of failure a verdict is. A kind that has no text of its own
// says it itself: a page must not fail over it.
func kindText(kind assignment.Kind) string {
	if key, ok := kindKeys[kind]; ok {
		return texts.Text(key)
	}
	return string(kind)
}

func checkLines(check assignment.Outcome) []string {
	head := texts.Text("check.visible")
	if check.Hidden {
		head = texts.Text("check.hidden")
	}
	lines := []string{"**" + points(head, check.Points, check.Of) + "**"}
	if !check.Hidden {
		for _, v := range check.Cases {
			if v.Kind == assignment.Right {
				lines = append(lines, "✓ "+plain(v.About))
				continue
			}
			line := "✗ " + plain(v.About) + ": " + plain(kindText(v.Kind))
			if v.Text != "" {
				line += "\n\n" + verbatim(v.Text)
			}
			lines = append(lines, line)
		}
		return lines
	}
	return append(lines, HiddenLine(check))
}

// HiddenLine counts the kinds of failure of a hidden check, and gives nothing away.
func HiddenLine(check assignment.Outcome) string {
	kinds := map[assignment.Kind]int{}
	var order []assignment.Kind
	for _, v := range check.Cases {
		if kinds[v.Kind] == 0 {
			order = append(order, v.Kind)
		}
		kinds[v.Kind]++
	}
	var said []string
	for _, kind := range order {
		said = append(said, fmt.Sprintf("%d %s", kinds[kind], kindText(kind)))
	}
	return texts.Text("hidden", len(check.Cases), strings.Join(said, ", "))
}

// plain is text that Markdown and mathematics leave as it is.
func plain(text string) string {
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

// verbatim is a block of text as it is: the fence is longer than any in the text.
func verbatim(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i, line := range lines {
		lines[i] = wrapped(line)
	}
	return fence + "\n" + strings.Join(lines, "\n") + "\n" + fence
}

// What fits on a page beside its margins.
const pageWidth = 84

// wrapped breaks a line at blanks: a block of text as it is runs out of the page, and on
// paper nobody can scroll.
func wrapped(line string) string {
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

// PageNames gives each student the name of a page: letters that every file system takes,
// and no two alike, big or small.
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

// Folder is where, in the folder for grades, the pages are.
const Folder = class.FeedbackFolder

// Write writes a page for each student into a folder of the folder for grades, out.
func Write(ctx context.Context, a *assignment.Assignment, all []class.Grade, out string) error {
	repo, report, err := setup.Ready(ctx, setup.HTMLExport)
	if err != nil {
		return err
	}
	names := PageNames(all)
	sheets := make([]site.Sheet, len(all))
	for i, g := range all {
		nb, err := Page(g, a, out)
		if err != nil {
			report.Line("! %v", err)
		}
		sheets[i] = site.Sheet{Name: names[i], Language: lang.Tag(), Notebook: nb, Fallback: func(p *panics.Error) *notebook.Notebook {
			report.Line("! %v", NoPageError(g, p, out))
			return NoPage(g)
		}}
	}
	_, err = site.ExportSheets(ctx, repo, sheets, site.Options{Out: filepath.Join(out, Folder), Private: true}, report)
	return err
}
