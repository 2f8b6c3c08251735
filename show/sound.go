package show

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"html"
	"math"

	"rnn101/internal/lang"
)

// Sound shows a player for samples between −1 and 1, rate of them per second, in one
// channel, with what as its caption. The sound is a WAV file of 16 bits inside the page,
// so that it plays without a network.
//
// It panics if there are no samples, on one that is not between −1 and 1, and on a rate
// that browsers do not play: below 3,000 or above 192,000.
func Sound(what string, samples []float64, rate int) {
	tag, err := player(what, samples, rate)
	if err != nil {
		panic(fmt.Sprintf("show: Sound: %v", err))
	}
	send("text/html", tag, what)
}

func player(what string, samples []float64, rate int) (string, error) {
	wav, err := wave(samples, rate)
	if err != nil {
		return "", err
	}
	words := html.EscapeString(what)
	return fmt.Sprintf(`<figure lang="%s"><figcaption>%s</figcaption><audio controls aria-label="%s" src="data:audio/wav;base64,%s"></audio></figure>`,
		lang.Tag(), words, words, base64.StdEncoding.EncodeToString(wav)), nil
}

// wave makes a WAV file (IBM and Microsoft 1991): RIFF, a format chunk of 16 bytes for
// linear PCM, the samples as little-endian numbers of 16 bits.
func wave(samples []float64, rate int) ([]byte, error) {
	if len(samples) == 0 {
		return nil, fmt.Errorf("there are no samples")
	}
	if rate < 3000 || rate > 192000 {
		return nil, fmt.Errorf("%d samples a second: browsers play 3000 to 192000", rate)
	}
	const width = 2 // bytes a sample
	size := uint32(width * len(samples))
	var b bytes.Buffer
	b.WriteString("RIFF")
	for _, v := range []any{
		36 + size, [8]byte([]byte("WAVEfmt ")), uint32(16),
		uint16(1), uint16(1), uint32(rate), uint32(width * rate), uint16(width), uint16(8 * width),
		[4]byte([]byte("data")), size,
	} {
		_ = binary.Write(&b, binary.LittleEndian, v) // a buffer takes all
	}
	for i, s := range samples {
		if !(math.Abs(s) <= 1) {
			return nil, fmt.Errorf("sample %d is %v: samples lie between −1 and 1", i, s)
		}
		_ = binary.Write(&b, binary.LittleEndian, int16(math.Round(s*math.MaxInt16)))
	}
	return b.Bytes(), nil
}
