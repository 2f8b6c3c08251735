// Package checkout finds the checkout of the course and knows its layout: the notebooks,
// the Python environment, the Go toolchain, and the environment variables for Jupyter and
// the kernels. It imports no other package of the course, so that all of them may import
// it.
package checkout

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"strings"
)

// Module is the path of the course's module. It is taken from the program itself, so that
// a rename of the module need not change it.
var Module = strings.TrimSuffix(reflect.TypeFor[Checkout]().PkgPath(), "/internal/checkout")

// Version is the version of the course. CITATION.cff has it, too.
const Version = "1.0.0"

// Checkout is a checkout of the course and the Go toolchain that works in it.
type Checkout struct {
	Root   string // absolute path
	GOROOT string // of the toolchain that go.mod selects
	Go     string // version of the toolchain, such as go1.26.0

	VenvName string // the folder of the Python environment in Root; empty: .venv
}

// Find returns the checkout that contains the working directory.
func Find() (*Checkout, error) {
	cmd := exec.Command("go", "env", "GOMOD", "GOROOT", "GOVERSION")
	cmd.Env = append(os.Environ(), "GOWORK=off")
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go env failed (%w). Install Go: https://go.dev/doc/install", withStderr(err))
	}
	fields := strings.Split(strings.ReplaceAll(string(out), "\r", ""), "\n")
	if len(fields) < 3 || fields[0] == "" || fields[0] == os.DevNull {
		return nil, errors.New("this is not a folder of the course: it has no go.mod, nor have its parents. Change into the checkout and call again")
	}
	data, err := os.ReadFile(fields[0])
	if err != nil {
		return nil, err
	}
	first, _, _ := strings.Cut(string(data), "\n")
	if name := strings.TrimSpace(strings.TrimPrefix(first, "module ")); name != Module {
		return nil, fmt.Errorf("%s belongs to another module (%s). Change into the checkout of the course and call again", fields[0], name)
	}
	root := filepath.Dir(fields[0])
	if strings.Contains(root, ",") {
		return nil, fmt.Errorf("the path %q has a comma, at which the Go kernel would split it. Move the checkout to a folder without a comma", root)
	}
	return &Checkout{Root: root, GOROOT: fields[1], Go: fields[2]}, nil
}

// Venv returns the folder of the Python environment.
func (c *Checkout) Venv() string {
	if c.VenvName != "" {
		return filepath.Join(c.Root, c.VenvName)
	}
	return filepath.Join(c.Root, ".venv")
}

// Bin returns the folder of the programs of the environment.
func (c *Checkout) Bin() string {
	if runtime.GOOS == "windows" {
		return filepath.Join(c.Venv(), "Scripts")
	}
	return filepath.Join(c.Venv(), "bin")
}

// Program returns the path of a program of the environment.
func (c *Checkout) Program(name string) string {
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(c.Bin(), name)
}

// GoTool returns the path of the go command of the toolchain.
func (c *Checkout) GoTool() string {
	tool := filepath.Join(c.GOROOT, "bin", "go")
	if runtime.GOOS == "windows" {
		tool += ".exe"
	}
	return tool
}

// Python returns the path of the environment's interpreter.
func (c *Checkout) Python() string { return c.Program("python") }

// NodeModules returns the folder of the npm packages that course html uses.
func (c *Checkout) NodeModules() string { return filepath.Join(c.Venv(), "pages", "node_modules") }

// Checkers returns the folder of the npm packages that check the pages, or a file in it.
func (c *Checkout) Checkers(file ...string) string {
	return filepath.Join(append([]string{c.Venv(), "checkers", "node_modules"}, file...)...)
}

// KernelFlags is the GOFLAGS of every cell. Without debug information and the output
// formats of gonum/plot that the course does not use, a cell links in half the time.
const KernelFlags = "-tags=minimal -ldflags=-w -buildvcs=false"

// KernelCgo is the CGO_ENABLED of every cell. Nothing of the course is written in C, and without
// cgo a cell takes a tenth less of the processors' time.
const KernelCgo = "0"

// Environ returns the environment for Jupyter and the kernels, with more appended: the
// programs and the kernel of the checkout come before any others.
func (c *Checkout) Environ(more ...string) []string {
	path := c.Bin() + string(os.PathListSeparator) + filepath.Join(c.GOROOT, "bin") + string(os.PathListSeparator) + os.Getenv("PATH")
	return append(os.Environ(), append([]string{
		"PATH=" + path,
		"VIRTUAL_ENV=" + c.Venv(),
		"GOWORK=",
		"GOFLAGS=" + KernelFlags,
		"CGO_ENABLED=" + KernelCgo,
		"JUPYTER_PREFER_ENV_PATH=1",
		"JUPYTER_PLATFORM_DIRS=1",
		"PYTHONUTF8=1",
		"PYDEVD_DISABLE_FILE_VALIDATION=1",
	}, more...)...)
}

// withStderr adds to the error of a command what it printed on standard error.
func withStderr(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) && len(exit.Stderr) > 0 {
		return fmt.Errorf("%w: %s", err, strings.TrimSpace(string(exit.Stderr)))
	}
	return err
}

