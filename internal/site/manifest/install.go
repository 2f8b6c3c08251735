package manifest

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rnn101/internal/atomicfile"
)

// StagedNotebook is the pattern of the names of files in a staging folder that are not part of
// the site, for os.CreateTemp.
const StagedNotebook = ".notebook-*.ipynb"

// An Update replaces the files of a site with those of a new export.
type Update struct {
	Site, Staging string    // folders; Staging holds the new files
	Old, New      *Manifest // Install sets New.Files
	Keep          []string  // files that the site keeps if an earlier export wrote them
	File, Folder  fs.FileMode
	Overwrite     bool // also replace files that have the same content
	Partial       bool // leave the manifest and all other files as they are
}

// Install moves the new files to the site. Unless the update is partial it then removes the
// files of the old manifest that are gone from the new export, and writes the new manifest.
// If a file of somebody else's is in the way, it changes nothing.
func (u Update) Install() error {
	staged, err := u.staged()
	if err != nil {
		return err
	}
	old := map[string]bool{}
	for _, name := range u.Old.Files {
		old[name] = true
	}
	own := map[string]bool{} // the files of the site after the update
	var moved []string
	for _, name := range staged {
		data, err := os.ReadFile(filepath.Join(u.Staging, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		// A file that was there before, and is the same by chance, stays its owner's.
		existing, err := os.ReadFile(filepath.Join(u.Site, filepath.FromSlash(name)))
		if err == nil && bytes.Equal(existing, data) && !old[name] && !u.Overwrite {
			continue
		}
		if err := u.Old.CheckReplace(u.Site, name, data); err != nil {
			return err
		}
		own[name] = true
		moved = append(moved, name)
	}
	for _, name := range u.Keep {
		if old[name] {
			own[name] = true
		}
	}
	for _, name := range moved {
		target := filepath.Join(u.Site, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(target), u.Folder); err != nil {
			return err
		}
		if err := atomicfile.Rename(filepath.Join(u.Staging, filepath.FromSlash(name)), target, u.File); err != nil {
			return err
		}
	}
	if u.Partial {
		return nil
	}
	u.New.Files = slices.Sorted(maps.Keys(own))
	for _, name := range u.Old.Files {
		if !own[name] && filepath.IsLocal(filepath.FromSlash(name)) {
			file := filepath.Join(u.Site, filepath.FromSlash(name))
			if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			if filepath.Dir(file) != u.Site {
				os.Remove(filepath.Dir(file)) // fails unless the folder is empty
			}
		}
	}
	return u.New.Write(u.Site)
}

// staged lists the new files, with slashes.
func (u Update) staged() ([]string, error) {
	prefix, _, _ := strings.Cut(StagedNotebook, "*")
	var names []string
	err := filepath.WalkDir(u.Staging, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(u.Staging, file)
		if err == nil && !strings.HasPrefix(entry.Name(), prefix) {
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	return names, err
}
