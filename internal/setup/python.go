package setup

import (
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
)

// interpreter is a Python that can make the environment: the command that runs it, and
// its version with the folder of its installation, which change when another Python is
// installed.
type interpreter struct {
	command  []string
	identity string
}

// probe prints what an interpreter is, or what is missing. In an environment it names the
// Python that made it: editors activate .venv in their terminals, and .venv must not be
// made by the interpreter in it, nor be made anew for it. Paths are in ASCII, as JSON: the
// console's encoding may lack their letters, and print would fail.
const probe = `import json, sys
if sys.version_info < (3, 10): print("old", sys.version.split()[0]); sys.exit()
try:
    import venv, ensurepip
except ImportError as e: print("part", e.name); sys.exit()
print("good", sys.version.split()[0], json.dumps(sys.base_prefix))
print(json.dumps(sys.executable if sys.prefix == sys.base_prefix else sys._base_executable))`

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
		first, program, _ := strings.Cut(strings.TrimSpace(strings.ReplaceAll(string(out), "\r", "")), "\n")
		status, rest, _ := strings.Cut(first, " ")
		switch status {
		case "good":
			var path string
			if err := json.Unmarshal([]byte(program), &path); err != nil {
				continue
			}
			return interpreter{[]string{path}, rest}, nil
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
