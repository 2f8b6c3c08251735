// Package caller is compiled into a student's program. It reads which function to call, with
// which arguments, and returns the results and the arguments after the call. The grader uses
// the same package to write the arguments and to read the results.
//
// It is a separate package because a student may redeclare any name, even of a built-in
// function or type. The code in the student's package uses names of this package only.
//
// It imports neither fmt nor encoding/json: without them a program is a third smaller, and
// most of the time of grading goes into translating programs into machine code.
package caller

import "math"

// Function calls a student's function. It reads the arguments, and writes the results and then
// the arguments after the call.
type Function = func(*Reader, *Writer)

var functions = map[string]Function{}

// Register makes a function available to Main.
func Register(name string, f Function) { functions[name] = f }

// Main calls the function that the input names, and passes its results to answer.
func Main(input []byte, answer func([]byte)) {
	in := Reader{Data: input}
	f := functions[String(&in)]
	if f == nil {
		return
	}
	var out Writer
	f(&in, &out)
	answer(out.Data)
}

// A Writer appends values to Data. An integer or a number takes 8 bytes; a number is written as
// its bits, which keeps NaN, infinities and the last digit. A string or a slice begins with its
// length, a nil slice with -1.
type Writer struct{ Data []byte }

// A Reader takes from Data the values that a Writer has written, in the same order and with
// the same types. If Data does not hold such a value, the reader has Failed, and returns zero
// values from then on.
type Reader struct {
	Data   []byte // what has not been read yet
	Failed bool
}

// WriteInt writes an integer.
func WriteInt(w *Writer, x int) {
	u := uint64(x)
	w.Data = append(w.Data, byte(u), byte(u>>8), byte(u>>16), byte(u>>24), byte(u>>32), byte(u>>40), byte(u>>48), byte(u>>56))
}

// Int reads an integer.
func Int(r *Reader) int {
	if len(r.Data) < 8 {
		r.fail()
		return 0
	}
	var u uint64
	for i, b := range r.Data[:8] {
		u |= uint64(b) << (8 * i)
	}
	r.Data = r.Data[8:]
	return int(u)
}

func (r *Reader) fail() { r.Data, r.Failed = nil, true }

// WriteFloat writes a number.
func WriteFloat(w *Writer, x float64) { WriteInt(w, int(math.Float64bits(x))) }

// Float reads a number.
func Float(r *Reader) float64 { return math.Float64frombits(uint64(Int(r))) }

// WriteString writes a string.
func WriteString(w *Writer, s string) {
	WriteInt(w, len(s))
	w.Data = append(w.Data, s...)
}

// String reads a string.
func String(r *Reader) string {
	n := Int(r)
	if n < 0 || n > len(r.Data) {
		r.fail()
		return ""
	}
	s := string(r.Data[:n])
	r.Data = r.Data[n:]
	return s
}

// WriteSlice returns a function that writes a slice, given that for its entries.
func WriteSlice[T any](entry func(*Writer, T)) func(*Writer, []T) {
	return func(w *Writer, all []T) {
		if all == nil {
			WriteInt(w, -1)
			return
		}
		WriteInt(w, len(all))
		for _, x := range all {
			entry(w, x)
		}
	}
}

// Slice returns a function that reads a slice, given that for its entries.
func Slice[T any](entry func(*Reader) T) func(*Reader) []T {
	return func(r *Reader) []T {
		n := Int(r)
		if n == -1 || r.Failed {
			return nil
		}
		if n < 0 || n > len(r.Data)/8 { // an entry takes at least 8 bytes
			r.fail()
			return nil
		}
		all := make([]T, n)
		for i := range all {
			all[i] = entry(r)
		}
		return all
	}
}
