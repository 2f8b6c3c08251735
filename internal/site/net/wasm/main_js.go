// Command wasm is the engine as the page calls it: the functions of the object rnn101.
package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"syscall/js"

	"rsc.io/qr"

	"rnn101/internal/site/net/engine"
	"rnn101/internal/site/net/explain"
)

// numbers is the net that was computed last, and computed its state.
var (
	numbers  *engine.Numbers
	computed engine.State
)

func main() {
	functions := map[string]any{}
	for name, f := range map[string]func(args []js.Value) any{
		"sizes":    sizes,
		"layout":   layout,
		"pair":     pair,
		"vary":     vary,
		"compute":  compute,
		"explains": explains,
		"explain":  made,
		"nudge":    nudge,
		"uncut":    uncut,
		"train":    train,
		"far":      far,
		"code":     code,
		"qr":       qrCode,
	} {
		functions[name] = js.FuncOf(func(_ js.Value, args []js.Value) any { return f(args) })
	}
	js.Global().Set("rnn101", functions)
	select {} // until the page is closed
}

func sizes([]js.Value) any {
	return map[string]any{"inputs": engine.Inputs, "hidden": engine.Hidden, "outputs": engine.Outputs, "steps": engine.MaxSteps,
		"span": engine.Span, "across": engine.Across}
}

func layout(args []js.Value) any {
	var all []any
	for _, table := range engine.Layout(args[0].Int()) {
		row := []any{table.Name}
		for _, d := range table.Dims {
			row = append(row, d)
		}
		all = append(all, row)
	}
	return all
}

func pair(args []js.Value) any { return list(engine.Pair(args[0].Int()).List()) }

func vary(args []js.Value) any { return list(engine.Vary(computed, args[0].String()).List()) }

// compute takes the bytes of a state and of the numbers to fill. It returns an error as a text.
func compute(args []js.Value) any {
	in := make([]byte, args[0].Length())
	js.CopyBytesToGo(in, args[0])
	state := make([]float64, len(in)/8)
	for i := range state {
		state[i] = math.Float64frombits(binary.LittleEndian.Uint64(in[8*i:]))
	}
	s := engine.FromList(state)
	n, err := engine.Compute(s)
	if err != nil {
		return err.Error()
	}
	numbers, computed = n, n.State
	out := make([]byte, 0, 8*len(n.Data))
	for _, v := range n.Data {
		out = binary.LittleEndian.AppendUint64(out, math.Float64bits(v))
	}
	js.CopyBytesToJS(args[1], out)
	return ""
}

func explains(args []js.Value) any { return explain.Can(numbers, args[0].String()) }

// made returns what a number is made of as JSON: as an object, each of its fields would be a call of
// the page's, and an edit asks for one.
func made(args []js.Value) any {
	x, ok := explain.Of(numbers, args[0].String())
	if !ok {
		return "null"
	}
	var lines, terms, paths []any
	for _, line := range x.Lines {
		x := expression(line)
		x["result"] = explain.Evaluate(numbers, line) // for a test
		lines = append(lines, x)
	}
	for _, t := range x.Terms {
		terms = append(terms, map[string]any{"ids": list(t.IDs), "key": t.Key, "value": t.Value, "class": t.Class, "ask": t.Ask})
	}
	for _, p := range x.Paths {
		paths = append(paths, list(p[:]))
	}
	return string(appendJSON(nil, map[string]any{
		"id": x.ID, "formula": x.Formula, "lines": lines, "terms": terms, "total": x.Total, "says": x.Says, "args": x.Args,
		"parents": list(x.Parents), "into": list(x.Into), "paths": paths,
		"given": x.Given, "gradient": x.Gradient, "weight": x.Weight, "measured": x.Measured,
	}))
}

