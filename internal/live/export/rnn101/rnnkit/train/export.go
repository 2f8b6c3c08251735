// export by github.com/goplus/ixgo/cmd/qexp

package train

import (
	q "rnn101/rnnkit/train"

	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "train",
		Path: "rnn101/rnnkit/train",
		Deps: map[string]string{
			"context":                        "context",
			"errors":                         "errors",
			"fmt":                            "fmt",
			"gonum.org/v1/gonum/blas/blas64": "blas64",
			"gonum.org/v1/gonum/mat":         "mat",
			"math":                           "math",
			"math/rand/v2":                   "rand",
			"rnn101/rnnkit":                  "rnnkit",
			"rnn101/rnnkit/gradcheck":        "gradcheck",
			"rnn101/rnnkit/internal/kernel":  "kernel",
			"rnn101/rnnkit/internal/option":  "option",
			"slices":                         "slices",
			"strings":                        "strings",
			"sync":                           "sync",
			"sync/atomic":                    "atomic",
		},
		Interfaces: map[string]reflect.Type{
			"Optimizer": reflect.TypeOf((*q.Optimizer)(nil)).Elem(),
		},
		NamedTypes: map[string]reflect.Type{
			"Adagrad":  reflect.TypeOf((*q.Adagrad)(nil)).Elem(),
			"Adam":     reflect.TypeOf((*q.Adam)(nil)).Elem(),
			"Batch":    reflect.TypeOf((*q.Batch)(nil)).Elem(),
			"SGD":      reflect.TypeOf((*q.SGD)(nil)).Elem(),
			"Training": reflect.TypeOf((*q.Training)(nil)).Elem(),
		},
		AliasTypes: map[string]reflect.Type{},
		Vars:       map[string]reflect.Value{},
		Funcs: map[string]reflect.Value{
			"Identity":      reflect.ValueOf(q.Identity),
			"NewBatch":      reflect.ValueOf(q.NewBatch),
			"Orthogonal":    reflect.ValueOf(q.Orthogonal),
			"ScaleToRadius": reflect.ValueOf(q.ScaleToRadius),
		},
		TypedConsts:   map[string]ixgo.TypedConst{},
		UntypedConsts: map[string]ixgo.UntypedConst{},
	})
}
