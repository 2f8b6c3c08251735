package kernel

import "testing"

// atEachLevel runs a test at each level that the processor has and the build allows.
func atEachLevel(t *testing.T, test func(t *testing.T)) {
	highest := level
	defer func() { level = highest }()
	for l := Portable; l <= highest; l++ {
		level = l
		t.Run(l.String(), test)
	}
}

func TestTheHighestAllowedLevelIsUsed(t *testing.T) {
	if want := min(available(), allowed); Current() != want {
		t.Errorf("the level is %v, want %v", Current(), want)
	}
}
