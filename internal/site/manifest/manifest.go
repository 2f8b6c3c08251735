// Package manifest keeps what an exported site remembers of itself.
package manifest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
	"rnn101/internal/setup"
	"rnn101/internal/site/render"
)

// Manifest is what a site remembers of its last export, in the file .rnn101-site.json:
// which page came of what, so that the next export makes only what has changed, and
// which files are its own, so that it removes no other.
type Manifest struct {
	Pages map[string]*Entry `json:"pages"` // by the page's address
	Files []string          `json:"files"` // all files of the site, with slashes
	// By what the front pages and the indexes of the search were made.
	Together string `json:"together"`
}

// Entry is what is known of a page.
type Entry struct {
	Key    string         `json:"key"` // a hash of all that it was made of
	Report *render.Report `json:"report"`
}

// Name is the name of the file.
const Name = ".rnn101-site.json"

// New returns an empty manifest.
func New() *Manifest { return &Manifest{Pages: map[string]*Entry{}} }

// Read reads the manifest of a folder; one that cannot be read counts as none.
func Read(folder string) *Manifest {
	m := New()
	data, err := os.ReadFile(filepath.Join(folder, Name))
	if err != nil || json.Unmarshal(data, m) != nil || m.Pages == nil {
		return New()
	}
	return m
}

// Write writes the manifest into the folder of its site.
func (m *Manifest) Write(folder string) error {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return atomicfile.WriteFile(filepath.Join(folder, Name), data, 0o666)
}

// Current reports whether a page is in the folder already, made from the same: from what
// the key is a hash of, and from the files beside its notebook, which is in another folder.
func (m *Manifest) Current(folder, name, beside, key string) bool {
	e := m.Pages[name]
	if e == nil || e.Key != key || e.Report == nil {
		return false
	}
	for _, file := range append([]string{name}, e.Report.Files...) {
		if _, err := os.Stat(filepath.Join(folder, filepath.FromSlash(file))); err != nil {
			return false
		}
	}
	for file, hash := range e.Report.Beside {
		data, err := os.ReadFile(filepath.Join(beside, filepath.FromSlash(file)))
		if sum := sha256.Sum256(data); err != nil || hex.EncodeToString(sum[:]) != hash {
			return false
		}
	}
	return true
}

// ProgramKey changes with anything that makes pages.
func ProgramKey(repo *checkout.Checkout) (string, error) {
	h := sha256.New()
	add := func(name string) error {
		data, err := os.ReadFile(name)
		if err != nil {
			return fmt.Errorf("the checkout lacks %s: take it back from git (%w)", name, err)
		}
		fmt.Fprintf(h, "%s %d\n%s", filepath.Base(name), len(data), data)
		return nil
	}
	for _, lock := range setup.PageLocks {
		if err := add(filepath.Join(repo.Root, lock)); err != nil {
			return "", err
		}
	}
	err := filepath.WalkDir(render.Folder(repo), func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == "__pycache__":
			return fs.SkipDir
		case entry.IsDir() || filepath.Ext(name) == ".go":
			return nil
		}
		return add(name)
	})
	return hex.EncodeToString(h.Sum(nil)), err
}

// Key is a hash of values that can be written as JSON.
func Key(parts ...any) (string, error) {
	data, err := json.Marshal(parts)
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])[:32], err
}

// Generator is in every page, and says that it may be replaced by the next export.
const Generator = `<meta name="generator" content="rnn101 course html">`

// MayReplace returns an error if another's file stands where one of the site has to go.
func (m *Manifest) MayReplace(folder, name string, data []byte) error {
	for _, own := range m.Files {
		if own == name {
			return nil
		}
	}
	target := filepath.Join(folder, filepath.FromSlash(name))
	info, err := os.Stat(target)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.IsDir() {
		return fmt.Errorf("%s is a folder, and a file of the site would have to stand there. Choose another folder with --out", target)
	}
	there, err := os.ReadFile(target)
	if err != nil {
		return err
	}
	if bytes.Equal(there, data) || filepath.Ext(name) == ".html" && bytes.Contains(there[:min(len(there), 2000)], []byte(Generator)) {
		return nil
	}
	return fmt.Errorf("%s was not made by course html and would be overwritten. Choose another folder with --out, or move it away", target)
}
