// Package manifest records what an exported site was made from and which files belong to it, and
// replaces these files. It knows nothing of notebooks.
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

// Manifest describes the last export of a site, in the file .rnn101-site.json: what each page was
// made from, so that the next export makes only what has changed, and which files belong to the
// site, so that it removes no others.
type Manifest struct {
	Pages map[string]*Entry `json:"pages"` // by address
	Files []string          `json:"files"` // all files of the site, with slashes
	// SharedKey is a hash of what the front pages and the search indexes were made from.
	SharedKey string `json:"together"`
}

// Entry describes a page.
type Entry struct {
	Key    string         `json:"key"` // a hash of what it was made from
	Report *render.Report `json:"report"`
}

// Name is the name of the manifest in the folder of a site.
const Name = ".rnn101-site.json"

// New returns an empty manifest.
func New() *Manifest { return &Manifest{Pages: map[string]*Entry{}} }

// Read reads the manifest of a site. If it is missing or invalid, Read returns an empty one.
func Read(folder string) *Manifest {
	m := New()
	data, err := os.ReadFile(filepath.Join(folder, Name))
	if err != nil || json.Unmarshal(data, m) != nil || m.Pages == nil {
		return New()
	}
	return m
}

// Write writes the manifest into the folder of the site.
func (m *Manifest) Write(folder string) error {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return atomicfile.WriteFile(filepath.Join(folder, Name), data, 0o666)
}

// Current reports whether a page of the site is up to date: made from what key is a hash of, and
// from files in notebookFolder that have not changed.
func (m *Manifest) Current(folder, name, notebookFolder, key string) bool {
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
		data, err := os.ReadFile(filepath.Join(notebookFolder, filepath.FromSlash(file)))
		if sum := sha256.Sum256(data); err != nil || hex.EncodeToString(sum[:]) != hash {
			return false
		}
	}
	return true
}

// RendererKey returns a hash of the programs, templates and styles that make pages.
func RendererKey(repo *checkout.Checkout) (string, error) {
	h := sha256.New()
	add := func(name string) error {
		data, err := os.ReadFile(name)
		if err != nil {
			return fmt.Errorf("%s is missing from the checkout: restore it with git restore (%w)", name, err)
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

// Key returns a hash of values, by their JSON.
func Key(parts ...any) (string, error) {
	data, err := json.Marshal(parts)
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])[:32], err
}

// Generator is in every page. An export may replace a page that contains it.
const Generator = `<meta name="generator" content="rnn101 course html">`

// CheckReplace returns an error if the file to be replaced does not belong to the site.
func (m *Manifest) CheckReplace(folder, name string, data []byte) error {
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
		return fmt.Errorf("%s is a folder, but the site needs a file of this name. Choose another folder with --out", target)
	}
	existing, err := os.ReadFile(target)
	if err != nil {
		return err
	}
	if bytes.Equal(existing, data) || filepath.Ext(name) == ".html" && bytes.Contains(existing[:min(len(existing), 2000)], []byte(Generator)) {
		return nil
	}
	return fmt.Errorf("%s was not written by course html and would be overwritten. Move it away, or choose another folder with --out", target)
}
