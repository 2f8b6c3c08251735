package notebook

import (
	"go/scanner"
	"go/token"
	"path"
	"strings"
)

// Token is a token of Go in the source of a cell.
type Token struct {
	Kind   token.Token
	Text   string
	Offset int // of its first byte
}

// End is the offset of the byte after the token.
func (t Token) End() int { return t.Offset + len(t.Text) }

// Tokens returns the tokens of a cell's source, without comments. It scans and does not
// parse: a cell may contain commands of the kernel, which are not Go; the scanner
// continues after them.
func Tokens(source string) (all []Token) {
	files := token.NewFileSet()
	file := files.AddFile("", files.Base(), len(source))
	var s scanner.Scanner
	s.Init(file, []byte(source), func(token.Position, string) {}, 0)
	for {
		pos, kind, text := s.Scan()
		if kind == token.EOF {
			return all
		}
		if kind.IsOperator() && text == "" {
			text = kind.String()
		}
		all = append(all, Token{kind, text, file.Offset(pos)})
	}
}

// Import is an import of a code cell.
type Import struct {
	Path    string
	Name    string // the name that the cell gives the package, or ""
	Start   int    // offset of the name, or of the path if there is none
	End     int    // offset of the byte after the path
	Grouped bool   // in parentheses
}

// LocalName is the name by which the cell refers to the package.
func (i Import) LocalName() string {
	if i.Name != "" {
		return i.Name
	}
	return path.Base(i.Path)
}

// Imports returns the imports of a code cell in their order.
func (c *Cell) Imports() (all []Import) {
	if c.Kind != "code" {
		return nil
	}
	inImport, grouped := false, false
	name := Token{Offset: -1}
	for _, t := range Tokens(c.Source) {
		switch {
		case t.Kind == token.IMPORT:
			inImport = true
		case !inImport:
		case t.Kind == token.LPAREN:
			grouped = true
		case t.Kind == token.IDENT || t.Kind == token.PERIOD:
			name = t
		case t.Kind == token.STRING:
			i := Import{Path: strings.Trim(t.Text, "\"`"), Start: t.Offset, End: t.End(), Grouped: grouped}
			if name.Offset >= 0 {
				i.Name, i.Start = name.Text, name.Offset
			}
			all = append(all, i)
			inImport, name = grouped, Token{Offset: -1}
		case t.Kind == token.RPAREN:
			inImport, grouped = false, false
		}
	}
	return all
}
