package submission

import (
	"bytes"
	"errors"
	"io"
	"slices"
)

// maxReduced is how much of a notebook is kept besides the outputs, in bytes.
const maxReduced = 64 << 20

// skipped are the keys whose values are not read: they may have most of a notebook.
var skipped = []string{"outputs", "attachments"}

// reducer copies JSON without the values of skipped keys, which become null, so that no memory is
// needed for them. NaN and Infinity outside of strings become null, too: Python writes them, and JSON
// does not have them. What is not JSON it copies as something that is not JSON, either.
type reducer struct {
	out []byte

	inString, escaped bool
	text              []byte // the beginning of the latest string
	word              []byte // letters outside of strings, so far

	skipping bool
	begun    bool // the value that is skipped has begun
	depth    int  // in it
}

// reduce reads all of a file. It returns an error if too much is left.
func reduce(r io.Reader, size int64) ([]byte, error) {
	d := &reducer{out: make([]byte, 0, min(max(0, size), 16<<20)+16)}
	buffer := make([]byte, 256<<10)
	for {
		n, err := r.Read(buffer)
		if len(d.out) <= maxReduced { // the rest is read for the hash
			d.write(buffer[:n])
		}
		switch {
		case errors.Is(err, io.EOF):
			d.endWord()
			if len(d.out) > maxReduced {
				return nil, errors.New(texts.Text("rest", maxReduced>>20))
			}
			return d.out, nil
		case err != nil:
			return nil, err
		}
	}
}

func (d *reducer) write(data []byte) {
	for i := 0; i < len(data); {
		if d.inString && !d.escaped { // most of a file
			n := bytes.IndexAny(data[i:], "\"\\")
			if n < 0 {
				n = len(data) - i
			}
			if n > 0 {
				d.keep(data[i : i+n])
				i += n
				continue
			}
		}
		c := data[i]
		i++
		if d.skipping && !d.skip(c) {
			continue
		}
		switch {
		case d.inString:
			if d.inStringByte(c); d.inString {
				d.keep([]byte{c})
			} else {
				d.out = append(d.out, c)
			}
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-':
			if d.word = append(d.word, c); len(d.word) > len("-Infinity") {
				d.endWord()
			}
		default:
			d.endWord()
			d.out = append(d.out, c)
			switch {
			case c == '"':
				d.inString, d.text = true, d.text[:0]
			case c == ':' && slices.Contains(skipped, string(d.text)):
				d.skipping, d.begun, d.depth = true, false, 0
				d.out = append(d.out, "null"...)
			}
			if c == ',' || c == '{' || c == ':' {
				d.text = d.text[:0]
			}
		}
	}
}

// keep keeps a part of a string, unless it is in a value that is skipped.
func (d *reducer) keep(part []byte) {
	if d.skipping {
		return
	}
	d.out = append(d.out, part...)
	const longest = len("attachments") + 1 // more is no key that is skipped
	d.text = append(d.text, part[:min(len(part), longest-min(len(d.text), longest))]...)
}

func (d *reducer) inStringByte(c byte) {
	switch {
	case d.escaped:
		d.escaped = false
	case c == '\\':
		d.escaped = true
	case c == '"':
		d.inString = false
	}
}

func (d *reducer) endWord() {
	switch string(d.word) {
	case "NaN", "Infinity", "-Infinity":
		d.out = append(d.out, "null"...)
	default:
		d.out = append(d.out, d.word...)
	}
	d.word = d.word[:0]
}

// skip reads a byte of a value that is skipped, and reports whether it is behind the value.
func (d *reducer) skip(c byte) (behind bool) {
	if d.inString {
		if d.inStringByte(c); !d.inString && d.depth == 0 {
			d.skipping = false
		}
		return false
	}
	switch c {
	case '"':
		d.inString = true
	case '[', '{':
		d.depth++
	case ']', '}':
		if d.depth == 0 {
			d.skipping = false
			return true
		}
		if d.depth--; d.depth == 0 {
			d.skipping = false
			return false
		}
	case ',':
		if d.depth == 0 {
			d.skipping = false
			return true
		}
	case ' ', '\t', '\n', '\r':
		if d.depth == 0 && d.begun {
			d.skipping = false
			return true
		}
		return false
	}
	d.begun = true
	return false
}
