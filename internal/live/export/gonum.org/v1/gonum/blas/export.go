// export by github.com/goplus/ixgo/cmd/qexp

package blas

import (
	q "gonum.org/v1/gonum/blas"

	"go/constant"
	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "blas",
		Path: "gonum.org/v1/gonum/blas",
		Deps: map[string]string{},
		Interfaces: map[string]reflect.Type{
			"Complex128":       reflect.TypeOf((*q.Complex128)(nil)).Elem(),
			"Complex128Level1": reflect.TypeOf((*q.Complex128Level1)(nil)).Elem(),
			"Complex128Level2": reflect.TypeOf((*q.Complex128Level2)(nil)).Elem(),
			"Complex128Level3": reflect.TypeOf((*q.Complex128Level3)(nil)).Elem(),
			"Complex64":        reflect.TypeOf((*q.Complex64)(nil)).Elem(),
			"Complex64Level1":  reflect.TypeOf((*q.Complex64Level1)(nil)).Elem(),
			"Complex64Level2":  reflect.TypeOf((*q.Complex64Level2)(nil)).Elem(),
			"Complex64Level3":  reflect.TypeOf((*q.Complex64Level3)(nil)).Elem(),
			"Float32":          reflect.TypeOf((*q.Float32)(nil)).Elem(),
			"Float32Level1":    reflect.TypeOf((*q.Float32Level1)(nil)).Elem(),
			"Float32Level2":    reflect.TypeOf((*q.Float32Level2)(nil)).Elem(),
			"Float32Level3":    reflect.TypeOf((*q.Float32Level3)(nil)).Elem(),
			"Float64":          reflect.TypeOf((*q.Float64)(nil)).Elem(),
			"Float64Level1":    reflect.TypeOf((*q.Float64Level1)(nil)).Elem(),
			"Float64Level2":    reflect.TypeOf((*q.Float64Level2)(nil)).Elem(),
			"Float64Level3":    reflect.TypeOf((*q.Float64Level3)(nil)).Elem(),
		},
		NamedTypes: map[string]reflect.Type{
			"Diag":        reflect.TypeOf((*q.Diag)(nil)).Elem(),
			"DrotmParams": reflect.TypeOf((*q.DrotmParams)(nil)).Elem(),
			"Flag":        reflect.TypeOf((*q.Flag)(nil)).Elem(),
			"Side":        reflect.TypeOf((*q.Side)(nil)).Elem(),
			"SrotmParams": reflect.TypeOf((*q.SrotmParams)(nil)).Elem(),
			"Transpose":   reflect.TypeOf((*q.Transpose)(nil)).Elem(),
			"Uplo":        reflect.TypeOf((*q.Uplo)(nil)).Elem(),
		},
		AliasTypes: map[string]reflect.Type{},
		Vars:       map[string]reflect.Value{},
		Funcs:      map[string]reflect.Value{},
		TypedConsts: map[string]ixgo.TypedConst{
			"All":         {Typ: reflect.TypeOf(q.All), Value: constant.MakeInt64(int64(q.All))},
			"ConjTrans":   {Typ: reflect.TypeOf(q.ConjTrans), Value: constant.MakeInt64(int64(q.ConjTrans))},
			"Diagonal":    {Typ: reflect.TypeOf(q.Diagonal), Value: constant.MakeInt64(int64(q.Diagonal))},
			"Identity":    {Typ: reflect.TypeOf(q.Identity), Value: constant.MakeInt64(int64(q.Identity))},
			"Left":        {Typ: reflect.TypeOf(q.Left), Value: constant.MakeInt64(int64(q.Left))},
			"Lower":       {Typ: reflect.TypeOf(q.Lower), Value: constant.MakeInt64(int64(q.Lower))},
			"NoTrans":     {Typ: reflect.TypeOf(q.NoTrans), Value: constant.MakeInt64(int64(q.NoTrans))},
			"NonUnit":     {Typ: reflect.TypeOf(q.NonUnit), Value: constant.MakeInt64(int64(q.NonUnit))},
			"OffDiagonal": {Typ: reflect.TypeOf(q.OffDiagonal), Value: constant.MakeInt64(int64(q.OffDiagonal))},
			"Rescaling":   {Typ: reflect.TypeOf(q.Rescaling), Value: constant.MakeInt64(int64(q.Rescaling))},
			"Right":       {Typ: reflect.TypeOf(q.Right), Value: constant.MakeInt64(int64(q.Right))},
			"Trans":       {Typ: reflect.TypeOf(q.Trans), Value: constant.MakeInt64(int64(q.Trans))},
			"Unit":        {Typ: reflect.TypeOf(q.Unit), Value: constant.MakeInt64(int64(q.Unit))},
			"Upper":       {Typ: reflect.TypeOf(q.Upper), Value: constant.MakeInt64(int64(q.Upper))},
		},
		UntypedConsts: map[string]ixgo.UntypedConst{},
	})
}
