// export by github.com/goplus/ixgo/cmd/qexp

package visible

import (
	q "rnn101/assignments/visible"

	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "visible",
		Path: "rnn101/assignments/visible",
		Deps: map[string]string{
			"bytes":                              "bytes",
			"fmt":                                "fmt",
			"os":                                 "os",
			"path/filepath":                      "filepath",
			"reflect":                            "reflect",
			"rnn101/internal/grading/answer":     "answer",
			"rnn101/internal/grading/assignment": "assignment",
			"rnn101/internal/lang":               "lang",
			"rnn101/show":                        "show",
		},
		Interfaces: map[string]reflect.Type{},
		NamedTypes: map[string]reflect.Type{},
		AliasTypes: map[string]reflect.Type{},
		Vars:       map[string]reflect.Value{},
		Funcs: map[string]reflect.Value{
			"Check": reflect.ValueOf(q.Check),
		},
		TypedConsts:   map[string]ixgo.TypedConst{},
		UntypedConsts: map[string]ixgo.UntypedConst{},
	})
}
