// export by github.com/goplus/ixgo/cmd/qexp

package rnnkit

import (
	q "rnn101/rnnkit"

	"go/constant"
	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "rnnkit",
		Path: "rnn101/rnnkit",
		Deps: map[string]string{
			"fmt":                            "fmt",
			"gonum.org/v1/gonum/blas/blas64": "blas64",
			"gonum.org/v1/gonum/floats":      "floats",
			"gonum.org/v1/gonum/mat":         "mat",
			"math":                           "math",
			"math/rand/v2":                   "rand",
			"rnn101/rnnkit/internal/kernel":  "kernel",
			"rnn101/rnnkit/internal/option":  "option",
		},
		Interfaces: map[string]reflect.Type{
			"Cell": reflect.TypeOf((*q.Cell)(nil)).Elem(),
		},
		NamedTypes: map[string]reflect.Type{
			"GRU":       reflect.TypeOf((*q.GRU)(nil)).Elem(),
			"Gradient":  reflect.TypeOf((*q.Gradient)(nil)).Elem(),
			"LSTM":      reflect.TypeOf((*q.LSTM)(nil)).Elem(),
			"Parameter": reflect.TypeOf((*q.Parameter)(nil)).Elem(),
			"Pass":      reflect.TypeOf((*q.Pass)(nil)).Elem(),
			"Plain":     reflect.TypeOf((*q.Plain)(nil)).Elem(),
			"RNN":       reflect.TypeOf((*q.RNN)(nil)).Elem(),
			"Sequence":  reflect.TypeOf((*q.Sequence)(nil)).Elem(),
			"Step":      reflect.TypeOf((*q.Step)(nil)).Elem(),
		},
		AliasTypes: map[string]reflect.Type{},
		Vars:       map[string]reflect.Value{},
		Funcs: map[string]reflect.Value{
			"CrossEntropy": reflect.ValueOf(q.CrossEntropy),
			"FromRows":     reflect.ValueOf(q.FromRows),
			"GradientOf":   reflect.ValueOf(q.GradientOf),
			"MustForward":  reflect.ValueOf(q.MustForward),
			"New":          reflect.ValueOf(q.New),
			"NewGradient":  reflect.ValueOf(q.NewGradient),
			"NewPass":      reflect.ValueOf(q.NewPass),
			"NewRNN":       reflect.ValueOf(q.NewRNN),
			"OneHot":       reflect.ValueOf(q.OneHot),
			"Perplexity":   reflect.ValueOf(q.Perplexity),
			"Softmax":      reflect.ValueOf(q.Softmax),
			"SquaredError": reflect.ValueOf(q.SquaredError),
		},
		TypedConsts: map[string]ixgo.TypedConst{},
		UntypedConsts: map[string]ixgo.UntypedConst{
			"NoTarget":      {Typ: "untyped int", Value: constant.MakeInt64(int64(q.NoTarget))},
			"NumParameters": {Typ: "untyped int", Value: constant.MakeInt64(int64(q.NumParameters))},
		},
	})
}
