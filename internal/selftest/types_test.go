package selftest

import (
	"strings"
	"testing"
)

func TestWhatCompilersForOtherSystemsRefuseIsFound(t *testing.T) {
	for _, c := range []struct{ name, system, processor, file, text, want string }{
		{"a function that is missing", "windows", "amd64", "p/p_windows.go", "package p\n\nfunc f() { g() }\n", "p_windows.go:3:12: undefined: g"},
		{"a function of a dependency", "windows", "amd64", "q/q_windows.go", "package q\n\nimport \"fuzzed/p\"\n\nvar _ = p.OnLinux\n", "q_windows.go:5:11: undefined: p.OnLinux"},
		{"a part of the standard library", "windows", "amd64", "p/p_windows.go", "package p\n\nimport \"syscall\"\n\nvar _ = syscall.Kill\n", "undefined: syscall.Kill"},
		{"an import that is not used", "windows", "amd64", "p/p_windows.go", "package p\n\nimport \"os\"\n", `"os" imported and not used`},
		{"a test", "windows", "amd64", "p/p_windows_test.go", "package p_test\n\nvar _ int = \"one\"\n", "p_windows_test.go:3:13"},
		{"newer Go", "windows", "amd64", "p/p_windows.go", "package p\n\nvar _ = func() { for range 3 {} }\n", "requires go1.22"},
		{"a mistake in the syntax", "windows", "amd64", "p/p_windows.go", "package p\n\nfunc {\n", "p_windows.go:3"},
		{"a number that an int of 32 bits cannot hold", "linux", "386", "p/p_386.go", "package p\n\nconst c int = 1 << 40\n", "(overflows)"},
		{"nothing", "windows", "amd64", "p/p_linux_test.go", "package p\n\nvar _ = undefined\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{"p/p.go": "package p\n", "p/p_linux.go": "package p\n\nfunc OnLinux() {}\n", c.file: c.text}
			if c.name == "newer Go" {
				files["go.mod"] = "module fuzzed\n\ngo 1.21\n"
			}
			s, _ := newSuite(t, module(t, files))
			err := s.checkTypes(t.Context(), c.system, c.processor, "./...")
			if c.want == "" {
				if err != nil {
					t.Errorf("the error is %v, want none", err)
				}
			} else if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v, want one with %q", err, c.want)
			}
		})
	}
}
