package gonb

import (
	"strings"
	"testing"
)

// Nothing of a comment is left, whatever stands for the end of a line in it: what is left of one could be
// a directive to the compiler. The declarations stay, on their lines.
func TestNoCommentIsLeft(t *testing.T) {
	const declared = "func f() {}"
	for _, comment := range []string{
		"// x", "//go:noinline", "/* x */", "/**/", "/*/ x */", "/* // */", "// /*", "/* \n//go:noinline\n*/", "//line x.go:7", "/*line x.go:7*/", "// x\\",
		"//\rgo:noinline", "// x\r//go:noinline", "\r// x\r\r", "/*\r*/", "/*\r\r\r*/", "/*\r/\r*\r/*/", "/* x\r\r\n//go:noinline\r\r\n*/", "/* x *\r/ // x */", "//\r\r\r\r\r\n//go:noinline\r",
		"// 한글\r끝", "/* 한\r글 */", "/* \xff\r */", "// x\u2028//go:noinline", "// x\x00",
	} {
		for _, end := range []string{"\n", "\r\n", "\r\r\n"} {
			source := strings.ReplaceAll(comment, "\n", end) + end + declared + " " + comment + end + declared
			got := KeepGo(source)
			if strings.ContainsAny(got, "/*:") || strings.Contains(got, "x") || strings.Contains(got, "go") {
				t.Errorf("%q becomes %q", source, got)
			}
			if n := strings.Count(got, declared); n != 2 {
				t.Errorf("%q becomes %q, with %d declarations of 2", source, got, n)
			}
			if lines := strings.Count(got, "\n"); lines != strings.Count(source, "\n") {
				t.Errorf("%q has %d lines more", source, lines-strings.Count(source, "\n"))
			}
		}
	}
}

// What looks like a comment in a text is none.
func TestTextsKeepWhatLooksLikeAComment(t *testing.T) {
	for _, source := range []string{"var x = \"// x\"", "var x = `/* x\n// x */`", "var x = '/' // y", "var x = \"\\\"// x\""} {
		if got := strings.TrimRight(KeepGo(source), " "); got != strings.TrimSuffix(source, " // y") {
			t.Errorf("%q becomes %q", source, got)
		}
	}
}
