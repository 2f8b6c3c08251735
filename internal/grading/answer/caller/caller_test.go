package caller

import (
	"math"
	"strings"
	"testing"
)

// The grader reads what a student's program has sent. Whatever that is, reading ends, takes no
// more memory than the data allows, and reports what no writer has written.
func TestForgedDataFails(t *testing.T) {
	var w Writer
	WriteSlice(WriteSlice(WriteString))(&w, [][]string{{"hidden", ""}, nil, {}})
	read := Slice(Slice(String))
	r := Reader{Data: w.Data}
	if read(&r); r.Failed || len(r.Data) > 0 {
		t.Fatalf("the data as it was written: failed %t, %d bytes are left", r.Failed, len(r.Data))
	}
	for n := range w.Data {
		r := Reader{Data: w.Data[:n]}
		if read(&r); !r.Failed {
			t.Errorf("the first %d of %d bytes are read without a failure", n, len(w.Data))
		}
	}
	for _, length := range []int{-2, 2, math.MaxInt, math.MinInt, 1 << 40} {
		var w Writer
		WriteInt(&w, length)
		w.Data = append(w.Data, strings.Repeat("\x00", 8)...)
		r := Reader{Data: w.Data}
		if Slice(Int)(&r); !r.Failed {
			t.Errorf("a slice of length %d in 8 bytes is read without a failure", length)
		}
		r = Reader{Data: w.Data}
		if s := String(&r); length != 2 && !r.Failed || length == 2 && s != "\x00\x00" {
			t.Errorf("a string of length %d in 8 bytes: %q, failed %t", length, s, r.Failed)
		}
	}
}
