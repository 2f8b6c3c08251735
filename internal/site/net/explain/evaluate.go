package explain

import (
	"fmt"
	"math"

	"rnn101/internal/site/net/engine"
)

// Evaluate returns the value of an expression.
func Evaluate(n *engine.Numbers, e Expr) float64 {
	args := make([]float64, len(e.Args))
	for i, a := range e.Args {
		args[i] = Evaluate(n, a)
	}
	switch e.Op {
	case "number":
		value, ok := n.Value(e.ID)
		if !ok {
			panic(fmt.Sprintf("explain: there is no number %q", e.ID))
		}
		return value
	case "literal":
		return e.Value
	case "sum":
		total := 0.0
		for _, v := range args {
			total += v
		}
		return total
	case "product":
		total := 1.0
		for _, v := range args {
			total *= v
		}
		return total
	case "difference":
		return args[0] - args[1]
	case "quotient":
		return args[0] / args[1]
	case "square":
		return args[0] * args[0]
	case "tanh":
		return math.Tanh(args[0])
	case "exp":
		return math.Exp(args[0])
	case "neglog":
		return -math.Log(args[0])
	}
	panic(fmt.Sprintf("explain: there is no operation %q", e.Op))
}
