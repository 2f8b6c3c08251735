package live

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"

	"rnn101/internal/checkout"
	"rnn101/internal/site/render"
)

// bundler puts scripts and the npm packages that they import together, with esbuild.
type bundler struct {
	repo     *checkout.Checkout
	temp     string
	packages map[string]bool // those that are in the scripts
}

func newBundler(repo *checkout.Checkout) (*bundler, error) {
	temp, err := os.MkdirTemp("", "rnn101-live-")
	if err != nil {
		return nil, err
	}
	return &bundler{repo, temp, map[string]bool{}}, nil
}

func (b *bundler) remove() { os.RemoveAll(b.temp) }

// packageOf matches the path of a file of an npm package.
var packageOf = regexp.MustCompile(`.*node_modules/((?:@[^/]+/)?[^/]+)/`)

// bundle returns a script of the folder page with all that it imports.
func (b *bundler) bundle(ctx context.Context, name string) ([]byte, error) {
	about, out := filepath.Join(b.temp, "about.json"), filepath.Join(b.temp, "out.js")
	cmd := exec.CommandContext(ctx, b.program(), filepath.Join(render.Folder(b.repo), "live", "page", filepath.FromSlash(name)),
		"--bundle", "--minify", "--format=iife", "--target=es2022", "--charset=utf8", "--legal-comments=none", "--log-level=warning",
		"--external:node:readline", "--define:require.main=null", // what render's programs need only as processes
		"--outfile="+out, "--metafile="+about)
	cmd.Dir = b.temp
	cmd.Env = append(os.Environ(), "NODE_PATH="+b.repo.NodeModules())
	if output, err := cmd.CombinedOutput(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("putting the script %s together failed (%w):\n%s", name, err, output)
	}
	data, err := os.ReadFile(about)
	if err != nil {
		return nil, err
	}
	var made struct{ Inputs map[string]any }
	if err := json.Unmarshal(data, &made); err != nil {
		return nil, err
	}
	for path := range made.Inputs {
		if found := packageOf.FindStringSubmatch(path); found != nil {
			b.packages[found[1]] = true
		}
	}
	return os.ReadFile(out)
}

// program returns the path of esbuild, which npm installs for this system.
func (b *bundler) program() string {
	system, processor := runtime.GOOS, runtime.GOARCH
	if name := map[string]string{"windows": "win32"}[system]; name != "" {
		system = name
	}
	if name := map[string]string{"amd64": "x64", "386": "ia32"}[processor]; name != "" {
		processor = name
	}
	folder := filepath.Join(b.repo.NodeModules(), "@esbuild", system+"-"+processor)
	if system == "win32" {
		return filepath.Join(folder, "esbuild.exe")
	}
	return filepath.Join(folder, "bin", "esbuild")
}

// licences returns the licences of Go and of the packages in the scripts, which must go with them.
func (b *bundler) licences(repo *checkout.Checkout) ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(repo.GOROOT, "LICENSE"))
	if err != nil {
		return nil, err
	}
	all := fmt.Appendf(nil, "Go\n\n%s\n", text)
	for _, name := range slices.Sorted(maps.Keys(b.packages)) {
		found := false
		for _, file := range []string{"LICENSE", "LICENSE.md", "LICENSE.txt", "license", "README.md"} { // the last at least names it
			text, err := os.ReadFile(filepath.Join(b.repo.NodeModules(), filepath.FromSlash(name), file))
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, err
			}
			all, found = fmt.Appendf(all, "\n%s\n\n%s\n", name, text), true
			break
		}
		if !found {
			return nil, fmt.Errorf("the npm package %s has no licence, which must go with the pages", name)
		}
	}
	return all, nil
}
