package setup

import (
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
)

// interpreter is a Python that can make the environment: the command with its first
// arguments, and its version and path, which change when another Python is installed.
type interpreter struct {
	command  []string
	identity string
}

// probe prints the version and the path, or what is wrong. The path is in ASCII: the
// console's encoding may lack its letters, and print would fail.
const probe = `import sys
if sys.version_info < (3, 10): print("old", sys.version.split()[0]); sys.exit()
try:
    import venv, ensurepip
except ImportError as e: print("part", e.name); sys.exit()
print("good", sys.version.split()[0], sys.executable.encode("ascii", "backslashreplace").decode())`

// findPython looks for Python 3.10 or newer under its usual names.
func findPython() (interpreter, error) {
	names := [][]string{{"python3"}, {"python"}}
	if runtime.GOOS == "windows" {
		names = [][]string{{"py", "-3"}, {"python"}, {"python3"}}
	}
	problem := "Python is missing"
	for _, name := range names {
		out, err := exec.Command(name[0], append(name[1:], "-c", probe)...).Output()
		if err != nil {
			continue
		}
		status, rest, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
		switch status {
		case "good":
			return interpreter{name, rest}, nil
		case "old":
			problem = fmt.Sprintf("Python %s (%s) is too old", rest, name[0])
		case "part":
			problem = fmt.Sprintf("this Python (%s) lacks its module %s", name[0], rest)
		}
	}
	return interpreter{}, errors.New(problem + ": Python 3.10 or newer with venv is needed.\n" +
		"  Linux (Debian, Ubuntu): sudo apt install python3 python3-venv\n" +
		"  Linux (Fedora):         sudo dnf install python3\n" +
		"  macOS:                  brew install python, or the installer from https://www.python.org/downloads/\n" +
		"  Windows:                winget install Python.Python.3.12, or the installer from https://www.python.org/downloads/\n" +
		"Then call the same command again.")
}
