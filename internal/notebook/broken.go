package notebook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"unicode/utf8"
)

// notUTF8 says where a file is not UTF-8, and what to do.
func notUTF8(data []byte) string {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return "it is in UTF-16, as Windows PowerShell writes with >. Save it as UTF-8 in an editor"
	}
	valid := 0
	for valid < len(data) {
		r, n := utf8.DecodeRune(data[valid:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		valid += n
	}
	return fmt.Sprintf("invalid byte in line %d (byte %d of the file). Restore it from git, or save it again in JupyterLab",
		lineOf(data, valid), valid+1)
}

var conflict = regexp.MustCompile(`(?m)^(<{7}|={7}|>{7})( |\r?$)`)

// notJSON says why a file is not JSON, with the error of the decoder, and what to do: most such files
// were made by one of few accidents.
func notJSON(data []byte, err error) string {
	text := bytes.TrimSpace(data)
	if len(text) == 0 {
		return "it is empty. Restore it from git, or from the checkpoint that JupyterLab keeps in .ipynb_checkpoints"
	}
	if text[0] == '<' && !bytes.HasPrefix(text, []byte("<<<<<<<")) {
		return "it is a web page. Where the notebook was downloaded from, choose the file itself, which is called Raw on GitHub"
	}
	if at := conflict.FindIndex(data); at != nil {
		return fmt.Sprintf("line %d has a mark of git's, for two versions that it could not merge. Choose one: git checkout --ours, or --theirs, and the name of the file", lineOf(data, at[0]))
	}
	line, hint := "", "Restore it from git, or save it again in JupyterLab"
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at := min(max(0, int(syntax.Offset)-1), len(data))
		line = fmt.Sprintf(" in line %d", lineOf(data, at))
		if noNumber.Match(data[at:min(at+8, len(data))]) {
			return fmt.Sprintf("NaN or Infinity%s, which Python writes and JSON does not have. JupyterLab cannot open it either: write null in its place", line)
		}
		if syntax.Error() == "unexpected end of JSON input" {
			hint = "It seems to be cut off. " + hint
		}
	}
	return fmt.Sprintf("%v%s. %s", err, line, hint)
}

// lineOf returns the number of the line of a place in a file, from 1.
func lineOf(data []byte, at int) int { return 1 + bytes.Count(data[:at], []byte("\n")) }

var (
	noNumber = regexp.MustCompile(`^(NaN|Infinity)`)
	// stringOrNoNumber matches a string too, so that what is in it does not count.
	stringOrNoNumber = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|NaN|-?Infinity`)
)

// WithoutNaN returns the content of a notebook's file with null for NaN and infinities, which Python
// writes where a program has them in an output, and JSON does not have.
func WithoutNaN(data []byte) []byte {
	if !bytes.Contains(data, []byte("NaN")) && !bytes.Contains(data, []byte("Infinity")) {
		return data
	}
	return stringOrNoNumber.ReplaceAllFunc(data, func(found []byte) []byte {
		if found[0] == '"' {
			return found
		}
		return []byte("null")
	})
}
