package submission

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
)

func TestOutputsAreNotKept(t *testing.T) {
	for in, want := range map[string]string{
		`{"outputs":[{"text":["] \" }"]},[[]]],"source":"a"}`:             `{"outputs":null,"source":"a"}`,
		`{"attachments" : {"a":{"b":"}"}} , "x":1}`:                       `{"attachments" : null , "x":1}`,
		`{"outputs":"text, \\","x":"outputs"}`:                            `{"outputs":null,"x":"outputs"}`,
		`{"outputs":12.5,"x":true}`:                                       `{"outputs":null,"x":true}`,
		`{"x":{"outputs":null}}`:                                          `{"x":{"outputs":null}}`,
		`{"source":"\"outputs\":[1]","y":["outputs",[2]]}`:                `{"source":"\"outputs\":[1]","y":["outputs",[2]]}`,
		`{"a":NaN,"b":[-Infinity,Infinity,-1e-5],"c":"NaN","outputs2":1}`: `{"a":null,"b":[null,null,-1e-5],"c":"NaN","outputs2":1}`,
	} {
		for name, r := range map[string]func() ([]byte, error){
			"at once":      func() ([]byte, error) { return reduce(strings.NewReader(in), 0) },
			"byte by byte": func() ([]byte, error) { return reduce(iotest.OneByteReader(strings.NewReader(in)), 0) },
		} {
			got, err := r()
			var a, b any
			if err != nil || json.Unmarshal(got, &a) != nil || json.Unmarshal([]byte(want), &b) != nil || !reflect.DeepEqual(a, b) {
				t.Errorf("%s, %s: %s, %v; want %s", in, name, got, err, want)
			}
		}
	}
}

// A file that is cut off inside of an output is still no notebook.
func TestACutOffOutputIsAnError(t *testing.T) {
	whole := `{"cells":[{"outputs":[{"text":"abc"}]}]}`
	for n := 1; n < len(whole); n++ {
		if data, err := reduce(strings.NewReader(whole[:n]), 0); err != nil || json.Valid(data) {
			t.Errorf("%s becomes %s, %v", whole[:n], data, err)
		}
	}
}

// 80 MB of outputs take no memory, and a file that has as much elsewhere is refused.
func TestTheMemoryOfReadingIsBounded(t *testing.T) {
	filler := bytes.Repeat([]byte(`"x",`), 20<<20)
	for key, c := range map[string]struct {
		problem string
		taken   uint64 // at most, in MB
	}{"outputs": {"", 30}, "anything": {"more than 64 MB besides its outputs", 400}} {
		data := fmt.Appendf(nil, `{"nbformat":4,"cells":[{"cell_type":"code","metadata":{"nbgrader":{"grade_id":"one"}},"source":"a",%q:[%s0]}]}`, key, filler)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		a := frame.Answers(Parse(data))
		runtime.ReadMemStats(&after)
		if !strings.Contains(a.Problem, c.problem) || (a.Problem == "") != (c.problem == "") {
			t.Errorf("%s: %+v, want the problem %q", key, a, c.problem)
		}
		if taken := (after.TotalAlloc - before.TotalAlloc) >> 20; taken > c.taken {
			t.Errorf("%s: %d MB were allocated for a file of %d MB", key, taken, len(data)>>20)
		}
	}
}

// The grader finds out by Sum whether a file is the one that was graded.
func TestSumIsTheHashOfTheFileThatIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a1.ipynb")
	for _, text := range []string{"", `{"cells":[{"outputs":[1,2]}]}`, "no notebook", strings.Repeat("x", 1<<20)} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if sum, problem := Sum(path); sum != sha256.Sum256([]byte(text)) || problem != "" || Read(path).Sum != sum {
			t.Errorf("%.20q: Sum returns %x, %q; Read has %x", text, sum, problem, Read(path).Sum)
		}
	}
}
