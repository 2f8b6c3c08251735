package show

import (
	"encoding/base64"
	"regexp"
	"strings"
	"testing"
	"time"
)

// The WAV file with the samples 0, 1, −1, by the published format.
const threeSamples = "RIFF\x2a\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00" +
	"data\x06\x00\x00\x00\x00\x00\xff\x7f\x01\x80"

func TestSoundIsAWavFile(t *testing.T) {
	tag, err := player("a <tone>", []float64{0, 1, -1}, 8000)
	if err != nil {
		t.Fatal(err)
	}
	data := regexp.MustCompile(`src="data:audio/wav;base64,([^"]*)"`).FindStringSubmatch(tag)
	if data == nil {
		t.Fatalf("%s contains no sound", tag)
	}
	wav, err := base64.StdEncoding.DecodeString(data[1])
	if err != nil {
		t.Fatal(err)
	}
	if string(wav) != threeSamples {
		t.Errorf("got  %q\nwant %q", wav, threeSamples)
	}
	if !strings.Contains(tag, "<figcaption>a &lt;tone&gt;</figcaption>") || !strings.Contains(tag, `aria-label="a &lt;tone&gt;"`) {
		t.Errorf("the text is missing or not escaped: %s", tag)
	}
}

func TestSoundRejectsWhatCannotBePlayed(t *testing.T) {
	for want, call := range map[string]func() (string, error){
		"no samples":    func() (string, error) { return player("a", nil, 8000) },
		"sample 1 is 2": func() (string, error) { return player("a", []float64{0, 2}, 8000) },
		"8 samples per": func() (string, error) { return player("a", []float64{0}, 8) },
	} {
		if _, err := call(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
	}
}

func TestProgressEstimatesTheTimeLeft(t *testing.T) {
	p := Progress("training", 400)
	for done, want := range map[int]string{
		100: "… training: 100 of 400 steps, about 30 s left",
		400: "✓ training: all 400 steps done",
	} {
		if got := p.line(done, 10*time.Second); got != want {
			t.Errorf("after %d steps the line is %q, want %q", done, got, want)
		}
	}
}
