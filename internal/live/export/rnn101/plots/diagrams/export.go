// export by github.com/goplus/ixgo/cmd/qexp

package diagrams

import (
	q "rnn101/plots/diagrams"

	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "diagrams",
		Path: "rnn101/plots/diagrams",
		Deps: map[string]string{
			"fmt":                            "fmt",
			"rnn101/internal/lang":           "lang",
			"rnn101/plots/internal/check":    "check",
			"rnn101/plots/internal/circuit":  "circuit",
			"rnn101/plots/internal/figure":   "figure",
			"rnn101/plots/internal/format":   "format",
			"rnn101/plots/internal/tables":   "tables",
			"rnn101/plots/internal/tree":     "tree",
			"rnn101/plots/internal/unrolled": "unrolled",
			"strings":                        "strings",
		},
		Interfaces: map[string]reflect.Type{},
		NamedTypes: map[string]reflect.Type{
			"BackwardStep": reflect.TypeOf((*q.BackwardStep)(nil)).Elem(),
			"ColumnStep":   reflect.TypeOf((*q.ColumnStep)(nil)).Elem(),
			"Node":         reflect.TypeOf((*q.Node)(nil)).Elem(),
		},
		AliasTypes: map[string]reflect.Type{
			"Figure": reflect.TypeOf((*q.Figure)(nil)).Elem(),
		},
		Vars: map[string]reflect.Value{},
		Funcs: map[string]reflect.Value{
			"Attention":   reflect.ValueOf(q.Attention),
			"Backward":    reflect.ValueOf(q.Backward),
			"Column":      reflect.ValueOf(q.Column),
			"Folded":      reflect.ValueOf(q.Folded),
			"GRU":         reflect.ValueOf(q.GRU),
			"LSTM":        reflect.ValueOf(q.LSTM),
			"Rolled":      reflect.ValueOf(q.Rolled),
			"RoutesToU":   reflect.ValueOf(q.RoutesToU),
			"Tree":        reflect.ValueOf(q.Tree),
			"Truncations": reflect.ValueOf(q.Truncations),
		},
		TypedConsts:   map[string]ixgo.TypedConst{},
		UntypedConsts: map[string]ixgo.UntypedConst{},
	})
}
