package process

import (
	"bufio"
	"fmt"
	"io"
)

// LongLine is the longest line that Lines returns, in bytes.
const LongLine = 1 << 24

// ErrLongLine is the error of [Lines.Next] for a line that was too long.
var ErrLongLine = fmt.Errorf("a line of more than %d MiB was skipped", LongLine>>20)

// Lines reads line by line. Unlike a [bufio.Scanner] it continues after a line that is too
// long, so that a program that writes to a pipe is not blocked for ever.
type Lines struct {
	r    *bufio.Reader
	line []byte
}

// NewLines returns a Lines that reads from r.
func NewLines(r io.Reader) *Lines { return &Lines{r: bufio.NewReader(r)} }

// Next returns the next line without its line ending. The line is valid until the next
// call. The error is [ErrLongLine] for a line that was skipped, after which Next can be
// called again, or that of the reader, which is [io.EOF] at the end.
func (l *Lines) Next() ([]byte, error) {
	l.line = l.line[:0]
	length := 0
	for {
		part, more, err := l.r.ReadLine()
		if err != nil && length == 0 { // otherwise the reader returns it again
			return nil, err
		}
		if length += len(part); length <= LongLine {
			l.line = append(l.line, part...)
		}
		if err == nil && more {
			continue
		}
		if length > LongLine {
			l.line = nil
			return nil, ErrLongLine
		}
		return l.line, nil
	}
}
