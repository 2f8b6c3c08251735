package answer

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"rnn101/internal/grading/sandbox"
)

// Result is the result of a call.
type Result struct {
	Status  sandbox.Status
	Values  []any      // if Answered, of the types of the signature; nil for a nil slice
	Changed []int      // the indices of the arguments that the function has changed
	Panic   Diagnostic // if Panicked, where and with which message
}

// Call calls a function with arguments of the types of its signature. An error means that the
// sandbox could not be used, or that the function is unavailable.
func (c *Compiled) Call(ctx context.Context, function string, arguments ...any) (Result, error) {
	s, ok := c.signatures[function]
	if !ok || c.Unavailable[function] != nil || len(arguments) != len(s.In) {
		return Result{}, fmt.Errorf("answer: %s cannot be called with %d arguments", function, len(arguments))
	}
	sent := make([]json.RawMessage, len(arguments))
	for i, a := range arguments {
		data, err := json.Marshal(encode(a))
		if err != nil {
			return Result{}, err
		}
		sent[i] = data
	}
	input, err := json.Marshal(map[string]any{"f": function, "a": sent})
	if err != nil {
		return Result{}, err
	}
	outcome, err := c.sandboxes[function].Call(ctx, input)
	if err != nil {
		return Result{}, err
	}
	r := Result{Status: outcome.Status}
	if r.Status == sandbox.Panicked {
		r.Panic, _ = c.program.PanicLocation(outcome.Stderr)
	}
	if r.Status != sandbox.Answered {
		return r, nil
	}
	var reply struct {
		Values    []json.RawMessage `json:"r"`
		Arguments []json.RawMessage `json:"a"`
	}
	if json.Unmarshal(outcome.Value, &reply) != nil || len(reply.Values) != len(s.Out) || len(reply.Arguments) != len(s.In) {
		return Result{Status: sandbox.NoResult}, nil // not from package caller: the student's code forged it
	}
	for i, raw := range reply.Arguments {
		if !bytes.Equal(raw, sent[i]) {
			r.Changed = append(r.Changed, i)
		}
	}
	for i, raw := range reply.Values {
		value, err := decode(s.Out[i], raw)
		if err != nil {
			return Result{Status: sandbox.NoResult}, nil
		}
		r.Values = append(r.Values, value)
	}
	return r, nil
}
