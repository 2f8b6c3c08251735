package roster

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	encode "golang.org/x/text/encoding/unicode"
)

// encodings are those that Windows gives the names in a zip, in different countries. The
// format has a mark for UTF-8, and knows CP437 besides; Windows uses the code page of DOS.
var encodings = map[string]encoding.Encoding{
	"utf-8": encode.UTF8, "cp949": korean.EUCKR, "euc-kr": korean.EUCKR, "cp850": charmap.CodePage850, "cp437": charmap.CodePage437,
	"cp852": charmap.CodePage852, "cp866": charmap.CodePage866, "cp932": japanese.ShiftJIS, "shift-jis": japanese.ShiftJIS,
	"cp936": simplifiedchinese.GBK, "gbk": simplifiedchinese.GBK, "cp950": traditionalchinese.Big5, "big5": traditionalchinese.Big5,
	"windows-1252": charmap.Windows1252, "cp1252": charmap.Windows1252,
}

// likely are the encodings that a roster is compared with, the likeliest first.
var likely = []string{"utf-8", "cp949", "cp850", "cp437", "windows-1252", "cp932", "cp936", "cp950", "cp852", "cp866"}

// Encodings returns the names of the encodings that a zip can have.
func Encodings() []string { return slices.Sorted(maps.Keys(encodings)) }

// CheckEncoding returns an error that lists the choices unless the name is one of them, in any
// letters, or empty.
func CheckEncoding(name string) error {
	if name == "" || encodings[strings.ToLower(name)] != nil {
		return nil
	}
	return fmt.Errorf("there is no encoding %q: choose one of %s", name, strings.Join(Encodings(), ", "))
}

// decode decodes a name. It fails for bytes that the encoding does not have.
func decode(name, encodingName string) (string, bool) {
	decoded, err := encodings[encodingName].NewDecoder().String(name)
	return decoded, err == nil && !strings.ContainsRune(decoded, utf8.RuneError) && !strings.ContainsFunc(decoded, unicode.IsControl)
}

// UnicodePath returns the name in the field for it (0x7075) that Info-ZIP and others write
// beside a name in another encoding, if it belongs to that name.
func UnicodePath(name string, extra []byte) (string, bool) {
	for len(extra) >= 4 {
		id, size := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if extra = extra[4:]; size > len(extra) {
			return "", false
		}
		if field := extra[:size]; id == 0x7075 && size > 5 && field[0] == 1 && binary.LittleEndian.Uint32(field[1:]) == crc32.ChecksumIEEE([]byte(name)) && utf8.Valid(field[5:]) {
			return string(field[5:]), true
		}
		extra = extra[size:]
	}
	return "", false
}

// DecodeNames decodes names that do not say their encoding. All are in one: that under which
// most students of the roster are found, or else the given one, or UTF-8 if all are valid.
// doubtful names are decoded by a guess.
func DecodeNames(raw []string, class *Roster, given string) (names []string, doubtful []bool, guess string) {
	names, doubtful = make([]string, len(raw)), make([]bool, len(raw))
	chosen, most := strings.ToLower(given), 0
	order := likely
	if chosen != "" {
		order = append([]string{chosen}, likely...)
	}
	for _, candidate := range order {
		if n := class.named(raw, candidate); n > most {
			chosen, most = candidate, n
		}
	}
	if chosen == "" && !slices.ContainsFunc(raw, func(name string) bool { return !utf8.ValidString(name) }) {
		chosen = "utf-8"
	}
	if guess = "cp850"; !slices.ContainsFunc(raw, func(name string) bool { return !looksKorean(name) }) {
		guess = "cp949"
	}
	for i, name := range raw {
		var ok bool
		if chosen != "" {
			names[i], ok = decode(name, chosen)
		}
		if !ok {
			names[i], _ = decode(name, guess)
			names[i], doubtful[i] = strings.ToValidUTF8(names[i], "\ufffd"), true
		}
	}
	return names, doubtful, guess
}

// named returns how many students of the roster have a name with letters beyond ASCII that is
// in one of the names as it is in an encoding.
func (class *Roster) named(raw []string, encodingName string) int {
	if class == nil {
		return 0
	}
	var decoded []string
	for _, name := range raw {
		if s, ok := decode(name, encodingName); ok {
			decoded = append(decoded, fold(s))
		}
	}
	n := 0
	for _, p := range class.people {
		if slices.ContainsFunc(p.names, func(name string) bool {
			return strings.ContainsFunc(name, func(r rune) bool { return r > unicode.MaxASCII }) &&
				slices.ContainsFunc(decoded, func(s string) bool { return strings.Contains(s, fold(name)) })
		}) {
			n++
		}
	}
	return n
}

// looksKorean reports whether all bytes beyond ASCII are pairs of the common Korean syllables
// (KS X 1001, rows 16 to 40). Umlauts of Western code pages hardly ever are.
func looksKorean(name string) bool {
	for i := 0; i < len(name); i++ {
		if name[i] < 0x80 {
			continue
		}
		if i++; name[i-1] < 0xb0 || name[i-1] > 0xc8 || i == len(name) || name[i] < 0xa1 || name[i] == 0xff {
			return false
		}
	}
	return true
}

// Printable returns a name without characters that a terminal, a table or a page would obey
// rather than show, such as controls and marks of direction: they are written as \u202e.
func Printable(name string) string {
	var b strings.Builder
	for _, r := range name {
		switch {
		case r == unicode.ReplacementChar, unicode.IsGraphic(r) && (r == ' ' || !unicode.IsSpace(r)):
			b.WriteRune(r)
		case unicode.IsSpace(r) && r > 0x7f && r != 0x85 && r != 0x2028 && r != 0x2029:
			b.WriteByte(' ')
		case r == 0x200c || r == 0x200d: // joiners, which some scripts need
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// decodeText decodes a text file of a spreadsheet.
func decodeText(data []byte) (string, error) {
	utf16 := func(order encode.Endianness) (string, error) {
		s, err := encode.UTF16(order, encode.UseBOM).NewDecoder().Bytes(data)
		return string(s), err
	}
	switch {
	case len(data) >= 2 && data[0] == 0xff && data[1] == 0xfe:
		return utf16(encode.LittleEndian)
	case len(data) >= 2 && data[0] == 0xfe && data[1] == 0xff:
		return utf16(encode.BigEndian)
	case len(data) >= 4 && len(data)%2 == 0 && data[0] != 0 && data[1] == 0:
		return utf16(encode.LittleEndian)
	case len(data) >= 4 && len(data)%2 == 0 && data[0] == 0 && data[1] != 0:
		return utf16(encode.BigEndian)
	case utf8.Valid(data):
		return strings.TrimPrefix(string(data), "\ufeff"), nil
	}
	candidates := []string{"windows-1252", "cp949"}
	if looksKorean(string(data)) {
		candidates = []string{"cp949"}
	}
	for _, name := range candidates {
		s, err := encodings[name].NewDecoder().String(string(data))
		if err == nil && !strings.ContainsFunc(s, func(r rune) bool { return r == utf8.RuneError || r >= 0x80 && r < 0xa0 }) {
			return s, nil
		}
	}
	return "", errors.New("it is in an unknown encoding")
}
