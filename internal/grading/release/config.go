package release

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
)

// UpdateNbgraderConfig corrects the paths in a teacher's nbgrader_config.py that
// MakeNbgraderCourse wrote and that no longer exist: the checkout was moved, an earlier
// version had another layout, or Go was updated. It returns a sentence for each line that
// it changed. All other lines are the teacher's and stay.
func UpdateNbgraderConfig(repo *checkout.Checkout, folder string) (changes []string, err error) {
	file := filepath.Join(folder, "nbgrader_config.py")
	old, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	lines := strings.Split(string(old), "\n")
	for i, line := range lines {
		for _, setting := range settings {
			m := setting.line.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			was, err := strconv.Unquote(m[2])
			if err != nil || setting.exists(was) {
				continue
			}
			now := setting.path(repo)
			lines[i] = m[1] + strconv.Quote(now) + m[3]
			changes = append(changes, fmt.Sprintf("%s, line %d: %s does not exist any more; the line now names %s", file, i+1, was, now))
		}
	}
	if len(changes) == 0 {
		return nil, nil
	}
	return changes, atomicfile.CompareAndSwap(file, old, []byte(strings.Join(lines, "\n")), 0o666)
}

// settings are the lines of teacherConfig that hold a path.
var settings = []struct {
	line   *regexp.Regexp
	exists func(path string) bool
	path   func(repo *checkout.Checkout) string
}{
	{
		regexp.MustCompile(`^(load_subconfig\("nbgrader_config\.py", path=)("(?:[^"\\]|\\.)*")(\)\s*)$`),
		func(path string) bool {
			_, err := os.Stat(filepath.Join(path, "nbgrader_config.py"))
			return err == nil
		},
		nbgraderSettings,
	},
	{
		regexp.MustCompile(`^(c\.Submission\.go = )("(?:[^"\\]|\\.)*")(\s*)$`),
		func(path string) bool {
			_, err := exec.LookPath(path)
			return err == nil
		},
		(*checkout.Checkout).GoTool,
	},
}

// nbgraderSettings is the folder with the course's nbgrader_config.py.
func nbgraderSettings(repo *checkout.Checkout) string {
	return filepath.Join(repo.Root, "tools", "nbgrader")
}
