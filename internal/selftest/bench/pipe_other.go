//go:build !unix

package bench

import "os"

// makePipe makes a folder: there are no pipes in folders on this system.
func makePipe(file string) error { return os.Mkdir(file, 0o755) }
