// export by github.com/goplus/ixgo/cmd/qexp

package gradcheck

import (
	q "rnn101/rnnkit/gradcheck"

	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "gradcheck",
		Path: "rnn101/rnnkit/gradcheck",
		Deps: map[string]string{
			"fmt":                        "fmt",
			"gonum.org/v1/gonum/diff/fd": "fd",
			"gonum.org/v1/gonum/floats":  "floats",
			"gonum.org/v1/gonum/mat":     "mat",
			"math":                       "math",
			"math/cmplx":                 "cmplx",
			"rnn101/rnnkit":              "rnnkit",
		},
		Interfaces: map[string]reflect.Type{},
		NamedTypes: map[string]reflect.Type{
			"Paths": reflect.TypeOf((*q.Paths)(nil)).Elem(),
		},
		AliasTypes: map[string]reflect.Type{},
		Vars:       map[string]reflect.Value{},
		Funcs: map[string]reflect.Value{
			"FiniteDifference": reflect.ValueOf(q.FiniteDifference),
			"Jacobian":         reflect.ValueOf(q.Jacobian),
			"NudgeCopy":        reflect.ValueOf(q.NudgeCopy),
			"PathsOf":          reflect.ValueOf(q.PathsOf),
			"RTRL":             reflect.ValueOf(q.RTRL),
			"SingularValues":   reflect.ValueOf(q.SingularValues),
			"SpectralRadius":   reflect.ValueOf(q.SpectralRadius),
		},
		TypedConsts:   map[string]ixgo.TypedConst{},
		UntypedConsts: map[string]ixgo.UntypedConst{},
	})
}