// Notebooks returns the absolute paths of the notebooks of all editions: first the English ones,
// then the translations, sorted by tag. Each edition is sorted as by [Checkout.Edition].
func (c *Checkout) Notebooks() ([]string, error) {
	tags, err := c.tags("notebooks")
	if err != nil {
		return nil, err
	}
	var all []string
	for _, tag := range tags {
		edition, err := c.Edition(tag)
		if err != nil {
			return nil, err
		}
		all = append(all, edition...)
	}
	return all, nil
}

// Edition returns the absolute paths of the lecture's notebooks in a language, given by its tag, and
// then those of the worked solutions, each sorted by name.
func (c *Checkout) Edition(tag string) ([]string, error) {
	folder := c.EditionFolder(tag)
	return c.notebooks(folder, filepath.Join(folder, "solutions"))
}

// EditionFolder returns the folder of the notebooks in a language, relative to Root. A translation
// has a folder beside the English notebooks, named by the tag.
func (c *Checkout) EditionFolder(tag string) string {
	return filepath.Join("notebooks", subfolder(tag))
}

// FirstNotebook returns the notebook with which a reader of a language begins, relative to the
// EditionFolder of English, which holds those of the translations.
func (c *Checkout) FirstNotebook(tag string) string {
	return filepath.Join(subfolder(tag), "00_start_here.ipynb")
}

// subfolder returns where a language is in a folder whose English files are not in one of their own.
func subfolder(tag string) string {
	if tag == english {
		return ""
	}
	return tag
}

// tags returns the tags of the editions in a folder: English, then the translations, sorted.
func (c *Checkout) tags(folder string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(c.Root, folder))
	if err != nil {
		return nil, err
	}
	tags := []string{english}
	for _, entry := range entries {
		if entry.IsDir() && translation.MatchString(entry.Name()) {
			tags = append(tags, entry.Name())
		}
	}
	return tags, nil
}

// english is the tag of the edition that is not in a folder of its own.
const english = "en"

// translation matches the names of the folders of translations: the tags of languages.
var translation = regexp.MustCompile(`^[a-z]{2,3}$`)

// Assignments returns the absolute paths of the assignments' notebooks, which contain the
// solutions, of all editions: first the English ones, then the translations, each sorted by name.
func (c *Checkout) Assignments() ([]string, error) {
	tags, err := c.AssignmentTags()
	if err != nil {
		return nil, err
	}
	var all []string
	for _, tag := range tags {
		edition, err := c.AssignmentsIn(tag)
		if err != nil {
			return nil, err
		}
		all = append(all, edition...)
	}
	return all, nil
}

// AssignmentsIn returns those in a language, given by its tag.
func (c *Checkout) AssignmentsIn(tag string) ([]string, error) {
	folder := assignmentsFolder(tag)
	entries, err := os.ReadDir(filepath.Join(c.Root, folder))
	if err != nil {
		return nil, err
	}
	var folders []string
	for _, entry := range entries {
		if entry.IsDir() && !(tag == english && translation.MatchString(entry.Name())) {
			folders = append(folders, filepath.Join(folder, entry.Name()))
		}
	}
	return c.notebooks(folders...)
}

// AssignmentTags returns the tags of the languages in which there are assignments: English, then the
// others, sorted.
func (c *Checkout) AssignmentTags() ([]string, error) { return c.tags("assignments") }

// Assignment returns the path of the notebook of an assignment, such as a1, in a language. A
// translation has a folder beside the English assignments, named by the tag.
func (c *Checkout) Assignment(tag, name string) string {
	return filepath.Join(c.Root, assignmentsFolder(tag), name, name+".ipynb")
}

func assignmentsFolder(tag string) string { return filepath.Join("assignments", subfolder(tag)) }

// lectureName matches the names of the lecture's notebooks, lectureFolder those of their folders, and
// gradedFolder those of the assignments, with the tag of a translation.
var (
	lectureName   = regexp.MustCompile(`^\d\d_.*\.ipynb$`)
	lectureFolder = regexp.MustCompile(`^notebooks(/[a-z]{2,3})?(/solutions)?$`)
	gradedFolder  = regexp.MustCompile(`^assignments/(?:([a-z]{2,3})/)?[^/]+$`)
)

// Owns reports whether a notebook is one of the course, by its path. Readers keep notebooks of
// their own in the checkout, too.
func (c *Checkout) Owns(path string) bool {
	folder, name := filepath.Split(c.Rel(path))
	folder = filepath.ToSlash(filepath.Clean(folder))
	if lectureFolder.MatchString(folder) {
		return lectureName.MatchString(name)
	}
	graded := gradedFolder.FindStringSubmatch(folder)
	return graded != nil && path == c.Assignment(cmp.Or(graded[1], english), strings.TrimSuffix(name, ".ipynb"))
}

func (c *Checkout) notebooks(folders ...string) ([]string, error) {
	var all []string
	for _, folder := range folders {
		entries, err := os.ReadDir(filepath.Join(c.Root, folder))
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			if filepath.Ext(entry.Name()) == ".ipynb" {
				all = append(all, filepath.Join(c.Root, folder, entry.Name()))
			}
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no notebooks in %s", filepath.Join(c.Root, folders[0]))
	}
	return all, nil
}

// Rel returns a path relative to the checkout, or unchanged if it is outside.
func (c *Checkout) Rel(path string) string {
	if r, err := filepath.Rel(c.Root, path); err == nil && filepath.IsLocal(r) {
		return r
	}
	return path
}
