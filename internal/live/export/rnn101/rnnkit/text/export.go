// export by github.com/goplus/ixgo/cmd/qexp

package text

import (
	q "rnn101/rnnkit/text"

	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "text",
		Path: "rnn101/rnnkit/text",
		Deps: map[string]string{
			"fmt":           "fmt",
			"math":          "math",
			"math/rand/v2":  "rand",
			"rnn101/rnnkit": "rnnkit",
			"slices":        "slices",
			"strings":       "strings",
		},
		Interfaces: map[string]reflect.Type{},
		NamedTypes: map[string]reflect.Type{
			"Sampler":    reflect.TypeOf((*q.Sampler)(nil)).Elem(),
			"Vocabulary": reflect.TypeOf((*q.Vocabulary)(nil)).Elem(),
		},
		AliasTypes: map[string]reflect.Type{},
		Vars:       map[string]reflect.Value{},
		Funcs: map[string]reflect.Value{
			"MustVocabulary": reflect.ValueOf(q.MustVocabulary),
			"NewVocabulary":  reflect.ValueOf(q.NewVocabulary),
		},
		TypedConsts:   map[string]ixgo.TypedConst{},
		UntypedConsts: map[string]ixgo.UntypedConst{},
	})
}
