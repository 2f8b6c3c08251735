// export by github.com/goplus/ixgo/cmd/qexp

package floats

import (
	q "gonum.org/v1/gonum/floats"

	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "floats",
		Path: "gonum.org/v1/gonum/floats",
		Deps: map[string]string{
			"errors":                              "errors",
			"gonum.org/v1/gonum/floats/scalar":    "scalar",
			"gonum.org/v1/gonum/internal/asm/f64": "f64",
			"math":                                "math",
			"slices":                              "slices",
			"sort":                                "sort",
		},
		Interfaces: map[string]reflect.Type{},
		NamedTypes: map[string]reflect.Type{},
		AliasTypes: map[string]reflect.Type{},
		Vars:       map[string]reflect.Value{},
		Funcs: map[string]reflect.Value{
			"Add":               reflect.ValueOf(q.Add),
			"AddConst":          reflect.ValueOf(q.AddConst),
			"AddScaled":         reflect.ValueOf(q.AddScaled),
			"AddScaledTo":       reflect.ValueOf(q.AddScaledTo),
			"AddTo":             reflect.ValueOf(q.AddTo),
			"Argsort":           reflect.ValueOf(q.Argsort),
			"ArgsortStable":     reflect.ValueOf(q.ArgsortStable),
			"Count":             reflect.ValueOf(q.Count),
			"CumProd":           reflect.ValueOf(q.CumProd),
			"CumSum":            reflect.ValueOf(q.CumSum),
			"Distance":          reflect.ValueOf(q.Distance),
			"Div":               reflect.ValueOf(q.Div),
			"DivTo":             reflect.ValueOf(q.DivTo),
			"Dot":               reflect.ValueOf(q.Dot),
			"Equal":             reflect.ValueOf(q.Equal),
			"EqualApprox":       reflect.ValueOf(q.EqualApprox),
			"EqualFunc":         reflect.ValueOf(q.EqualFunc),
			"EqualLengths":      reflect.ValueOf(q.EqualLengths),
			"Find":              reflect.ValueOf(q.Find),
			"HasNaN":            reflect.ValueOf(q.HasNaN),
			"LogSpan":           reflect.ValueOf(q.LogSpan),
			"LogSumExp":         reflect.ValueOf(q.LogSumExp),
			"Max":               reflect.ValueOf(q.Max),
			"MaxIdx":            reflect.ValueOf(q.MaxIdx),
			"Min":               reflect.ValueOf(q.Min),
			"MinIdx":            reflect.ValueOf(q.MinIdx),
			"Mul":               reflect.ValueOf(q.Mul),
			"MulTo":             reflect.ValueOf(q.MulTo),
			"NearestIdx":        reflect.ValueOf(q.NearestIdx),
			"NearestIdxForSpan": reflect.ValueOf(q.NearestIdxForSpan),
			"Norm":              reflect.ValueOf(q.Norm),
			"Prod":              reflect.ValueOf(q.Prod),
			"Reverse":           reflect.ValueOf(q.Reverse),
			"Same":              reflect.ValueOf(q.Same),
			"Scale":             reflect.ValueOf(q.Scale),
			"ScaleTo":           reflect.ValueOf(q.ScaleTo),
			"Span":              reflect.ValueOf(q.Span),
			"Sub":               reflect.ValueOf(q.Sub),
			"SubTo":             reflect.ValueOf(q.SubTo),
			"Sum":               reflect.ValueOf(q.Sum),
			"SumCompensated":    reflect.ValueOf(q.SumCompensated),
			"Within":            reflect.ValueOf(q.Within),
		},
		TypedConsts:   map[string]ixgo.TypedConst{},
		UntypedConsts: map[string]ixgo.UntypedConst{},
	})
}
