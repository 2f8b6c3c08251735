// export by github.com/goplus/ixgo/cmd/qexp

package scalar

import (
	q "gonum.org/v1/gonum/floats/scalar"

	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "scalar",
		Path: "gonum.org/v1/gonum/floats/scalar",
		Deps: map[string]string{
			"math":    "math",
			"strconv": "strconv",
		},
		Interfaces: map[string]reflect.Type{},
		NamedTypes: map[string]reflect.Type{},
		AliasTypes: map[string]reflect.Type{},
		Vars:       map[string]reflect.Value{},
		Funcs: map[string]reflect.Value{
			"EqualWithinAbs":      reflect.ValueOf(q.EqualWithinAbs),
			"EqualWithinAbsOrRel": reflect.ValueOf(q.EqualWithinAbsOrRel),
			"EqualWithinRel":      reflect.ValueOf(q.EqualWithinRel),
			"EqualWithinULP":      reflect.ValueOf(q.EqualWithinULP),
			"NaNPayload":          reflect.ValueOf(q.NaNPayload),
			"NaNWith":             reflect.ValueOf(q.NaNWith),
			"ParseWithNA":         reflect.ValueOf(q.ParseWithNA),
			"Round":               reflect.ValueOf(q.Round),
			"RoundEven":           reflect.ValueOf(q.RoundEven),
			"Same":                reflect.ValueOf(q.Same),
		},
		TypedConsts:   map[string]ixgo.TypedConst{},
		UntypedConsts: map[string]ixgo.UntypedConst{},
	})
}
