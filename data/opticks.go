//go:build !js

package data

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func opticks() (string, error) {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOROOT: %w", err)
	}
	return opticksFrom(strings.TrimSpace(string(out)))
}

func opticksFrom(goroot string) (string, error) {
	path := filepath.Join(goroot, "src", "testdata", "Isaac.Newton-Opticks.txt")
	file, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("this Go installation has no %s", path)
	}
	if err != nil {
		return "", err
	}
	return withoutCredits(string(file), path)
}
