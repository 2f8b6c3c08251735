package guest

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// The sections of a module in which its globals are, and its exports.
const (
	sectionGlobals = 6
	sectionExports = 7
)

// globalName is the name under which a global of a library is exported.
func globalName(i int) string { return fmt.Sprintf("global %d", i) }

// exportGlobals returns a module that exports its globals, too, and how many they are. The Go linker
// exports none, and they are a part of the state.
func exportGlobals(wasm []byte) (changed []byte, globals int, err error) {
	malformed := errors.New("the module is malformed")
	if len(wasm) < 8 {
		return nil, 0, malformed
	}
	changed = append(changed, wasm[:8]...)
	exported := false
	for rest := wasm[8:]; len(rest) > 0; {
		id := rest[0]
		size, n := binary.Uvarint(rest[1:])
		if n <= 0 || size > uint64(len(rest)-1-n) {
			return nil, 0, malformed
		}
		section := rest[1+n:][:size]
		rest = rest[1+n:][size:]
		switch id {
		case sectionGlobals:
			count, n := binary.Uvarint(section)
			if n <= 0 || count > size {
				return nil, 0, malformed
			}
			globals = int(count)
		case sectionExports:
			count, n := binary.Uvarint(section)
			if n <= 0 {
				return nil, 0, malformed
			}
			more := binary.AppendUvarint(nil, count+uint64(globals))
			more = append(more, section[n:]...)
			for i := range globals {
				name := globalName(i)
				more = append(binary.AppendUvarint(more, uint64(len(name))), name...)
				more = binary.AppendUvarint(append(more, 3), uint64(i)) // 3: a global
			}
			section, exported = more, true
		}
		changed = append(binary.AppendUvarint(append(changed, id), uint64(len(section))), section...)
	}
	if !exported {
		return nil, 0, errors.New("the module exports nothing")
	}
	return changed, globals, nil
}
