// export by github.com/goplus/ixgo/cmd/qexp

package cmplxs

import (
	q "gonum.org/v1/gonum/cmplxs"

	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "cmplxs",
		Path: "gonum.org/v1/gonum/cmplxs",
		Deps: map[string]string{
			"errors":                               "errors",
			"gonum.org/v1/gonum/cmplxs/cscalar":    "cscalar",
			"gonum.org/v1/gonum/internal/asm/c128": "c128",
			"math":                                 "math",
			"math/cmplx":                           "cmplx",
			"slices":                               "slices",
		},
		Interfaces: map[string]reflect.Type{},
		NamedTypes: map[string]reflect.Type{},
		AliasTypes: map[string]reflect.Type{},
		Vars:       map[string]reflect.Value{},
		Funcs: map[string]reflect.Value{
			"Abs":          reflect.ValueOf(q.Abs),
			"Add":          reflect.ValueOf(q.Add),
			"AddConst":     reflect.ValueOf(q.AddConst),
			"AddScaled":    reflect.ValueOf(q.AddScaled),
			"AddScaledTo":  reflect.ValueOf(q.AddScaledTo),
			"AddTo":        reflect.ValueOf(q.AddTo),
			"Complex":      reflect.ValueOf(q.Complex),
			"Count":        reflect.ValueOf(q.Count),
			"CumProd":      reflect.ValueOf(q.CumProd),
			"CumSum":       reflect.ValueOf(q.CumSum),
			"Distance":     reflect.ValueOf(q.Distance),
			"Div":          reflect.ValueOf(q.Div),
			"DivTo":        reflect.ValueOf(q.DivTo),
			"Dot":          reflect.ValueOf(q.Dot),
			"Equal":        reflect.ValueOf(q.Equal),
			"EqualApprox":  reflect.ValueOf(q.EqualApprox),
			"EqualFunc":    reflect.ValueOf(q.EqualFunc),
			"EqualLengths": reflect.ValueOf(q.EqualLengths),
			"Find":         reflect.ValueOf(q.Find),
			"HasNaN":       reflect.ValueOf(q.HasNaN),
			"Imag":         reflect.ValueOf(q.Imag),
			"LogSpan":      reflect.ValueOf(q.LogSpan),
			"MaxAbs":       reflect.ValueOf(q.MaxAbs),
			"MaxAbsIdx":    reflect.ValueOf(q.MaxAbsIdx),
			"MinAbs":       reflect.ValueOf(q.MinAbs),
			"MinAbsIdx":    reflect.ValueOf(q.MinAbsIdx),
			"Mul":          reflect.ValueOf(q.Mul),
			"MulConj":      reflect.ValueOf(q.MulConj),
			"MulConjTo":    reflect.ValueOf(q.MulConjTo),
			"MulTo":        reflect.ValueOf(q.MulTo),
			"NearestIdx":   reflect.ValueOf(q.NearestIdx),
			"Norm":         reflect.ValueOf(q.Norm),
			"Prod":         reflect.ValueOf(q.Prod),
			"Real":         reflect.ValueOf(q.Real),
			"Reverse":      reflect.ValueOf(q.Reverse),
			"Same":         reflect.ValueOf(q.Same),
			"Scale":        reflect.ValueOf(q.Scale),
			"ScaleReal":    reflect.ValueOf(q.ScaleReal),
			"ScaleRealTo":  reflect.ValueOf(q.ScaleRealTo),
			"ScaleTo":      reflect.ValueOf(q.ScaleTo),
			"Span":         reflect.ValueOf(q.Span),
			"Sub":          reflect.ValueOf(q.Sub),
			"SubTo":        reflect.ValueOf(q.SubTo),
			"Sum":          reflect.ValueOf(q.Sum),
		},
		TypedConsts:   map[string]ixgo.TypedConst{},
		UntypedConsts: map[string]ixgo.UntypedConst{},
	})
}
