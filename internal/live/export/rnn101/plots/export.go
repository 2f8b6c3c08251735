// export by github.com/goplus/ixgo/cmd/qexp

package plots

import (
	q "rnn101/plots"

	"reflect"

	"github.com/goplus/ixgo"
)

func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "plots",
		Path: "rnn101/plots",
		Deps: map[string]string{
			"cmp":                            "cmp",
			"fmt":                            "fmt",
			"math":                           "math",
			"rnn101/internal/lang":           "lang",
			"rnn101/plots/internal/axes":     "axes",
			"rnn101/plots/internal/cells":    "cells",
			"rnn101/plots/internal/check":    "check",
			"rnn101/plots/internal/figure":   "figure",
			"rnn101/plots/internal/format":   "format",
			"rnn101/plots/internal/unrolled": "unrolled",
			"slices":                         "slices",
			"strings":                        "strings",
		},
		Interfaces: map[string]reflect.Type{},
		NamedTypes: map[string]reflect.Type{
			"Curve":           reflect.TypeOf((*q.Curve)(nil)).Elem(),
			"CurvesOptions":   reflect.TypeOf((*q.CurvesOptions)(nil)).Elem(),
			"Distance":        reflect.TypeOf((*q.Distance)(nil)).Elem(),
			"Eigenvalues":     reflect.TypeOf((*q.Eigenvalues)(nil)).Elem(),
			"ForecastOptions": reflect.TypeOf((*q.ForecastOptions)(nil)).Elem(),
			"GridOptions":     reflect.TypeOf((*q.GridOptions)(nil)).Elem(),
			"HeatOptions":     reflect.TypeOf((*q.HeatOptions)(nil)).Elem(),
			"LettersOptions":  reflect.TypeOf((*q.LettersOptions)(nil)).Elem(),
			"Level":           reflect.TypeOf((*q.Level)(nil)).Elem(),
			"Line":            reflect.TypeOf((*q.Line)(nil)).Elem(),
			"LossOptions":     reflect.TypeOf((*q.LossOptions)(nil)).Elem(),
			"Point":           reflect.TypeOf((*q.Point)(nil)).Elem(),
			"Range":           reflect.TypeOf((*q.Range)(nil)).Elem(),
			"Series":          reflect.TypeOf((*q.Series)(nil)).Elem(),
			"StatePath":       reflect.TypeOf((*q.StatePath)(nil)).Elem(),
			"StateWalk":       reflect.TypeOf((*q.StateWalk)(nil)).Elem(),
			"Tone":            reflect.TypeOf((*q.Tone)(nil)).Elem(),
			"UnrolledStep":    reflect.TypeOf((*q.UnrolledStep)(nil)).Elem(),
		},
		AliasTypes: map[string]reflect.Type{
			"Animation":       reflect.TypeOf((*q.Animation)(nil)).Elem(),
			"Figure":          reflect.TypeOf((*q.Figure)(nil)).Elem(),
			"UnwritableError": reflect.TypeOf((*q.UnwritableError)(nil)).Elem(),
		},
		Vars: map[string]reflect.Value{},
		Funcs: map[string]reflect.Value{
			"Animate":         reflect.ValueOf(q.Animate),
			"Bars":            reflect.ValueOf(q.Bars),
			"Curves":          reflect.ValueOf(q.Curves),
			"Forecast":        reflect.ValueOf(q.Forecast),
			"GradientNorms":   reflect.ValueOf(q.GradientNorms),
			"Grid":            reflect.ValueOf(q.Grid),
			"HeatMap":         reflect.ValueOf(q.HeatMap),
			"HiddenPlane":     reflect.ValueOf(q.HiddenPlane),
			"Language":        reflect.ValueOf(q.Language),
			"Letters":         reflect.ValueOf(q.Letters),
			"Loss":            reflect.ValueOf(q.Loss),
			"PathsMap":        reflect.ValueOf(q.PathsMap),
			"Perplexity":      reflect.ValueOf(q.Perplexity),
			"PianoRoll":       reflect.ValueOf(q.PianoRoll),
			"PitchName":       reflect.ValueOf(q.PitchName),
			"Routes":          reflect.ValueOf(q.Routes),
			"SignedBars":      reflect.ValueOf(q.SignedBars),
			"Spectrum":        reflect.ValueOf(q.Spectrum),
			"StateSteps":      reflect.ValueOf(q.StateSteps),
			"Success":         reflect.ValueOf(q.Success),
			"Truncated":       reflect.ValueOf(q.Truncated),
			"TruncationError": reflect.ValueOf(q.TruncationError),
			"Unrolled":        reflect.ValueOf(q.Unrolled),
		},
		TypedConsts:   map[string]ixgo.TypedConst{},
		UntypedConsts: map[string]ixgo.UntypedConst{},
	})
}
