// export by github.com/goplus/ixgo/cmd/qexp

package safetensors

import (
	q "rnn101/rnnkit/safetensors"

	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "safetensors",
		Path: "rnn101/rnnkit/safetensors",
		Deps: map[string]string{
			"bytes":                  "bytes",
			"cmp":                    "cmp",
			"encoding/binary":        "binary",
			"encoding/json":          "json",
			"fmt":                    "fmt",
			"gonum.org/v1/gonum/mat": "mat",
			"hash/crc32":             "crc32",
			"io":                     "io",
			"maps":                   "maps",
			"math":                   "math",
			"math/rand/v2":           "rand",
			"os":                     "os",
			"rnn101/rnnkit":          "rnnkit",
			"rnn101/rnnkit/text":     "text",
			"slices":                 "slices",
			"strconv":                "strconv",
			"unicode/utf8":           "utf8",
		},
		Interfaces: map[string]reflect.Type{},
		NamedTypes: map[string]reflect.Type{},
		AliasTypes: map[string]reflect.Type{},
		Vars:       map[string]reflect.Value{},
		Funcs: map[string]reflect.Value{
			"Load":  reflect.ValueOf(q.Load),
			"Read":  reflect.ValueOf(q.Read),
			"Save":  reflect.ValueOf(q.Save),
			"Write": reflect.ValueOf(q.Write),
		},
		TypedConsts:   map[string]ixgo.TypedConst{},
		UntypedConsts: map[string]ixgo.UntypedConst{},
	})
}
