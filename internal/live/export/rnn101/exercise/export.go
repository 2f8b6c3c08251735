// export by github.com/goplus/ixgo/cmd/qexp

package exercise

import (
	q "rnn101/exercise"

	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "exercise",
		Path: "rnn101/exercise",
		Deps: map[string]string{
			"fmt":                              "fmt",
			"math":                             "math",
			"reflect":                          "reflect",
			"rnn101/exercise/internal/beyond":  "beyond",
			"rnn101/exercise/internal/lecture": "lecture",
			"rnn101/exercise/internal/task":    "task",
			"rnn101/show":                      "show",
			"strings":                          "strings",
		},
		Interfaces: map[string]reflect.Type{},
		NamedTypes: map[string]reflect.Type{},
		AliasTypes: map[string]reflect.Type{},
		Vars:       map[string]reflect.Value{},
		Funcs: map[string]reflect.Value{
			"Check":           reflect.ValueOf(q.Check),
			"SuspectGradient": reflect.ValueOf(q.SuspectGradient),
			"SuspectPaths":    reflect.ValueOf(q.SuspectPaths),
		},
		TypedConsts:   map[string]ixgo.TypedConst{},
		UntypedConsts: map[string]ixgo.UntypedConst{},
	})
}
