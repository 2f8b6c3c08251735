//go:build unix

package safetensors_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"rnn101/rnnkit/internal/rnntest"
	"rnn101/rnnkit/safetensors"
)

func TestASavedNetHasThePermissionsOfAnyFile(t *testing.T) {
	for _, test := range []struct {
		umask     int
		old, want fs.FileMode // old 0: there was no file
	}{
		{0o022, 0, 0o644},
		{0o002, 0, 0o664},
		{0o077, 0, 0o600},
		{0o022, 0o600, 0o600}, // a file that is replaced keeps its own
		{0o077, 0o644, 0o644},
	} {
		path := filepath.Join(t.TempDir(), "net")
		if test.old != 0 {
			if err := os.WriteFile(path, nil, test.old); err != nil {
				t.Fatal(err)
			}
		}
		umask := syscall.Umask(test.umask)
		err := safetensors.Save(path, rnntest.Lecture(), nil, nil)
		syscall.Umask(umask)
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != test.want {
			t.Errorf("umask %03o, before %v: %v, want %v", test.umask, test.old, got, test.want)
		}
	}
}
