// Command wasm is the engine as the page calls it: the functions of the object rnn101.
package main

import (
	"encoding/binary"
	"math"
	"syscall/js"

	"rsc.io/qr"

	"rnn101/internal/site/net/engine"
	"rnn101/internal/site/net/explain"
)

// computed is the net that was computed last, nil at the start.
var computed *engine.Numbers

// current returns the net of which the page asks. It begins with the numbers of the opening state, which are
// in the page, and need not be computed before it is ready.
func current() *engine.Numbers {
	if computed == nil {
		computed, _ = engine.Compute(engine.Opening()) // which is valid
	}
	return computed
}

func main() {
	functions := map[string]any{}
	for name, f := range map[string]func(args []js.Value) any{
		"layout":  layout,
		"vary":    vary,
		"compute": compute,
		"explain": made,
		"nudge":   nudge,
		"uncut":   uncut,
		"train":   train,
		"far":     far,
		"code":    code,
		"qr":      qrCode,
	} {
		functions[name] = js.FuncOf(func(_ js.Value, args []js.Value) any { return f(args) })
	}
	js.Global().Set("rnn101", functions)
	select {} // until the page is closed
}

func layout(args []js.Value) any { return explain.Layout(args[0].Int()) }

func vary(args []js.Value) any { return list(engine.Vary(current().State, args[0].String()).List()) }

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
	computed = n
	out := make([]byte, 0, 8*len(n.Data))
	for _, v := range n.Data {
		out = binary.LittleEndian.AppendUint64(out, math.Float64bits(v))
	}
	js.CopyBytesToJS(args[1], out)
	return ""
}

func made(args []js.Value) any { return explain.JSON(current(), args[0].String()) }

func nudge(args []js.Value) any {
	entry := engine.Entry{Matrix: args[0].String(), I: args[1].Int(), J: args[2].Int()}
	result, err := current().Nudge(entry, args[3].Int(), args[4].Float())
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
	slope, err := current().Uncut(engine.Entry{Matrix: args[0].String(), I: args[1].Int(), J: args[2].Int()})
	if err != nil {
		return math.NaN()
	}
	return slope
}

func train(args []js.Value) any {
	result, err := engine.Train(current().State, args[0].Bool(), args[1].Int())
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
	reach, err := engine.Far(current().State, args[0].Int(), args[1].Float())
	if err != nil {
		return failed(err)
	}
	return map[string]any{"norms": list(reach.Norms), "ratio": reach.Ratio, "singular": reach.Singular, "radius": reach.Radius,
		"W": grid(reach.W), "unit": reach.Unit, "slopes": list(reach.Slopes[:])}
}

func code(args []js.Value) any { return engine.Code(current().State, args[0].String()) }

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
