package collect

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"rnn101/internal/grading/submission"
)

// maxDepth is how deep in a student's folder a notebook may be.
const maxDepth = 4

// listFolder lists the entries in a folder. It does not follow links.
func listFolder(source string) ([]entry, error) {
	var all []entry
	err := filepath.WalkDir(source, func(file string, d fs.DirEntry, err error) error {
		name, relative := filepath.Rel(source, file)
		switch {
		case file == source || relative != nil:
			return errors.Join(err, relative)
		case err != nil:
			all = append(all, entry{name: filepath.ToSlash(name), problem: "it cannot be read: " + err.Error()})
			return fs.SkipDir
		case ignored(filepath.ToSlash(name)):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		e := entry{name: strings.ToValidUTF8(filepath.ToSlash(name), "\ufffd"), file: file, folder: d.IsDir()}
		if trimmed := strings.Trim(strings.ReplaceAll(e.name, "\\", "/"), "/"); trimmed != "" && !strings.Contains(trimmed, "//") {
			e.name = trimmed // unpacked from a zip that has backslashes
		}
		switch {
		case d.Type()&fs.ModeSymlink != 0:
			e.problem = submission.Link.Text()
		case !d.IsDir() && !d.Type().IsRegular():
			e.problem = submission.Irregular.Text()
		}
		all = append(all, e)
		if d.IsDir() && strings.Count(e.name, "/") >= maxDepth {
			return fs.SkipDir
		}
		return nil
	})
	return all, err
}

// ignored reports whether a file was left behind by the operating system or JupyterLab. A dot
// at the start of a student's own folder is not enough: no student may be missed.
func ignored(name string) bool {
	base := path.Base(name)
	switch base {
	case "__MACOSX", "Thumbs.db", "desktop.ini", "__pycache__", ".DS_Store", ".git", ".ipynb_checkpoints":
		return true
	}
	return strings.HasPrefix(base, "._") || base != name && strings.HasPrefix(base, ".")
}
