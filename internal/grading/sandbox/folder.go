package sandbox

import (
	"os"
	"path/filepath"
	"strings"
)

// WorkPrefix is how the names of those folders begin.
const WorkPrefix = ".rnn101-work-"

// NewBuilder returns a Builder that compiles with the go command and the modules of the
// checkout in root, in a new folder: in the folder given, or where temporary files are.
// remove removes it, and in a folder that is given what earlier calls left that were cut
// off: their compilers may still have been writing then.
func NewBuilder(goTool, root, in string) (b *Builder, remove func(), err error) {
	work, err := os.MkdirTemp(in, WorkPrefix)
	if err != nil {
		return nil, nil, err
	}
	remove = func() { os.RemoveAll(work) }
	if in != "" {
		remove = func() {
			entries, _ := os.ReadDir(in)
			for _, entry := range entries {
				if strings.HasPrefix(entry.Name(), WorkPrefix) {
					os.RemoveAll(filepath.Join(in, entry.Name()))
				}
			}
		}
	}
	return &Builder{Go: goTool, Root: root, Folder: work}, remove, nil
}
