package answer

import (
	"fmt"
	"strings"
)

// Signature is the name of a function that a student writes, and the types of its parameters
// and results: int, float64, string and slices of them.
type Signature struct {
	Name    string
	In, Out []string // types
}

func (s Signature) String() string {
	out := strings.Join(s.Out, ", ")
	if len(s.Out) > 1 {
		out = "(" + out + ")"
	}
	return strings.TrimSpace(fmt.Sprintf("func %s(%s) %s", s.Name, strings.Join(s.In, ", "), out))
}

// form returns the types of the function, as formOf does.
func (s Signature) form() string {
	return "func(" + strings.Join(s.In, ",") + ")(" + strings.Join(s.Out, ",") + ")"
}
