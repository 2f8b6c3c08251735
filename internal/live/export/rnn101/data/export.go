// export by github.com/goplus/ixgo/cmd/qexp

package data

import (
	q "rnn101/data"

	"go/constant"
	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "data",
		Path: "rnn101/data",
		Deps: map[string]string{
			"embed":                    "embed",
			"errors":                   "errors",
			"fmt":                      "fmt",
			"io/fs":                    "fs",
			"os":                       "os",
			"os/exec":                  "exec",
			"path/filepath":            "filepath",
			"rnn101/internal/lang/tag": "tag",
			"slices":                   "slices",
			"strconv":                  "strconv",
			"strings":                  "strings",
		},
		Interfaces: map[string]reflect.Type{},
		NamedTypes: map[string]reflect.Type{
			"Melody": reflect.TypeOf((*q.Melody)(nil)).Elem(),
			"Note":   reflect.TypeOf((*q.Note)(nil)).Elem(),
			"Pair":   reflect.TypeOf((*q.Pair)(nil)).Elem(),
		},
		AliasTypes: map[string]reflect.Type{},
		Vars:       map[string]reflect.Value{},
		Funcs: map[string]reflect.Value{
			"Arirang":        reflect.ValueOf(q.Arirang),
			"BaseballBat":    reflect.ValueOf(q.BaseballBat),
			"Gloss":          reflect.ValueOf(q.Gloss),
			"InputWords":     reflect.ValueOf(q.InputWords),
			"LectureWeights": reflect.ValueOf(q.LectureWeights),
			"Lighthouse":     reflect.ValueOf(q.Lighthouse),
			"Melodies":       reflect.ValueOf(q.Melodies),
			"Opticks":        reflect.ValueOf(q.Opticks),
			"OutputWords":    reflect.ValueOf(q.OutputWords),
			"Sunspots":       reflect.ValueOf(q.Sunspots),
			"VampireBat":     reflect.ValueOf(q.VampireBat),
			"WithGloss":      reflect.ValueOf(q.WithGloss),
		},
		TypedConsts: map[string]ixgo.TypedConst{},
		UntypedConsts: map[string]ixgo.UntypedConst{
			"OpticksHash":       {Typ: "untyped string", Value: constant.MakeString(string(q.OpticksHash))},
			"SunspotsFirstYear": {Typ: "untyped int", Value: constant.MakeInt64(int64(q.SunspotsFirstYear))},
		},
	})
}
