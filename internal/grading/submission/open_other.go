//go:build !unix

package submission

import "os"

// openNow opens a file. On this system a folder has no pipes.
func openNow(path string) (*os.File, error) { return os.Open(path) }
