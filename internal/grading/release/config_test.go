package release

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/checkout"
)

// A checkout in a folder with a space and Korean letters, with what the settings name.
func checkoutWithTools(t *testing.T) *checkout.Checkout {
	t.Helper()
	repo := &checkout.Checkout{Root: filepath.Join(t.TempDir(), "순환 신경망"), GOROOT: filepath.Join(t.TempDir(), "go")}
	for _, file := range []string{filepath.Join(repo.Root, "tools", "nbgrader", "nbgrader_config.py"), repo.GoTool()} {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return repo
}

func TestUpdateNbgraderConfigMendsPathsThatHaveGone(t *testing.T) {
	repo := checkoutWithTools(t)
	tools, goTool := filepath.Join(repo.Root, "tools", "nbgrader"), repo.GoTool()
	gone := filepath.Join(repo.Root, "classroom", "nbgrader")
	const own = "\n# my own lines\nc.CourseDirectory.course_id = \"rnn-2027\"\nc.Submission.key = \"/gone/key\"\n"
	for _, c := range []struct {
		name, before, after string
		lines               []string // named in the report
	}{
		{
			"made by this version",
			fmt.Sprintf(teacherConfig, tools, goTool) + own,
			fmt.Sprintf(teacherConfig, tools, goTool) + own,
			nil,
		},
		{
			"the settings have moved",
			fmt.Sprintf(teacherConfig, gone, goTool) + own,
			fmt.Sprintf(teacherConfig, tools, goTool) + own,
			[]string{"line 3"},
		},
		{
			"the settings have moved, and Go was updated",
			fmt.Sprintf(teacherConfig, gone, "/gone/go1.20/bin/go") + own,
			fmt.Sprintf(teacherConfig, tools, goTool) + own,
			[]string{"line 3", "line 10"},
		},
		{
			"Windows line ends",
			strings.ReplaceAll(fmt.Sprintf(teacherConfig, gone, goTool), "\n", "\r\n"),
			strings.ReplaceAll(fmt.Sprintf(teacherConfig, tools, goTool), "\n", "\r\n"),
			[]string{"line 3"},
		},
		{
			"go is found on PATH",
			fmt.Sprintf(teacherConfig, tools, "go"),
			fmt.Sprintf(teacherConfig, tools, "go"),
			nil,
		},
		{
			"the teacher's own",
			"c = get_config()\n# load_subconfig(\"nbgrader_config.py\", path=\"/gone\")\n",
			"c = get_config()\n# load_subconfig(\"nbgrader_config.py\", path=\"/gone\")\n",
			nil,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder := t.TempDir()
			file := filepath.Join(folder, "nbgrader_config.py")
			if err := os.WriteFile(file, []byte(c.before), 0o644); err != nil {
				t.Fatal(err)
			}
			changes, err := UpdateNbgraderConfig(repo, folder)
			if err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != c.after {
				t.Errorf("the file is\n%s\nwant\n%s", got, c.after)
			}
			if len(changes) != len(c.lines) {
				t.Fatalf("the changes are %q, want %q", changes, c.lines)
			}
			for i, line := range c.lines {
				if !strings.Contains(changes[i], line) || !strings.Contains(changes[i], file) {
					t.Errorf("the change is %q, want the file and %s named", changes[i], line)
				}
			}
		})
	}
	if changes, err := UpdateNbgraderConfig(repo, t.TempDir()); err != nil || len(changes) > 0 {
		t.Errorf("without a file: %v, %v", changes, err)
	}
}

// Without the course's settings nbgrader would run submissions outside the sandbox.
func TestAConfigWithoutTheCoursesSettingsIsRefused(t *testing.T) {
	if os.Getenv("RNN101_SETUP") != "1" {
		t.Skip("needs the set-up: call go run ./course test")
	}
	repo := &checkout.Checkout{Root: filepath.Join("..", "..", "..")}
	const load = `import sys
from traitlets.config import PyFileConfigLoader
PyFileConfigLoader("nbgrader_config.py", path=sys.argv[1]).load_config()`
	for name, settings := range map[string]string{"there": "c = get_config()\nc.Autograde.exporter_class = \"x\"\n", "gone": ""} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			tools := filepath.Join(folder, "도구 1")
			if err := os.Mkdir(tools, 0o755); err != nil {
				t.Fatal(err)
			}
			files := map[string]string{filepath.Join(folder, "nbgrader_config.py"): fmt.Sprintf(teacherConfig, tools, "go")}
			if settings != "" {
				files[filepath.Join(tools, "nbgrader_config.py")] = settings
			}
			for file, text := range files {
				if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			out, err := exec.Command(repo.Python(), "-c", load, folder).CombinedOutput()
			if (err != nil) != (settings == "") || err != nil && !strings.Contains(string(out), "setup --teacher") {
				t.Errorf("reading the settings ends with %v: %s", err, out)
			}
		})
	}
}
