package answer

import (
	"encoding/json"
	"fmt"
	"math"
)

// encode returns a value in the form in which it is sent. A floating-point number is sent as
// its bits, which keeps NaN, infinities and the last digit.
func encode(value any) any {
	switch v := value.(type) {
	case float64:
		return math.Float64bits(v)
	case []float64:
		return encodeAll(v)
	case [][]float64:
		return encodeAll(v)
	case [][][]float64:
		return encodeAll(v)
	case int, string, []int, []string, [][]int:
		return v
	}
	panic(fmt.Sprintf("answer: cannot encode a value of type %T", value))
}

func encodeAll[T any](values []T) any {
	if values == nil {
		return nil
	}
	all := make([]any, len(values))
	for i, v := range values {
		all[i] = encode(v)
	}
	return all
}

// decode decodes a value of the type with the given name.
func decode(kind string, raw json.RawMessage) (any, error) {
	switch kind {
	case "int":
		return decodeAs[int](raw)
	case "string":
		return decodeAs[string](raw)
	case "[]int":
		return decodeAs[[]int](raw)
	case "[]string":
		return decodeAs[[]string](raw)
	case "float64":
		return decodeFloat(raw)
	case "[]float64":
		return decodeAll(raw, decodeFloat)
	case "[][]float64":
		return decodeAll(raw, func(raw json.RawMessage) ([]float64, error) { return decodeAll(raw, decodeFloat) })
	case "[][][]float64":
		return decodeAll(raw, func(raw json.RawMessage) ([][]float64, error) {
			return decodeAll(raw, func(raw json.RawMessage) ([]float64, error) { return decodeAll(raw, decodeFloat) })
		})
	}
	panic("answer: cannot decode a value of type " + kind)
}

func decodeAs[T any](raw json.RawMessage) (value T, err error) {
	err = json.Unmarshal(raw, &value)
	return value, err
}

func decodeFloat(raw json.RawMessage) (float64, error) {
	bits, err := decodeAs[uint64](raw)
	return math.Float64frombits(bits), err
}

func decodeAll[T any](raw json.RawMessage, decode func(json.RawMessage) (T, error)) ([]T, error) {
	parts, err := decodeAs[[]json.RawMessage](raw)
	if err != nil || parts == nil {
		return nil, err
	}
	all := make([]T, len(parts))
	for i, part := range parts {
		if all[i], err = decode(part); err != nil {
			return nil, err
		}
	}
	return all, nil
}
