package system

import "testing"

func TestTheFirstLanguageOfTheCourseIsChosen(t *testing.T) {
	for _, c := range []struct {
		locales []string
		want    string
	}{
		{[]string{"ko_KR.UTF-8"}, "ko"},
		{[]string{"ko-KR"}, "ko"},
		{[]string{"ko"}, "ko"},
		{[]string{"KO_kr@euro\n"}, "ko"},
		{[]string{"kok-IN"}, "en"}, // Konkani
		{[]string{"C.UTF-8"}, "en"},
		{[]string{"de-DE", "ko-KR"}, "ko"},
		{[]string{"en-US", "ko-KR"}, "en"},
		{[]string{""}, "en"},
		{nil, "en"},
	} {
		if got := choose(c.locales); got != c.want {
			t.Errorf("%q: got %q, want %q", c.locales, got, c.want)
		}
	}
}
