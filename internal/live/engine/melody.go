package engine

import (
	"reflect"

	"github.com/goplus/ixgo"

	"rnn101/show"
)

// The interpreter takes functions from compiled packages only if they are not generic. So it reads
// show.Melody anew, with a call of the compiled one.
func init() {
	ixgo.RegisterPackage(&ixgo.Package{
		Name: "melody",
		Path: "melody",
		Funcs: map[string]reflect.Value{"Show": reflect.ValueOf(show.Melody[struct {
			Pitch  int
			Length float64
		}])},
	})
	ixgo.RegisterPatch("rnn101/show", `package show

import "melody"

func Melody[Note ~struct {
	Pitch  int
	Length float64
}](label string, notes []Note, beatsPerMinute float64) {
	plain := make([]struct {
		Pitch  int
		Length float64
	}, len(notes))
	for i, n := range notes {
		plain[i] = struct {
			Pitch  int
			Length float64
		}(n)
	}
	melody.Show(label, plain, beatsPerMinute)
}
`)
}
