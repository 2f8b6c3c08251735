// Package caller is compiled into a student's program. It reads which function to call, with
// which arguments, and returns the results and the arguments after the call.
//
// It is a separate package because a student may redeclare any name, even of a built-in
// function or type. The code in the student's package uses names of this package only.
package caller

import (
	"encoding/json"
	"io"
	"math"
	"os"
)

// Raw is an encoded value, Any a value of any type.
type (
	Raw = json.RawMessage
	Any = any
)

// Function calls a student's function. It decodes the arguments, and returns the results and
// the arguments after the call, ready to be encoded.
type Function = func(arguments []Raw) (results, after []any)

var functions = map[string]Function{}

// Register makes a function available to Main.
func Register(name string, f Function) { functions[name] = f }

// Main calls the function that standard input names, and passes its results to answer.
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

// EncodePlain encodes a value of a type that JSON preserves.
func EncodePlain[T any](x T) any { return x }

// DecodePlain decodes what EncodePlain has encoded.
func DecodePlain[T any](data Raw) (x T) { _ = json.Unmarshal(data, &x); return x }

// EncodeFloat encodes a number as its bits, which keeps NaN, infinities and the last digit.
func EncodeFloat(x float64) any { return math.Float64bits(x) }

// DecodeFloat decodes what EncodeFloat has encoded.
func DecodeFloat(data Raw) float64 { return math.Float64frombits(DecodePlain[uint64](data)) }

// EncodeSlice returns a function that encodes a slice, given that for its entries. A nil slice
// stays nil.
func EncodeSlice[T any](encode func(T) any) func([]T) any {
	return func(all []T) any {
		if all == nil {
			return nil
		}
		out := make([]any, len(all))
		for i, x := range all {
			out[i] = encode(x)
		}
		return out
	}
}

// DecodeSlice returns a function that decodes what EncodeSlice has encoded.
func DecodeSlice[T any](decode func(Raw) T) func(Raw) []T {
	return func(data Raw) []T {
		parts := DecodePlain[[]Raw](data)
		if parts == nil {
			return nil
		}
		all := make([]T, len(parts))
		for i, part := range parts {
			all[i] = decode(part)
		}
		return all
	}
}
