// export by github.com/goplus/ixgo/cmd/qexp

package blas64

import (
	q "gonum.org/v1/gonum/blas/blas64"

	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "blas64",
		Path: "gonum.org/v1/gonum/blas/blas64",
		Deps: map[string]string{
			"gonum.org/v1/gonum/blas":       "blas",
			"gonum.org/v1/gonum/blas/gonum": "gonum",
		},
		Interfaces: map[string]reflect.Type{},
		NamedTypes: map[string]reflect.Type{
			"Band":               reflect.TypeOf((*q.Band)(nil)).Elem(),
			"BandCols":           reflect.TypeOf((*q.BandCols)(nil)).Elem(),
			"General":            reflect.TypeOf((*q.General)(nil)).Elem(),
			"GeneralCols":        reflect.TypeOf((*q.GeneralCols)(nil)).Elem(),
			"Symmetric":          reflect.TypeOf((*q.Symmetric)(nil)).Elem(),
			"SymmetricBand":      reflect.TypeOf((*q.SymmetricBand)(nil)).Elem(),
			"SymmetricBandCols":  reflect.TypeOf((*q.SymmetricBandCols)(nil)).Elem(),
			"SymmetricCols":      reflect.TypeOf((*q.SymmetricCols)(nil)).Elem(),
			"SymmetricPacked":    reflect.TypeOf((*q.SymmetricPacked)(nil)).Elem(),
			"Triangular":         reflect.TypeOf((*q.Triangular)(nil)).Elem(),
			"TriangularBand":     reflect.TypeOf((*q.TriangularBand)(nil)).Elem(),
			"TriangularBandCols": reflect.TypeOf((*q.TriangularBandCols)(nil)).Elem(),
			"TriangularCols":     reflect.TypeOf((*q.TriangularCols)(nil)).Elem(),
			"TriangularPacked":   reflect.TypeOf((*q.TriangularPacked)(nil)).Elem(),
			"Vector":             reflect.TypeOf((*q.Vector)(nil)).Elem(),
		},
		AliasTypes: map[string]reflect.Type{},
		Vars:       map[string]reflect.Value{},
		Funcs: map[string]reflect.Value{
			"Asum":           reflect.ValueOf(q.Asum),
			"Axpy":           reflect.ValueOf(q.Axpy),
			"Copy":           reflect.ValueOf(q.Copy),
			"Dot":            reflect.ValueOf(q.Dot),
			"Gbmv":           reflect.ValueOf(q.Gbmv),
			"Gemm":           reflect.ValueOf(q.Gemm),
			"Gemv":           reflect.ValueOf(q.Gemv),
			"Ger":            reflect.ValueOf(q.Ger),
			"Iamax":          reflect.ValueOf(q.Iamax),
			"Implementation": reflect.ValueOf(q.Implementation),
			"Nrm2":           reflect.ValueOf(q.Nrm2),
			"Rot":            reflect.ValueOf(q.Rot),
			"Rotg":           reflect.ValueOf(q.Rotg),
			"Rotm":           reflect.ValueOf(q.Rotm),
			"Rotmg":          reflect.ValueOf(q.Rotmg),
			"Sbmv":           reflect.ValueOf(q.Sbmv),
			"Scal":           reflect.ValueOf(q.Scal),
			"Spmv":           reflect.ValueOf(q.Spmv),
			"Spr":            reflect.ValueOf(q.Spr),
			"Spr2":           reflect.ValueOf(q.Spr2),
			"Swap":           reflect.ValueOf(q.Swap),
			"Symm":           reflect.ValueOf(q.Symm),
			"Symv":           reflect.ValueOf(q.Symv),
			"Syr":            reflect.ValueOf(q.Syr),
			"Syr2":           reflect.ValueOf(q.Syr2),
			"Syr2k":          reflect.ValueOf(q.Syr2k),
			"Syrk":           reflect.ValueOf(q.Syrk),
			"Tbmv":           reflect.ValueOf(q.Tbmv),
			"Tbsv":           reflect.ValueOf(q.Tbsv),
			"Tpmv":           reflect.ValueOf(q.Tpmv),
			"Tpsv":           reflect.ValueOf(q.Tpsv),
			"Trmm":           reflect.ValueOf(q.Trmm),
			"Trmv":           reflect.ValueOf(q.Trmv),
			"Trsm":           reflect.ValueOf(q.Trsm),
			"Trsv":           reflect.ValueOf(q.Trsv),
			"Use":            reflect.ValueOf(q.Use),
		},
		TypedConsts:   map[string]ixgo.TypedConst{},
		UntypedConsts: map[string]ixgo.UntypedConst{},
	})
}
