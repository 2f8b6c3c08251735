// export by github.com/goplus/ixgo/cmd/qexp

package show

import (
	q "rnn101/show"

	"go/constant"
	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "show",
		Path: "rnn101/show",
		Deps: map[string]string{
			"bytes":                             "bytes",
			"encoding/base64":                   "base64",
			"encoding/binary":                   "binary",
			"fmt":                               "fmt",
			"github.com/janpfeifer/gonb/gonbui": "gonbui",
			"github.com/janpfeifer/gonb/gonbui/protocol": "protocol",
			"html":                       "html",
			"io":                         "io",
			"math":                       "math",
			"os":                         "os",
			"rnn101/internal/lang":       "lang",
			"rnn101/show/internal/synth": "synth",
			"runtime":                    "runtime",
			"strconv":                    "strconv",
			"strings":                    "strings",
			"time":                       "time",
		},
		Interfaces: map[string]reflect.Type{
			"Picture": reflect.TypeOf((*q.Picture)(nil)).Elem(),
		},
		NamedTypes: map[string]reflect.Type{
			"ProgressLine": reflect.TypeOf((*q.ProgressLine)(nil)).Elem(),
			"Rows":         reflect.TypeOf((*q.Rows)(nil)).Elem(),
		},
		AliasTypes: map[string]reflect.Type{},
		Vars:       map[string]reflect.Value{},
		Funcs: map[string]reflect.Value{
			"Answer":     reflect.ValueOf(q.Answer),
			"Apply":      reflect.ValueOf(q.Apply),
			"Chart":      reflect.ValueOf(q.Chart),
			"Decimals":   reflect.ValueOf(q.Decimals),
			"Equal":      reflect.ValueOf(q.Equal),
			"Formula":    reflect.ValueOf(q.Formula),
			"Frequency":  reflect.ValueOf(q.Frequency),
			"Hadamard":   reflect.ValueOf(q.Hadamard),
			"Language":   reflect.ValueOf(q.Language),
			"Matrix":     reflect.ValueOf(q.Matrix),
			"Minus":      reflect.ValueOf(q.Minus),
			"Number":     reflect.ValueOf(q.Number),
			"Outer":      reflect.ValueOf(q.Outer),
			"Product":    reflect.ValueOf(q.Product),
			"Progress":   reflect.ValueOf(q.Progress),
			"Scale":      reflect.ValueOf(q.Scale),
			"Sound":      reflect.ValueOf(q.Sound),
			"Sum":        reflect.ValueOf(q.Sum),
			"Table":      reflect.ValueOf(q.Table),
			"Text":       reflect.ValueOf(q.Text),
			"True":       reflect.ValueOf(q.True),
			"Unanswered": reflect.ValueOf(q.Unanswered),
			"Verdict":    reflect.ValueOf(q.Verdict),
		},
		TypedConsts: map[string]ixgo.TypedConst{},
		UntypedConsts: map[string]ixgo.UntypedConst{
			"English": {Typ: "untyped string", Value: constant.MakeString(string(q.English))},
			"Korean":  {Typ: "untyped string", Value: constant.MakeString(string(q.Korean))},
		},
	})
}
