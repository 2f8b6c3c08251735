package process

import (
	"fmt"
	"strings"
)

// excerptHalf is how many bytes an Excerpt keeps of the beginning, and of the end.
const excerptHalf = 1 << 15

// Excerpt keeps the beginning and the end of what is written to it, 32 KiB of each. The
// zero value is ready for use, as the standard output or standard error of a command.
type Excerpt struct {
	head, tail []byte
	length     int64
}

// Write never fails.
func (e *Excerpt) Write(p []byte) (int, error) {
	e.length += int64(len(p))
	n := min(len(p), excerptHalf-len(e.head))
	e.head = append(e.head, p[:n]...)
	rest := p[n:]
	e.tail = append(e.tail, rest[max(0, len(rest)-excerptHalf):]...)
	if len(e.tail) > 2*excerptHalf { // rarely, because it copies
		e.tail = append(e.tail[:0], e.tail[len(e.tail)-excerptHalf:]...)
	}
	return len(p), nil
}

// String returns the beginning and the end, with a line between them that says how many
// bytes were omitted.
func (e *Excerpt) String() string {
	tail := e.tail[max(0, len(e.tail)-excerptHalf):]
	omitted := e.length - int64(len(e.head)+len(tail))
	if omitted == 0 {
		return string(e.head) + string(tail)
	}
	// A character of several bytes may have been cut.
	return strings.ToValidUTF8(string(e.head), "") +
		fmt.Sprintf("\n… %d bytes omitted …\n", omitted) + strings.ToValidUTF8(string(tail), "")
}
