// export by github.com/goplus/ixgo/cmd/qexp

package distuv

import (
	q "gonum.org/v1/gonum/stat/distuv"

	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "distuv",
		Path: "gonum.org/v1/gonum/stat/distuv",
		Deps: map[string]string{
			"errors":                         "errors",
			"gonum.org/v1/gonum/floats":      "floats",
			"gonum.org/v1/gonum/mathext":     "mathext",
			"gonum.org/v1/gonum/stat":        "stat",
			"gonum.org/v1/gonum/stat/combin": "combin",
			"math":                           "math",
			"math/rand/v2":                   "rand",
			"sort":                           "sort",
		},
		Interfaces: map[string]reflect.Type{
			"LogProber":     reflect.TypeOf((*q.LogProber)(nil)).Elem(),
			"Quantiler":     reflect.TypeOf((*q.Quantiler)(nil)).Elem(),
			"RandLogProber": reflect.TypeOf((*q.RandLogProber)(nil)).Elem(),
			"Rander":        reflect.TypeOf((*q.Rander)(nil)).Elem(),
		},
		NamedTypes: map[string]reflect.Type{
			"AlphaStable":     reflect.TypeOf((*q.AlphaStable)(nil)).Elem(),
			"Bernoulli":       reflect.TypeOf((*q.Bernoulli)(nil)).Elem(),
			"Beta":            reflect.TypeOf((*q.Beta)(nil)).Elem(),
			"Bhattacharyya":   reflect.TypeOf((*q.Bhattacharyya)(nil)).Elem(),
			"Binomial":        reflect.TypeOf((*q.Binomial)(nil)).Elem(),
			"Categorical":     reflect.TypeOf((*q.Categorical)(nil)).Elem(),
			"Chi":             reflect.TypeOf((*q.Chi)(nil)).Elem(),
			"ChiSquared":      reflect.TypeOf((*q.ChiSquared)(nil)).Elem(),
			"Exponential":     reflect.TypeOf((*q.Exponential)(nil)).Elem(),
			"F":               reflect.TypeOf((*q.F)(nil)).Elem(),
			"Gamma":           reflect.TypeOf((*q.Gamma)(nil)).Elem(),
			"GumbelRight":     reflect.TypeOf((*q.GumbelRight)(nil)).Elem(),
			"Hellinger":       reflect.TypeOf((*q.Hellinger)(nil)).Elem(),
			"InverseGamma":    reflect.TypeOf((*q.InverseGamma)(nil)).Elem(),
			"KullbackLeibler": reflect.TypeOf((*q.KullbackLeibler)(nil)).Elem(),
			"Laplace":         reflect.TypeOf((*q.Laplace)(nil)).Elem(),
			"LogNormal":       reflect.TypeOf((*q.LogNormal)(nil)).Elem(),
			"Logistic":        reflect.TypeOf((*q.Logistic)(nil)).Elem(),
			"NoncentralT":     reflect.TypeOf((*q.NoncentralT)(nil)).Elem(),
			"Normal":          reflect.TypeOf((*q.Normal)(nil)).Elem(),
			"Parameter":       reflect.TypeOf((*q.Parameter)(nil)).Elem(),
			"Pareto":          reflect.TypeOf((*q.Pareto)(nil)).Elem(),
			"Poisson":         reflect.TypeOf((*q.Poisson)(nil)).Elem(),
			"StudentsT":       reflect.TypeOf((*q.StudentsT)(nil)).Elem(),
			"Triangle":        reflect.TypeOf((*q.Triangle)(nil)).Elem(),
			"Uniform":         reflect.TypeOf((*q.Uniform)(nil)).Elem(),
			"Weibull":         reflect.TypeOf((*q.Weibull)(nil)).Elem(),
		},
		AliasTypes: map[string]reflect.Type{},
		Vars: map[string]reflect.Value{
			"UnitNormal":  reflect.ValueOf(&q.UnitNormal),
			"UnitUniform": reflect.ValueOf(&q.UnitUniform),
		},
		Funcs: map[string]reflect.Value{
			"NewCategorical": reflect.ValueOf(q.NewCategorical),
			"NewTriangle":    reflect.ValueOf(q.NewTriangle),
		},
		TypedConsts:   map[string]ixgo.TypedConst{},
		UntypedConsts: map[string]ixgo.UntypedConst{},
	})
}
