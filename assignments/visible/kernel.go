//go:build !js

package visible

import (
	"os"
	"path/filepath"
)

// program returns the source of the program that calls the check, all declarations of the
// notebook so far, as the kernel has compiled it. It is "" outside of the kernel.
func program() string {
	folder := os.Getenv("GONB_TMP_DIR")
	if folder == "" {
		return ""
	}
	source, _ := os.ReadFile(filepath.Join(folder, "main.go")) // without it nothing is refused
	return string(source)
}