// appendJSON appends a value as JSON. The engine's texts have no control characters, which Go quotes in
// other ways; package encoding/json would make the page larger.
func appendJSON(b []byte, value any) []byte {
	switch v := value.(type) {
	case string:
		return strconv.AppendQuote(b, v)
	case float64:
		return strconv.AppendFloat(b, v, 'g', -1, 64)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case bool:
		return strconv.AppendBool(b, v)
	case []any:
		b = append(b, '[')
		for i, element := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendJSON(b, element)
		}
		return append(b, ']')
	case map[string]any:
		b = append(b, '{')
		for name, field := range v {
			if b[len(b)-1] != '{' {
				b = append(b, ',')
			}
			b = append(strconv.AppendQuote(b, name), ':')
			b = appendJSON(b, field)
		}
		return append(b, '}')
	}
	panic(fmt.Sprintf("no JSON for a %T", value))
}

// expression returns an expression without what is empty.
func expression(e explain.Expr) map[string]any {
	x := map[string]any{"op": e.Op}
	if e.Class != "" {
		x["class"] = e.Class
	}
	switch e.Op {
	case "number":
		x["id"] = e.ID
	case "literal":
		x["value"] = e.Value
	default:
		var args []any
		for _, a := range e.Args {
			args = append(args, expression(a))
		}
		x["args"] = args
	}
	return x
}

func nudge(args []js.Value) any {
	entry := engine.Entry{Matrix: args[0].String(), I: args[1].Int(), J: args[2].Int()}
	result, err := numbers.Nudge(entry, args[3].Int(), args[4].Float())
	if err != nil {
		return failed(err)
	}
	run := result.Run
	return map[string]any{
		"changes": grid(result.Changes), "promises": grid(result.Promises), "measured": grid(result.Measured), "slopes": grid(result.Slopes), "curve": grid(result.Curve),
		"a": grid(run.A), "h": grid(run.H), "o": grid(run.O), "y": grid(run.Y), "L": list(append([]float64{run.Loss}, run.Losses[1:]...)),
	}
}

func uncut(args []js.Value) any {
	slope, err := numbers.Uncut(engine.Entry{Matrix: args[0].String(), I: args[1].Int(), J: args[2].Int()})
	if err != nil {
		return math.NaN()
	}
	return slope
}

func train(args []js.Value) any {
	result, err := engine.Train(computed, args[0].Bool(), args[1].Int())
	if err != nil {
		return failed(err)
	}
	var hidden []any
	for _, step := range result.Hidden {
		hidden = append(hidden, grid(step))
	}
	return map[string]any{"state": list(result.State.List()), "losses": list(result.Losses), "hidden": hidden,
		"parts": list(result.Parts), "chances": list(result.Chances), "words": list(result.Words)}
}

func far(args []js.Value) any {
	reach, err := engine.Far(computed, args[0].Int(), args[1].Float())
	if err != nil {
		return failed(err)
	}
	return map[string]any{"norms": list(reach.Norms), "ratio": reach.Ratio, "singular": reach.Singular, "radius": reach.Radius,
		"W": grid(reach.W), "unit": reach.Unit, "slopes": list(reach.Slopes[:])}
}

func code(args []js.Value) any { return engine.Code(computed, args[0].String()) }

// qrCode returns the squares of a text's QR code, row by row, dark ones as 1. A text that is too
// long has none.
func qrCode(args []js.Value) any {
	code, err := qr.Encode(args[0].String(), qr.L)
	if err != nil {
		return failed(err)
	}
	squares := make([]byte, 0, code.Size*code.Size)
	for y := range code.Size {
		for x := range code.Size {
			square := byte('0')
			if code.Black(x, y) {
				square = '1'
			}
			squares = append(squares, square)
		}
	}
	return map[string]any{"size": code.Size, "squares": string(squares)}
}

func failed(err error) any { return map[string]any{"error": err.Error()} }

func list[T any](values []T) []any {
	all := make([]any, len(values))
	for i, v := range values {
		all[i] = v
	}
	return all
}

func grid(rows [][]float64) []any {
	all := make([]any, len(rows))
	for i, row := range rows {
		all[i] = list(row)
	}
	return all
}
