//go:build !js

package answer

import (
	"bytes"
	"context"
	"fmt"

	"rnn101/internal/grading/answer/caller"
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
	var input caller.Writer
	caller.WriteString(&input, function)
	sent := make([][]byte, len(arguments))
	for i, a := range arguments {
		begin := len(input.Data)
		write(&input, a)
		sent[i] = input.Data[begin:]
	}
	outcome, err := c.sandboxes[function].Call(ctx, input.Data)
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
	reply := caller.Reader{Data: outcome.Value}
	for _, kind := range s.Out {
		r.Values = append(r.Values, read(&reply, kind))
	}
	for i, kind := range s.In {
		after := reply.Data
		read(&reply, kind)
		if !bytes.Equal(after[:len(after)-len(reply.Data)], sent[i]) {
			r.Changed = append(r.Changed, i)
		}
	}
	if reply.Failed || len(reply.Data) > 0 {
		return Result{Status: sandbox.NoResult}, nil // not from package caller: the student's code forged it
	}
	return r, nil
}
