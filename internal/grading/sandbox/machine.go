package sandbox

import (
	"os"
	"path/filepath"
	"sync"
)

// machineCode keeps the machine code of programs that are started more than once: of a program
// with a call that does not end, or one that several students have handed in. To make it takes
// longer than most calls.
type machineCode struct {
	mu       sync.Mutex
	programs map[string]*keptCode // by their files
	folders  int
}

// keptCode is what is known of a program that was started.
type keptCode struct {
	folder string // with its machine code, "" if there is none
	users  int    // programs that are open and use the folder
}

// maxKept is for how many programs machine code is kept after they are closed. It takes 20 MB
// each.
const maxKept = 16

// use returns the folder for the machine code of a program that is about to be started, or ""
// the first time: most programs are started once.
func (m *machineCode) use(wasm string) (folder string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	kept := m.programs[wasm]
	if kept == nil {
		if m.programs == nil {
			m.programs = map[string]*keptCode{}
		}
		m.programs[wasm] = &keptCode{}
		return "", nil
	}
	if kept.folder == "" {
		if kept.folder, err = os.MkdirTemp(filepath.Dir(wasm), ".machine-"); err != nil {
			return "", err
		}
		m.folders++
	}
	kept.users++
	return kept.folder, nil
}

// release ends a use of a folder.
func (m *machineCode) release(wasm string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	kept := m.programs[wasm]
	if kept.users--; kept.users == 0 && m.folders > maxKept {
		os.RemoveAll(kept.folder)
		kept.folder = ""
		m.folders--
	}
}
