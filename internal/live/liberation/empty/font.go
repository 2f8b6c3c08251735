// Package empty has a font without glyphs. The charts of the course have a font of their own; gonum/plot
// links twelve others, which would be a quarter of what a page loads. The other packages of this
// module stand in their place.
package empty

import "encoding/binary"

// TTF is the smallest font that golang.org/x/image/font/sfnt reads: one glyph, with no outline, as the
// OpenType specification describes its tables. gonum/plot leaves a space of its own font
// beside an axis, so the heights and the width, a space's, are those of Liberation Serif.
var TTF = func() []byte {
	head := make([]byte, 54)
	binary.BigEndian.PutUint32(head, 0x00010000)
	binary.BigEndian.PutUint16(head[18:], 2048) // units per em
	hhea := make([]byte, 36)
	binary.BigEndian.PutUint16(hhea[4:], 1825)      // ascent
	binary.BigEndian.PutUint16(hhea[6:], 65536-443) // descent
	binary.BigEndian.PutUint16(hhea[8:], 87)        // gap
	binary.BigEndian.PutUint16(hhea[34:], 1)        // metrics
	maxp := make([]byte, 32)
	binary.BigEndian.PutUint16(maxp[4:], 1) // glyphs
	post := make([]byte, 32)
	binary.BigEndian.PutUint32(post, 0x00030000) // without names
	tables := []struct {
		tag  string
		data []byte
	}{ // in the order of their tags
		{"cmap", []byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12, // for Windows, Unicode
			0, 6, 0, 10, 0, 0, 0, 0, 0, 0}}, // which maps nothing
		{"glyf", make([]byte, 4)},
		{"head", head},
		{"hhea", hhea},
		{"hmtx", []byte{2, 0, 0, 0}}, // 512 units wide
		{"loca", make([]byte, 4)},
		{"maxp", maxp},
		{"post", post},
	}
	font := binary.BigEndian.AppendUint32(nil, 0x00010000)
	font = binary.BigEndian.AppendUint16(font, uint16(len(tables)))
	font = append(font, make([]byte, 6)...)
	offset := len(font) + 16*len(tables)
	var all []byte
	for _, table := range tables {
		font = append(font, table.tag...)
		font = append(font, make([]byte, 4)...) // a checksum, which nobody reads
		font = binary.BigEndian.AppendUint32(font, uint32(offset+len(all)))
		font = binary.BigEndian.AppendUint32(font, uint32(len(table.data)))
		all = append(append(all, table.data...), make([]byte, (4-len(table.data)%4)%4)...)
	}
	return append(font, all...)
}()
