package release

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/lang"
)

// teacherConfig is the nbgrader_config.py of a teacher's course. It loads that of the
// checkout; teachers add their own settings below. load_subconfig ignores a file that does
// not exist, and nbgrader would then run what students handed in.
const teacherConfig = `# nbgrader's settings. The first lines load those of the checkout; add your own below.
c = get_config()
load_subconfig("nbgrader_config.py", path=%q)
if "exporter_class" not in c.Autograde:
    raise SystemExit("The folder in the line above does not exist. Call, in the course: go run ./course setup --teacher DIR")

# c.CourseDirectory.course_id = "rnn101"
# The file with the key of the hidden checks; by default that of "course grade".
# c.Submission.key = "key"
c.Submission.go = %q
`

// MakeNbgraderCourse puts what an nbgrader course needs into a folder: its settings, and
// the assignments with their solutions. Files that exist are kept.
func MakeNbgraderCourse(repo *checkout.Checkout, folder string) error {
	put := func(file string, data []byte) error {
		if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		// nbgrader keeps submissions and points in this folder.
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return err
		}
		return atomicfile.WriteFile(file, data, 0o666)
	}
	config := fmt.Sprintf(teacherConfig, nbgraderSettings(repo), repo.GoTool())
	if err := put(filepath.Join(folder, "nbgrader_config.py"), []byte(config)); err != nil {
		return err
	}
	for _, a := range assignment.All {
		data, err := os.ReadFile(repo.Assignment(lang.English, a.Name))
		if err != nil {
			return err
		}
		if err := put(filepath.Join(folder, "source", a.Name, a.Name+".ipynb"), data); err != nil {
			return err
		}
	}
	return nil
}
