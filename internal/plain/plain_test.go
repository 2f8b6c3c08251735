package plain

import "testing"

func TestCharactersThatChangeOthersAreWrittenOut(t *testing.T) {
	for text, want := range map[string]string{
		"김하늘, Zoë, 박쥐 🦇": "김하늘, Zoë, 박쥐 🦇", "👩‍🏫": "👩‍🏫", "a\u3000b": "a\u3000b",
		"\x1b[2J\x1b]0;x\a": `\x1b[2J\x1b]0;x\a`, "lee\u202e02 fo 02": `lee\u202e02 fo 02`, "a\u2066b\u200fc\u061cd": `a\u2066b\u200fc\u061cd`,
		"x\r\u009b1m\x7f": `x\r\u009b1m\x7f`, "\u2028\ufeff": `\u2028\ufeff`, "two\n\tlines": "two\n\tlines", "\xff": "\ufffd", "'": "'", `"`: `"`,
	} {
		if got := Text(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
	if got := Line("a\nb\tc"); got != `a\nb\tc` {
		t.Errorf("%q", got)
	}
}
