// export by github.com/goplus/ixgo/cmd/qexp

package stat

import (
	q "gonum.org/v1/gonum/stat"

	"go/constant"
	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "stat",
		Path: "gonum.org/v1/gonum/stat",
		Deps: map[string]string{
			"errors":                                "errors",
			"gonum.org/v1/gonum/floats":             "floats",
			"gonum.org/v1/gonum/mat":                "mat",
			"gonum.org/v1/gonum/optimize/convex/lp": "lp",
			"math":                                  "math",
			"slices":                                "slices",
			"sort":                                  "sort",
		},
		Interfaces: map[string]reflect.Type{},
		NamedTypes: map[string]reflect.Type{
			"CC":           reflect.TypeOf((*q.CC)(nil)).Elem(),
			"CumulantKind": reflect.TypeOf((*q.CumulantKind)(nil)).Elem(),
			"PC":           reflect.TypeOf((*q.PC)(nil)).Elem(),
		},
		AliasTypes: map[string]reflect.Type{},
		Vars:       map[string]reflect.Value{},
		Funcs: map[string]reflect.Value{
			"Bhattacharyya":         reflect.ValueOf(q.Bhattacharyya),
			"BivariateMoment":       reflect.ValueOf(q.BivariateMoment),
			"CDF":                   reflect.ValueOf(q.CDF),
			"ChiSquare":             reflect.ValueOf(q.ChiSquare),
			"CircularMean":          reflect.ValueOf(q.CircularMean),
			"Correlation":           reflect.ValueOf(q.Correlation),
			"CorrelationMatrix":     reflect.ValueOf(q.CorrelationMatrix),
			"Covariance":            reflect.ValueOf(q.Covariance),
			"CovarianceMatrix":      reflect.ValueOf(q.CovarianceMatrix),
			"CrossEntropy":          reflect.ValueOf(q.CrossEntropy),
			"Entropy":               reflect.ValueOf(q.Entropy),
			"ExKurtosis":            reflect.ValueOf(q.ExKurtosis),
			"GeometricMean":         reflect.ValueOf(q.GeometricMean),
			"HarmonicMean":          reflect.ValueOf(q.HarmonicMean),
			"Hellinger":             reflect.ValueOf(q.Hellinger),
			"Histogram":             reflect.ValueOf(q.Histogram),
			"JensenShannon":         reflect.ValueOf(q.JensenShannon),
			"Kendall":               reflect.ValueOf(q.Kendall),
			"KolmogorovSmirnov":     reflect.ValueOf(q.KolmogorovSmirnov),
			"KullbackLeibler":       reflect.ValueOf(q.KullbackLeibler),
			"LinearRegression":      reflect.ValueOf(q.LinearRegression),
			"Mahalanobis":           reflect.ValueOf(q.Mahalanobis),
			"Mean":                  reflect.ValueOf(q.Mean),
			"MeanStdDev":            reflect.ValueOf(q.MeanStdDev),
			"MeanVariance":          reflect.ValueOf(q.MeanVariance),
			"Mode":                  reflect.ValueOf(q.Mode),
			"Moment":                reflect.ValueOf(q.Moment),
			"MomentAbout":           reflect.ValueOf(q.MomentAbout),
			"PopMeanStdDev":         reflect.ValueOf(q.PopMeanStdDev),
			"PopMeanVariance":       reflect.ValueOf(q.PopMeanVariance),
			"PopStdDev":             reflect.ValueOf(q.PopStdDev),
			"PopVariance":           reflect.ValueOf(q.PopVariance),
			"Quantile":              reflect.ValueOf(q.Quantile),
			"RNoughtSquared":        reflect.ValueOf(q.RNoughtSquared),
			"ROC":                   reflect.ValueOf(q.ROC),
			"RSquared":              reflect.ValueOf(q.RSquared),
			"RSquaredFrom":          reflect.ValueOf(q.RSquaredFrom),
			"Skew":                  reflect.ValueOf(q.Skew),
			"SortWeighted":          reflect.ValueOf(q.SortWeighted),
			"SortWeightedLabeled":   reflect.ValueOf(q.SortWeightedLabeled),
			"StdDev":                reflect.ValueOf(q.StdDev),
			"StdErr":                reflect.ValueOf(q.StdErr),
			"StdScore":              reflect.ValueOf(q.StdScore),
			"TOC":                   reflect.ValueOf(q.TOC),
			"Variance":              reflect.ValueOf(q.Variance),
			"WassersteinDistance":   reflect.ValueOf(q.WassersteinDistance),
			"WassersteinDistanceND": reflect.ValueOf(q.WassersteinDistanceND),
		},
		TypedConsts: map[string]ixgo.TypedConst{
			"Empirical": {Typ: reflect.TypeOf(q.Empirical), Value: constant.MakeInt64(int64(q.Empirical))},
			"LinInterp": {Typ: reflect.TypeOf(q.LinInterp), Value: constant.MakeInt64(int64(q.LinInterp))},
		},
		UntypedConsts: map[string]ixgo.UntypedConst{},
	})
}
