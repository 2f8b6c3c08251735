//go:build !windows

package system

import (
	"os"
	"os/exec"
	"runtime"
)

// preferred returns the locale of messages as POSIX defines it: the first of three variables that is
// set decides. Programs that macOS starts outside a terminal have none of them.
func preferred() []string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := os.Getenv(name); value != "" {
			return []string{value}
		}
	}
	if runtime.GOOS == "darwin" {
		if out, err := exec.Command("defaults", "read", "-g", "AppleLocale").Output(); err == nil {
			return []string{string(out)}
		}
	}
	return nil
}
