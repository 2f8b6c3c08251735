//go:build unix

package submission

import (
	"os"
	"syscall"
)

// openNow opens a file without waiting, and follows no link.
func openNow(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK|syscall.O_NOFOLLOW|syscall.O_NOCTTY, 0)
}
