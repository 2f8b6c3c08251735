// Package layout writes JSON as a file was written before: the order of keys, the indent, the line
// ends, the kind of texts. It knows of notebooks only that a text may be a list of lines.
package layout

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"
)

// Layout is how a file was written, beyond what its JSON means: a notebook of somebody else
// should differ from what it was only where something has changed.
type Layout struct {
	like   any // the content, of objects and lists
	indent string
	colon  string // between a key and its value
	comma  string // between two values on one line
	ascii  bool   // other letters are escaped
	html   bool   // <, > and & are escaped, as Go does it
	crlf   bool
	final  bool // a newline at the end
}

// object is a JSON object whose keys have an order.
type object struct {
	keys   []string
	values map[string]any
	inline bool // on one line
}

// list is a JSON list.
type list struct {
	values []any
	inline bool
}

// Of returns the layout of a valid JSON text.
func Of(data []byte) *Layout {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	l := &Layout{like: ordered(d, data), colon: ": ", comma: ", "}
	l.crlf = bytes.Contains(data, []byte("\r\n"))
	l.final = bytes.HasSuffix(data, []byte("\n"))
	body := bytes.TrimSpace(data)
	if rest := bytes.TrimLeft(body[min(1, len(body)):], " \r"); bytes.HasPrefix(rest, []byte("\n")) {
		rest = rest[1:]
		l.indent = string(rest[:len(rest)-len(bytes.TrimLeft(rest, " \t"))])
	} else if !bytes.Contains(body, []byte(`": `)) {
		l.colon, l.comma = ":", ","
	}
	l.html = bytes.Contains(data, []byte(`\u003c`)) && !bytes.Contains(data, []byte("<"))
	l.ascii = bytes.Contains(data, []byte(`\u`)) && !bytes.ContainsFunc(data, func(r rune) bool { return r > 127 })
	return l
}

// Decode decodes a JSON text. Numbers keep their digits.
func Decode(data []byte) (v any, err error) {
	if err := json.Unmarshal(data, new(json.RawMessage)); err != nil { // the whole is one value
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	err = d.Decode(&v)
	return v, err
}

// JoinLines returns a text that nbformat stores as a string or as a list of lines.
func JoinLines(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case []any:
		var b strings.Builder
		for _, line := range v {
			s, ok := line.(string)
			if !ok {
				return "", fmt.Errorf("a line is not a string")
			}
			b.WriteString(s)
		}
		return b.String(), nil
	}
	return "", fmt.Errorf("not a string or a list of lines")
}

// ordered reads a value of a valid JSON text, data.
func ordered(d *json.Decoder, data []byte) any {
	token, err := d.Token()
	if err != nil {
		return nil
	}
	begin := d.InputOffset()
	oneLine := func() bool { return !bytes.Contains(data[begin:d.InputOffset()], []byte("\n")) }
	switch token {
	case json.Delim('{'):
		o := &object{values: map[string]any{}}
		for d.More() {
			key, _ := d.Token()
			name, _ := key.(string)
			if _, again := o.values[name]; !again {
				o.keys = append(o.keys, name)
			}
			o.values[name] = ordered(d, data)
		}
		_, _ = d.Token()
		o.inline = len(o.keys) > 0 && oneLine()
		return o
	case json.Delim('['):
		l := &list{}
		for d.More() {
			l.values = append(l.values, ordered(d, data))
		}
		_, _ = d.Token()
		l.inline = len(l.values) > 0 && oneLine()
		return l
	}
	return token
}

// Apply writes a JSON text in this layout.
func (l *Layout) Apply(data []byte) ([]byte, error) {
	v, err := Decode(data)
	if err != nil {
		return nil, err
	}
	w := &writer{Layout: l}
	if err := w.value(v, l.like, 1, false); err != nil {
		return nil, err
	}
	out := w.Bytes()
	if l.final {
		out = append(out, '\n')
	}
	if l.crlf {
		out = bytes.ReplaceAll(out, []byte("\n"), []byte("\r\n"))
	}
	return out, nil
}

// writer writes JSON in a layout.
type writer struct {
	*Layout
	bytes.Buffer
}

// value writes v, which was like before, on one line if it was, or if inline is set.
func (w *writer) value(v, like any, depth int, inline bool) error {
	if text, err := JoinLines(v); err == nil && v != nil {
		old, err := JoinLines(plain(like))
		_, one := like.(string)
		switch {
		case err == nil && like != nil && old == text:
			v = plain(like) // its lines may be split elsewhere
		case one:
			v = text
		}
	}
	switch v := v.(type) {
	case map[string]any:
		old, _ := like.(*object)
		if old == nil {
			old = &object{}
		}
		keys := slices.DeleteFunc(slices.Clone(old.keys), func(key string) bool { _, kept := v[key]; return !kept })
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if _, known := old.values[key]; !known {
				keys = append(keys, key)
			}
		}
		inline = inline || old.inline
		return w.list("{", "}", len(keys), depth, inline, func(i int) error {
			if err := w.scalar(keys[i]); err != nil {
				return err
			}
			w.WriteString(w.colon)
			return w.value(v[keys[i]], old.values[keys[i]], depth+1, inline)
		})
	case []any:
		old, _ := like.(*list)
		if old == nil {
			old = &list{}
		}
		inline = inline || old.inline
		return w.list("[", "]", len(v), depth, inline, func(i int) error {
			if i < len(old.values) {
				return w.value(v[i], old.values[i], depth+1, inline)
			}
			return w.value(v[i], nil, depth+1, inline)
		})
	}
	return w.scalar(v)
}

// list writes n items between two brackets.
func (w *writer) list(open, end string, n, depth int, inline bool, item func(i int) error) error {
	indent := w.indent
	if inline {
		indent = ""
	}
	w.WriteString(open)
	for i := range n {
		switch {
		case indent != "" && i > 0:
			w.WriteString(",\n" + strings.Repeat(indent, depth))
		case indent != "":
			w.WriteString("\n" + strings.Repeat(indent, depth))
		case i > 0:
			w.WriteString(w.comma)
		}
		if err := item(i); err != nil {
			return err
		}
	}
	if indent != "" && n > 0 {
		w.WriteString("\n" + strings.Repeat(indent, depth-1))
	}
	w.WriteString(end)
	return nil
}

func (w *writer) scalar(v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(w.html)
	if err := e.Encode(v); err != nil {
		return err
	}
	text := strings.TrimSuffix(b.String(), "\n")
	if w.ascii {
		text = escapeASCII(text)
	}
	w.WriteString(text)
	return nil
}

// escapeASCII escapes what is not ASCII in a JSON string, as Python does.
func escapeASCII(s string) string {
	var b strings.Builder
	for _, unit := range s {
		if unit < 128 {
			b.WriteRune(unit)
			continue
		}
		for _, code := range utf16.Encode([]rune{unit}) {
			fmt.Fprintf(&b, `\u%04x`, code)
		}
	}
	return b.String()
}

// plain returns a value without the order of its keys.
func plain(v any) any {
	switch v := v.(type) {
	case *object:
		m := map[string]any{}
		for key, value := range v.values {
			m[key] = plain(value)
		}
		return m
	case *list:
		all := make([]any, len(v.values))
		for i, value := range v.values {
			all[i] = plain(value)
		}
		return all
	}
	return v
}
