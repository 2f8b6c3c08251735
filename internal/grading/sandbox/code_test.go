package sandbox

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// However many programs are started again, the machine code of a bounded number is kept, and
// none is removed that is in use.
func TestMachineCodeIsKeptForABoundedNumberOfPrograms(t *testing.T) {
	folder := t.TempDir()
	kept := func() int {
		t.Helper()
		folders, err := filepath.Glob(filepath.Join(folder, ".machine-*"))
		if err != nil {
			t.Fatal(err)
		}
		return len(folders)
	}
	var code machineCode
	use := func(i int) string {
		t.Helper()
		folder, err := code.use(filepath.Join(folder, fmt.Sprint(i)))
		if err != nil {
			t.Fatal(err)
		}
		return folder
	}
	const programs = 3 * maxKept
	for i := range programs {
		if first := use(i); first != "" {
			t.Fatalf("the first start of program %d keeps its machine code in %s", i, first)
		}
		second, third := use(i), use(i)
		if second == "" || second != third {
			t.Fatalf("the second and third start of program %d use the folders %q and %q", i, second, third)
		}
		if _, err := os.Stat(second); err != nil {
			t.Error(err)
		}
	}
	if got := kept(); got != programs {
		t.Errorf("%d programs are in use, the machine code of %d is kept", programs, got)
	}
	for i := range programs {
		code.release(filepath.Join(folder, fmt.Sprint(i)))
	}
	if got := kept(); got != programs {
		t.Errorf("%d programs are in use once, the machine code of %d is kept", programs, got)
	}
	for i := range programs {
		code.release(filepath.Join(folder, fmt.Sprint(i)))
	}
	if got := kept(); got != maxKept {
		t.Errorf("all programs are closed, the machine code of %d is kept, want %d", got, maxKept)
	}
	if again := use(0); again == "" {
		t.Error("a program whose machine code was removed is started again without a folder")
	}
}
