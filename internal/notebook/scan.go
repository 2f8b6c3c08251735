package notebook

import (
	"go/scanner"
	"go/token"
	"strings"
)

// Token is a token of Go with its place in a cell's source, in bytes.
type Token struct {
	Kind token.Token
	Text string
	At   int
}

// Scan calls each with the tokens of a cell's source, one after the other. It only scans: a
// cell holds lines for the kernel that no Go parser takes, and the scanner goes on after
// them.
func Scan(source string, each func(Token)) {
	files := token.NewFileSet()
	file := files.AddFile("", files.Base(), len(source))
	var s scanner.Scanner
	s.Init(file, []byte(source), func(token.Position, string) {}, 0)
	for {
		pos, kind, text := s.Scan()
		if kind == token.EOF {
			return
		}
		each(Token{kind, text, file.Offset(pos)})
	}
}

// Imports returns the paths that a code cell imports, in their order.
func (c *Cell) Imports() (paths []string) {
	if c.Kind != "code" {
		return nil
	}
	inImport, open := false, false
	Scan(c.Source, func(t Token) {
		switch {
		case t.Kind == token.IMPORT:
			inImport = true
		case inImport && t.Kind == token.LPAREN:
			open = true
		case inImport && t.Kind == token.STRING:
			paths = append(paths, strings.Trim(t.Text, "\"`"))
			inImport = open
		case inImport && t.Kind == token.RPAREN:
			inImport, open = false, false
		}
	})
	return paths
}
