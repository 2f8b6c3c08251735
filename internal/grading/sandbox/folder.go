package sandbox

import (
	"os"
	"path/filepath"
	"strings"
)

// WorkPrefix is the prefix of the names of the folders that NewBuilder makes.
const WorkPrefix = ".rnn101-work-"

// NewBuilder returns a Builder that uses the given go command and the modules of the checkout
// in root. It works in a new folder in parent, or in the directory for temporary files if
// parent is "". remove removes that folder, and from a given parent also those of earlier
// runs that were interrupted: their compilers may have gone on writing.
func NewBuilder(goTool, root, parent string) (b *Builder, remove func(), err error) {
	work, err := os.MkdirTemp(parent, WorkPrefix)
	if err != nil {
		return nil, nil, err
	}
	remove = func() { os.RemoveAll(work) }
	if parent != "" {
		remove = func() {
			entries, _ := os.ReadDir(parent)
			for _, entry := range entries {
				if strings.HasPrefix(entry.Name(), WorkPrefix) {
					os.RemoveAll(filepath.Join(parent, entry.Name()))
				}
			}
		}
	}
	return &Builder{Go: goTool, Root: root, Folder: work}, remove, nil
}
