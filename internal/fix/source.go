package fix

import (
	"cmp"
	"go/token"
	"maps"
	"slices"
	"strings"

	"rnn101/internal/notebook"
)

// edit replaces the bytes of a source from start to end.
type edit struct {
	start, end int
	text       string
}

// apply makes edits that do not overlap.
func apply(source string, edits []edit) string {
	edits = slices.SortedStableFunc(slices.Values(edits), func(a, b edit) int { return cmp.Compare(a.start, b.start) })
	for _, e := range slices.Backward(edits) {
		source = source[:e.start] + e.text + source[e.end:]
	}
	return source
}

// selector is a selector expression pkg.name.
type selector struct {
	pkg, name  string
	start, end int
}

// selectors returns the selector expressions whose first operand is a name.
func selectors(tokens []notebook.Token) (all []selector) {
	for i, t := range tokens {
		if i < 2 || t.Kind != token.IDENT || tokens[i-1].Kind != token.PERIOD || tokens[i-2].Kind != token.IDENT ||
			i > 2 && tokens[i-3].Kind == token.PERIOD {
			continue
		}
		all = append(all, selector{tokens[i-2].Text, t.Text, tokens[i-2].Offset, t.End()})
	}
	return all
}

// span is a part of a source.
type span struct{ start, end int }

// call is a call of a method. The receiver is the first name of a chain of names such as
// runs.best, or "" for any other expression.
type call struct {
	receiver   string
	start, dot int // of the receiver; the dot before the method
	arguments  []span
}

func methodCalls(tokens []notebook.Token, method string) (all []call) {
	for i, t := range tokens {
		if i < 2 || i+1 >= len(tokens) || t.Kind != token.IDENT || t.Text != method || tokens[i-1].Kind != token.PERIOD || tokens[i+1].Kind != token.LPAREN {
			continue
		}
		c := call{dot: tokens[i-1].Offset, arguments: arguments(tokens[i+2:])}
		first := i - 2
		for first >= 2 && tokens[first].Kind == token.IDENT && tokens[first-1].Kind == token.PERIOD {
			first -= 2
		}
		if tokens[first].Kind == token.IDENT {
			c.receiver, c.start = tokens[first].Text, tokens[first].Offset
		}
		all = append(all, c)
	}
	return all
}

// arguments returns the arguments of a call whose opening parenthesis is just before the
// tokens, or nil if it is not closed.
func arguments(tokens []notebook.Token) (all []span) {
	depth, first := 0, 0
	add := func(i int) {
		if i > first {
			all = append(all, span{tokens[first].Offset, tokens[i-1].End()})
		}
		first = i + 1
	}
	for i, t := range tokens {
		switch t.Kind {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if depth == 0 {
				add(i)
				return all
			}
			depth--
		case token.COMMA:
			if depth == 0 {
				add(i)
			}
		}
	}
	return nil
}

// declarations returns the names that a source declares, each with whether it does so at
// the top level, as far as tokens tell. A method M is in it as ".M".
func declarations(source string, tokens []notebook.Token) map[string]bool {
	names := map[string]bool{}
	add := func(name string, topLevel bool) { names[name] = names[name] || topLevel }
	kind := func(i int) token.Token {
		if i < 0 || i >= len(tokens) {
			return token.EOF
		}
		return tokens[i].Kind
	}
	for i, t := range tokens {
		topLevel := t.Offset == 0 || source[t.Offset-1] == '\n'
		switch t.Kind {
		case token.VAR, token.CONST, token.TYPE:
			if kind(i+1) != token.LPAREN {
				for j := i + 1; kind(j) == token.IDENT; j += 2 {
					add(tokens[j].Text, topLevel)
					if kind(j+1) != token.COMMA {
						break
					}
				}
				continue
			}
			for j, depth := i+2, 1; depth > 0 && j < len(tokens); j++ {
				switch kind(j) {
				case token.LPAREN, token.LBRACE:
					depth++
				case token.RPAREN, token.RBRACE:
					depth--
				case token.IDENT:
					if previous := kind(j - 1); depth == 1 && (j == i+2 || previous == token.SEMICOLON || previous == token.COMMA) && kind(j+1) != token.PERIOD {
						add(tokens[j].Text, topLevel)
					}
				}
			}
		case token.FUNC:
			if kind(i+1) == token.IDENT {
				add(tokens[i+1].Text, topLevel)
			}
			for j := i + 1; j < len(tokens) && kind(j) != token.LBRACE && kind(j) != token.SEMICOLON; j++ {
				switch {
				case kind(j) == token.RPAREN && kind(j+1) == token.IDENT && kind(j+2) == token.LPAREN:
					add("."+tokens[j+1].Text, topLevel)
				case kind(j) == token.IDENT && (kind(j-1) == token.LPAREN || kind(j-1) == token.COMMA) && kind(j+1) != token.PERIOD:
					add(tokens[j].Text, false)
				}
			}
		case token.DEFINE:
			for j := i - 1; kind(j) == token.IDENT; j -= 2 {
				add(tokens[j].Text, false)
				if kind(j-1) != token.COMMA {
					break
				}
			}
		}
	}
	return names
}

func sorted(names map[string]bool) []string { return slices.Sorted(maps.Keys(names)) }

// moved returns where a name of the package at the path was is now.
func moved(was, old string) (path, name string, ok bool) {
	now, ok := movedNames[was][old]
	path, name, _ = strings.Cut(now, " ")
	return path, name, ok
}

// changedPackages has the paths of the packages in the tables by their names.
var changedPackages = func() map[string]string {
	all := map[string]string{}
	for _, path := range slices.Concat(slices.Collect(maps.Keys(movedNames)), slices.Collect(maps.Keys(gonePackages))) {
		all[base(path)] = path
	}
	return all
}()
