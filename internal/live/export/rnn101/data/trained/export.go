// export by github.com/goplus/ixgo/cmd/qexp

package trained

import (
	q "rnn101/data/trained"

	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "trained",
		Path: "rnn101/data/trained",
		Deps: map[string]string{
			"embed": "embed",
		},
		Interfaces: map[string]reflect.Type{},
		NamedTypes: map[string]reflect.Type{},
		AliasTypes: map[string]reflect.Type{},
		Vars:       map[string]reflect.Value{},
		Funcs: map[string]reflect.Value{
			"Opticks": reflect.ValueOf(q.Opticks),
		},
		TypedConsts:   map[string]ixgo.TypedConst{},
		UntypedConsts: map[string]ixgo.UntypedConst{},
	})
}
