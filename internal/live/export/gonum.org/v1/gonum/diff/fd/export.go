// export by github.com/goplus/ixgo/cmd/qexp

package fd

import (
	q "gonum.org/v1/gonum/diff/fd"

	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "fd",
		Path: "gonum.org/v1/gonum/diff/fd",
		Deps: map[string]string{
			"gonum.org/v1/gonum/floats": "floats",
			"gonum.org/v1/gonum/mat":    "mat",
			"math":                      "math",
			"runtime":                   "runtime",
			"sync":                      "sync",
		},
		Interfaces: map[string]reflect.Type{},
		NamedTypes: map[string]reflect.Type{
			"Formula":          reflect.TypeOf((*q.Formula)(nil)).Elem(),
			"JacobianSettings": reflect.TypeOf((*q.JacobianSettings)(nil)).Elem(),
			"Point":            reflect.TypeOf((*q.Point)(nil)).Elem(),
			"Settings":         reflect.TypeOf((*q.Settings)(nil)).Elem(),
		},
		AliasTypes: map[string]reflect.Type{},
		Vars: map[string]reflect.Value{
			"Backward":    reflect.ValueOf(&q.Backward),
			"Backward2nd": reflect.ValueOf(&q.Backward2nd),
			"Central":     reflect.ValueOf(&q.Central),
			"Central2nd":  reflect.ValueOf(&q.Central2nd),
			"Forward":     reflect.ValueOf(&q.Forward),
			"Forward2nd":  reflect.ValueOf(&q.Forward2nd),
		},
		Funcs: map[string]reflect.Value{
			"CrossLaplacian": reflect.ValueOf(q.CrossLaplacian),
			"Derivative":     reflect.ValueOf(q.Derivative),
			"Gradient":       reflect.ValueOf(q.Gradient),
			"Hessian":        reflect.ValueOf(q.Hessian),
			"Jacobian":       reflect.ValueOf(q.Jacobian),
			"Laplacian":      reflect.ValueOf(q.Laplacian),
		},
		TypedConsts:   map[string]ixgo.TypedConst{},
		UntypedConsts: map[string]ixgo.UntypedConst{},
	})
}
