package explain

import (
	"fmt"
	"strconv"

	"rnn101/internal/site/net/engine"
)

// The page gets what follows as JSON, in one text: as an object of JavaScript, each field would be a
// call of the page's. The engine's texts have no control characters, which Go quotes in other ways. Package
// encoding/json would make the page larger, and each edit waits for an explanation.

// Layout returns the tables of a sequence of T steps, each as its name and its dimensions, and for each
// of their numbers 1 if Of has something to say about it, and otherwise 0. That depends on T alone.
func Layout(T int) string {
	tables := engine.Layout(T)
	b := appendList([]byte(`{"tables":`), tables, func(b []byte, table engine.Table) []byte {
		b = strconv.AppendQuote(append(b, '['), table.Name)
		for _, d := range table.Dims {
			b = strconv.AppendInt(append(b, ','), int64(d), 10)
		}
		return append(b, ']')
	})
	b = append(b, `,"explained":"`...)
	for _, table := range tables {
		b = appendExplained(b, table, nil)
	}
	return string(append(b, `"}`...))
}

// appendExplained appends what Layout says of the numbers whose first indices are at.
func appendExplained(b []byte, table engine.Table, at []int) []byte {
	if len(at) < len(table.Dims) {
		for i := range table.Dims[len(at)] {
			b = appendExplained(b, table, append(at, i))
		}
		return b
	}
	if can(table, at) {
		return append(b, '1')
	}
	return append(b, '0')
}

// JSON returns what a number is made of, or null if there is nothing to say about it.
func JSON(n *engine.Numbers, id string) string {
	x, ok := Of(n, id)
	if !ok {
		return "null"
	}
	b := make([]byte, 0, 4096)
	text := func(name, value string) { b = strconv.AppendQuote(appendName(b, name), value) }
	texts := func(name string, values []string) { b = appendList(appendName(b, name), values, strconv.AppendQuote) }
	b = append(b, '{')
	text("id", x.ID)
	text("formula", x.Formula)
	b = appendList(appendName(b, "lines"), x.Lines, func(b []byte, line Expr) []byte {
		b = appendExpr(b, line)
		return append(appendFloat(appendName(b[:len(b)-1], "result"), Evaluate(n, line)), '}') // for a test
	})
	b = appendList(appendName(b, "terms"), x.Terms, func(b []byte, t Term) []byte {
		b = appendList(appendName(append(b, '{'), "ids"), t.IDs, strconv.AppendQuote)
		b = strconv.AppendQuote(appendName(b, "key"), t.Key)
		b = appendFloat(appendName(b, "value"), t.Value)
		b = strconv.AppendQuote(appendName(b, "class"), t.Class)
		return append(strconv.AppendQuote(appendName(b, "ask"), t.Ask), '}')
	})
	text("total", x.Total)
	text("says", x.Says)
	b = appendList(appendName(b, "args"), x.Args, func(b []byte, arg any) []byte {
		if i, ok := arg.(int); ok {
			return strconv.AppendInt(b, int64(i), 10)
		}
		return strconv.AppendQuote(b, fmt.Sprint(arg))
	})
	texts("parents", x.Parents)
	texts("into", x.Into)
	b = appendList(appendName(b, "paths"), x.Paths, func(b []byte, p [2]int) []byte { return fmt.Appendf(b, "[%d,%d]", p[0], p[1]) })
	b = strconv.AppendBool(appendName(b, "given"), x.Given)
	text("gradient", x.Gradient)
	text("weight", x.Weight)
	text("measured", x.Measured)
	return string(append(b, '}'))
}

// appendExpr appends an expression without what is empty.
func appendExpr(b []byte, e Expr) []byte {
	b = strconv.AppendQuote(appendName(append(b, '{'), "op"), e.Op)
	if e.Class != "" {
		b = strconv.AppendQuote(appendName(b, "class"), e.Class)
	}
	switch e.Op {
	case "number":
		b = strconv.AppendQuote(appendName(b, "id"), e.ID)
	case "literal":
		b = appendFloat(appendName(b, "value"), e.Value)
	default:
		b = appendList(appendName(b, "args"), e.Args, appendExpr)
	}
	return append(b, '}')
}

// appendName appends the name of a field, after a comma unless it is the first.
func appendName(b []byte, name string) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	return append(append(append(b, '"'), name...), '"', ':')
}

func appendList[T any](b []byte, all []T, one func([]byte, T) []byte) []byte {
	b = append(b, '[')
	for i, element := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = one(b, element)
	}
	return append(b, ']')
}

func appendFloat(b []byte, v float64) []byte { return strconv.AppendFloat(b, v, 'g', -1, 64) }
