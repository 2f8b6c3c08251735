package engine

//go:generate go tool qexp -outdir ../export rnn101/assignments/visible rnn101/data rnn101/data/trained rnn101/exercise rnn101/plots rnn101/plots/diagrams rnn101/rnnkit rnn101/rnnkit/gradcheck rnn101/rnnkit/safetensors rnn101/rnnkit/text rnn101/rnnkit/train rnn101/show gonum.org/v1/gonum/blas gonum.org/v1/gonum/blas/blas64 gonum.org/v1/gonum/cmplxs gonum.org/v1/gonum/diff/fd gonum.org/v1/gonum/floats gonum.org/v1/gonum/floats/scalar gonum.org/v1/gonum/mat gonum.org/v1/gonum/stat gonum.org/v1/gonum/stat/distuv

import (
	"reflect"
	"strings"

	"github.com/goplus/ixgo"

	// Of the course.
	_ "rnn101/internal/live/export/rnn101/assignments/visible"
	_ "rnn101/internal/live/export/rnn101/data"
	_ "rnn101/internal/live/export/rnn101/data/trained"
	_ "rnn101/internal/live/export/rnn101/exercise"
	_ "rnn101/internal/live/export/rnn101/plots"
	_ "rnn101/internal/live/export/rnn101/plots/diagrams"
	_ "rnn101/internal/live/export/rnn101/rnnkit"
	_ "rnn101/internal/live/export/rnn101/rnnkit/gradcheck"
	_ "rnn101/internal/live/export/rnn101/rnnkit/safetensors"
	_ "rnn101/internal/live/export/rnn101/rnnkit/text"
	_ "rnn101/internal/live/export/rnn101/rnnkit/train"
	_ "rnn101/internal/live/export/rnn101/show"

	// Of gonum and the standard library: what answers may import.
	_ "rnn101/internal/live/export/gonum.org/v1/gonum/blas"
	_ "rnn101/internal/live/export/gonum.org/v1/gonum/blas/blas64"
	_ "rnn101/internal/live/export/gonum.org/v1/gonum/cmplxs"
	_ "rnn101/internal/live/export/gonum.org/v1/gonum/diff/fd"
	_ "rnn101/internal/live/export/gonum.org/v1/gonum/floats"
	_ "rnn101/internal/live/export/gonum.org/v1/gonum/floats/scalar"
	_ "rnn101/internal/live/export/gonum.org/v1/gonum/mat"
	_ "rnn101/internal/live/export/gonum.org/v1/gonum/stat"
	_ "rnn101/internal/live/export/gonum.org/v1/gonum/stat/distuv"

	_ "github.com/goplus/ixgo/pkg/bufio"
	_ "github.com/goplus/ixgo/pkg/bytes"
	_ "github.com/goplus/ixgo/pkg/cmp"
	_ "github.com/goplus/ixgo/pkg/container/heap"
	_ "github.com/goplus/ixgo/pkg/container/list"
	_ "github.com/goplus/ixgo/pkg/container/ring"
	_ "github.com/goplus/ixgo/pkg/context"
	_ "github.com/goplus/ixgo/pkg/encoding/binary"
	_ "github.com/goplus/ixgo/pkg/encoding/json"
	_ "github.com/goplus/ixgo/pkg/errors"
	_ "github.com/goplus/ixgo/pkg/fmt"
	_ "github.com/goplus/ixgo/pkg/hash/fnv"
	_ "github.com/goplus/ixgo/pkg/io"
	_ "github.com/goplus/ixgo/pkg/iter"
	_ "github.com/goplus/ixgo/pkg/log"
	_ "github.com/goplus/ixgo/pkg/maps"
	_ "github.com/goplus/ixgo/pkg/math"
	_ "github.com/goplus/ixgo/pkg/math/big"
	_ "github.com/goplus/ixgo/pkg/math/bits"
	_ "github.com/goplus/ixgo/pkg/math/cmplx"
	_ "github.com/goplus/ixgo/pkg/math/rand"
	_ "github.com/goplus/ixgo/pkg/math/rand/v2"
	_ "github.com/goplus/ixgo/pkg/os"
	_ "github.com/goplus/ixgo/pkg/reflect"
	_ "github.com/goplus/ixgo/pkg/regexp"
	_ "github.com/goplus/ixgo/pkg/runtime"
	_ "github.com/goplus/ixgo/pkg/slices"
	_ "github.com/goplus/ixgo/pkg/sort"
	_ "github.com/goplus/ixgo/pkg/strconv"
	_ "github.com/goplus/ixgo/pkg/strings"
	_ "github.com/goplus/ixgo/pkg/sync"
	_ "github.com/goplus/ixgo/pkg/sync/atomic"
	_ "github.com/goplus/ixgo/pkg/text/tabwriter"
	_ "github.com/goplus/ixgo/pkg/time"
	_ "github.com/goplus/ixgo/pkg/unicode"
	_ "github.com/goplus/ixgo/pkg/unicode/utf16"
	_ "github.com/goplus/ixgo/pkg/unicode/utf8"
)

// Packages are those of the course. A cell gets them without an import, as goimports gives them in the
// kernel.
var Packages = func() (all []string) {
	course, _ := strings.CutSuffix(reflect.TypeFor[Reply]().PkgPath(), "internal/live/engine")
	for _, name := range ixgo.PackageList() {
		if strings.HasPrefix(name, course) {
			all = append(all, name)
		}
	}
	return all
}()
