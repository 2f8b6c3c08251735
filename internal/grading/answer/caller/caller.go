// Package caller is compiled into a student's program, around it: it reads which function
// is called, with what, and gives back what came of it and what became of the arguments.
//
// It is a package of its own because a student may declare any name, that of a built-in
// function or type too: what calls the student's functions uses names of this package and
// nothing that could mean something else.
package caller

import (
	"encoding/json"
	"io"
	"math"
	"os"
)

// Raw is a value as it travels, Any one that is not yet in that form.
type (
	Raw = json.RawMessage
	Any = any
)

// Function is a student's function, for values as they travel: its results, and its
// arguments after the call.
type Function = func(arguments []Raw) (results, after []any)

var functions = map[string]Function{}

// Register makes a function one that can be called.
func Register(name string, f Function) { functions[name] = f }

// Main calls the function that standard input names, and answers with what came of it.
func Main(answer func([]byte)) {
	data, _ := io.ReadAll(os.Stdin)
	var call struct {
		F string
		A []Raw
	}
	if json.Unmarshal(data, &call) != nil {
		return
	}
	results, after := functions[call.F](call.A)
	if out, err := json.Marshal(map[string]any{"r": results, "a": after}); err == nil {
		answer(out)
	}
}

// EncodePlain gives a value of a type that JSON brings over as it is.
func EncodePlain[T any](x T) any { return x }

// DecodePlain is the way back.
func DecodePlain[T any](data Raw) (x T) { _ = json.Unmarshal(data, &x); return x }

// EncodeFloat gives the bits of a number: NaN, infinities and the last digit arrive as
// they are.
func EncodeFloat(x float64) any { return math.Float64bits(x) }

// DecodeFloat is the way back.
func DecodeFloat(data Raw) float64 { return math.Float64frombits(DecodePlain[uint64](data)) }

// EncodeSlice gives a slice whose entries are encoded each. A nil slice stays one.
func EncodeSlice[T any](each func(T) any) func([]T) any {
	return func(all []T) any {
		if all == nil {
			return nil
		}
		out := make([]any, len(all))
		for i, x := range all {
			out[i] = each(x)
		}
		return out
	}
}

// DecodeSlice is the way back.
func DecodeSlice[T any](each func(Raw) T) func(Raw) []T {
	return func(data Raw) []T {
		parts := DecodePlain[[]Raw](data)
		if parts == nil {
			return nil
		}
		all := make([]T, len(parts))
		for i, part := range parts {
			all[i] = each(part)
		}
		return all
	}
}
