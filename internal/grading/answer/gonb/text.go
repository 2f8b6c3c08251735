// Package gonb has the rules by which the kernel takes a cell: which of its lines are Go, and which
// imports are added. It also knows which packages answers may import.
package gonb

import (
	"go/scanner"
	"go/token"
	"slices"
	"strings"
)

// notGo are the commands at the start of a cell that is not Go.
var notGo = []string{"%%writefile", "%%script", "%%bash", "%%sh", "%%gx"}

// KeepGo returns the declarations of a cell, on the same lines. It blanks the rest: the special
// lines of the kernel, the statements after %%, package clauses, and comments, which may be
// compiler directives. It takes for a special line what GoNB does.
func KeepGo(source string) string {
	return blankComments(Split(source).Declarations)
}

// Parts are the parts of a cell, each on the lines on which it stands in the cell: what is not of the
// part is blank.
type Parts struct {
	Declarations string
	Body         string   // the statements after %%, which are run once
	HasBody      bool     // there is a %%
	Commands     []string // the special lines, without the sign %% of the body
}

// Split returns the parts of a cell as GoNB sees them. Package clauses are blank.
func Split(source string) Parts {
	source = strings.TrimPrefix(strings.ToValidUTF8(strings.ReplaceAll(source, "\r\n", "\n"), "\ufffd"), "\ufeff")
	lines := strings.Split(source, "\n")
	body := make([]string, len(lines))
	var p Parts
	special, notGoAnyMore := false, false
	for i, line := range lines {
		command := strings.TrimPrefix(line, "//gonb:")
		switch {
		case notGoAnyMore:
			lines[i] = ""
		case special || len(command) > 1 && (command[0] == '%' || command[0] == '!'):
			word, _, _ := strings.Cut(command, " ")
			begins := !special && !p.HasBody && (command == "%%" || strings.HasPrefix(command, "%% ") || strings.HasPrefix(command, "%%\t") || strings.HasPrefix(command, "%main"))
			notGoAnyMore = !special && slices.Contains(notGo, word)
			if begins {
				p.HasBody = true
			} else {
				p.Commands = append(p.Commands, command)
			}
			special = strings.HasSuffix(line, "\\")
			lines[i] = ""
		case p.HasBody:
			body[i], lines[i] = line, ""
		case strings.HasPrefix(line, "package"):
			lines[i] = ""
		}
	}
	p.Declarations, p.Body = strings.Join(lines, "\n"), strings.Join(body, "\n")
	return p
}

// blankComments replaces comments by spaces.
func blankComments(source string) string {
	text := []byte(source)
	files := token.NewFileSet()
	file := files.AddFile("", files.Base(), len(text))
	var s scanner.Scanner
	s.Init(file, text, func(token.Position, string) {}, scanner.ScanComments)
	blanked := slices.Clone(text)
	for {
		at, kind, _ := s.Scan()
		if kind == token.EOF {
			return string(blanked)
		}
		if kind != token.COMMENT {
			continue
		}
		from := file.Offset(at)
		for i := from; i < from+commentLength(source[from:]); i++ {
			if blanked[i] != '\n' {
				blanked[i] = ' '
			}
		}
	}
}

// commentLength returns the length of the comment at the start of a text. The scanner's own
// text of the comment may be shorter, because it omits carriage returns.
func commentLength(text string) int {
	n := strings.Index(text, "\n")
	if strings.HasPrefix(text, "/*") {
		if n = strings.Index(text[2:], "*/"); n >= 0 {
			n += len("/**/")
		}
	}
	if n < 0 {
		return len(text) // not terminated
	}
	return n
}
