package sandbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// prepareFromKept makes the build cache begin with what was compiled of the same files by the same
// go command, with the same modules, and is kept in b.Kept; what is not there it compiles there. Only
// files of the course come there, none of a student's. It reports whether the cache has them: a folder
// that cannot be used, or from which no links can be made, is not an error.
func (b *Builder) prepareFromKept(ctx context.Context, files map[string]string) bool {
	name, err := b.keptName(files)
	if err != nil {
		return false
	}
	kept := filepath.Join(b.Kept, name)
	if _, err := os.Stat(kept); err != nil && b.keep(ctx, files, kept) != nil {
		return false
	}
	cache, err := linkCache(kept, b.Cache)
	return err == nil && cache == b.Cache
}

// keptName returns a name for what is compiled of the files, which another version of the go command
// or of the modules changes.
func (b *Builder) keptName(files map[string]string) (string, error) {
	command := exec.Command(b.Go, "env", "GOVERSION")
	command.Dir = b.Root
	version, err := command.Output()
	if err != nil {
		return "", err
	}
	h := sha256.New()
	fmt.Fprintf(h, "%q\n", version)
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(b.Root, name))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%q\n", data)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%q %q\n", name, files[name])
	}
	return hex.EncodeToString(h.Sum(nil))[:32], nil
}

// stagingPrefix is the prefix of the names of folders in which a cache to keep is made. What is
// older than stagingTime belongs to a run that was interrupted.
const (
	stagingPrefix = "new-"
	stagingTime   = time.Hour
)

// keep compiles files into a new cache, which becomes the folder kept when it is complete, and
// removes those of other names: another version has left them.
func (b *Builder) keep(ctx context.Context, files map[string]string, kept string) error {
	folder := filepath.Dir(kept)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	staging, err := os.MkdirTemp(folder, stagingPrefix)
	if err != nil {
		return err
	}
	defer os.RemoveAll(staging)
	maker := &Builder{Go: b.Go, Root: b.Root, Folder: b.Folder, Cache: filepath.Join(staging, "cache"), modules: b.modules, once: b.once}
	if err := maker.compilePackages(ctx, files); err != nil {
		return err
	}
	if err := os.Rename(maker.Cache, kept); err != nil {
		if _, statErr := os.Stat(kept); statErr != nil { // no other run has made it meanwhile
			return err
		}
	}
	entries, _ := os.ReadDir(folder)
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), stagingPrefix) {
			if info, err := entry.Info(); err != nil || time.Since(info.ModTime()) < stagingTime {
				continue
			}
		}
		if entry.Name() != filepath.Base(kept) {
			os.RemoveAll(filepath.Join(folder, entry.Name()))
		}
	}
	return nil
}
