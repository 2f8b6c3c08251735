//go:build !windows

package system

import "testing"

func TestTheFirstVariableThatIsSetDecides(t *testing.T) {
	for _, c := range []struct{ all, messages, lang, want string }{
		{"", "", "ko_KR.UTF-8", "ko"},
		{"", "ko_KR.UTF-8", "en_US.UTF-8", "ko"},
		{"C", "ko_KR.UTF-8", "ko_KR.UTF-8", "en"},
		{"ko_KR.UTF-8", "C", "C", "ko"},
	} {
		t.Setenv("LC_ALL", c.all)
		t.Setenv("LC_MESSAGES", c.messages)
		t.Setenv("LANG", c.lang)
		if got := Tag(); got != c.want {
			t.Errorf("LC_ALL=%s LC_MESSAGES=%s LANG=%s: got %q, want %q", c.all, c.messages, c.lang, got, c.want)
		}
	}
}
