package collect

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
)

// panicking is a compression method whose reader panics.
const panicking = 0xfeed

func init() {
	zip.RegisterDecompressor(panicking, func(io.Reader) io.ReadCloser { panic("no reader of this method") })
	zip.RegisterCompressor(panicking, func(io.Writer) (io.WriteCloser, error) { return nopCloser{&bytes.Buffer{}}, nil })
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// A panic over an entry of a zip affects its student only, and not even that student if another
// notebook counts.
func TestAPanicAffectsOneStudent(t *testing.T) {
	file := pack(t, func(h *zip.FileHeader) {
		if strings.HasPrefix(h.Name, "kim") || strings.HasSuffix(h.Name, "draft.ipynb") {
			h.Method = panicking
		}
	}, "kim/a1.ipynb", "lee/a1.ipynb", "park/draft.ipynb", "park/a1.ipynb")
	all, err := from(file, "a1.ipynb", t.TempDir())
	expect(t, all, err, map[string]string{"kim": "!the grader itself failed on it: panic: no reader of this method", "lee": "lee/a1.ipynb", "park": "park/a1.ipynb"})
	for _, h := range all {
		if (h.Panic != nil) != (h.Student == "kim") || h.Panic != nil && !strings.Contains(string(h.Panic.Stack), "copyTo") {
			t.Errorf("%s: %+v", h.Student, h)
		}
	}
}
