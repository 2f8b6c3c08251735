package answer

import (
	"fmt"

	"rnn101/internal/grading/answer/caller"
)

// Encode returns the bytes of a value of one of the types of a signature, as it is sent to a
// program. Values with the same bytes are the same.
func Encode(value any) []byte {
	var w caller.Writer
	write(&w, value)
	return w.Data
}

// Decode returns the value of the type with the given name that Encode has encoded.
func Decode(data []byte, kind string) any { return read(&caller.Reader{Data: data}, kind) }

// write writes a value of one of the types of a signature.
func write(w *caller.Writer, value any) {
	switch v := value.(type) {
	case int:
		caller.WriteInt(w, v)
	case []int:
		caller.WriteSlice(caller.WriteInt)(w, v)
	case [][]int:
		caller.WriteSlice(caller.WriteSlice(caller.WriteInt))(w, v)
	case string:
		caller.WriteString(w, v)
	case []string:
		caller.WriteSlice(caller.WriteString)(w, v)
	case float64:
		caller.WriteFloat(w, v)
	case []float64:
		caller.WriteSlice(caller.WriteFloat)(w, v)
	case [][]float64:
		caller.WriteSlice(caller.WriteSlice(caller.WriteFloat))(w, v)
	case [][][]float64:
		caller.WriteSlice(caller.WriteSlice(caller.WriteSlice(caller.WriteFloat)))(w, v)
	default:
		panic(fmt.Sprintf("answer: cannot write a value of type %T", value))
	}
}

// read reads a value of the type with the given name.
func read(r *caller.Reader, kind string) any {
	switch kind {
	case "int":
		return caller.Int(r)
	case "[]int":
		return caller.Slice(caller.Int)(r)
	case "[][]int":
		return caller.Slice(caller.Slice(caller.Int))(r)
	case "string":
		return caller.String(r)
	case "[]string":
		return caller.Slice(caller.String)(r)
	case "float64":
		return caller.Float(r)
	case "[]float64":
		return caller.Slice(caller.Float)(r)
	case "[][]float64":
		return caller.Slice(caller.Slice(caller.Float))(r)
	case "[][][]float64":
		return caller.Slice(caller.Slice(caller.Slice(caller.Float)))(r)
	}
	panic("answer: cannot read a value of type " + kind)
}
