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

// Sound shows a player with a caption, label. The samples are between −1 and 1, mono, rate per
// second. The sound is a 16-bit WAV file inside the output, so that it plays offline.
//
// It panics if there are no samples, if one is not between −1 and 1, or if the rate is below
// 3,000 or above 192,000, which browsers cannot play.
func Sound(label string, samples []float64, rate int) {
	tag, err := player(label, samples, rate)
	if err != nil {
		panic(mistake("Sound", "%v", err))
	}
	send("text/html", tag, label)
}

// player returns a figure element that contains the sound.
func player(label string, samples []float64, rate int) (string, error) {
	wav, err := wave(samples, rate)
	if err != nil {
		return "", err
	}
	caption := html.EscapeString(label)
	return fmt.Sprintf(`<figure lang="%s"><figcaption>%s</figcaption><audio controls aria-label="%s" src="data:audio/wav;base64,%s"></audio></figure>`,
		lang.Tag(), caption, caption, base64.StdEncoding.EncodeToString(wav)), nil
}

// wave returns a WAV file (IBM and Microsoft 1991): a RIFF header, a 16-byte format chunk for
// linear PCM, and the samples as little-endian 16-bit integers.
func wave(samples []float64, rate int) ([]byte, error) {
	if len(samples) == 0 {
		return nil, fmt.Errorf("there are no samples")
	}
	if rate < 3000 || rate > 192000 {
		return nil, fmt.Errorf("%d samples per second: browsers play 3000 to 192000", rate)
	}
	const width = 2 // bytes per sample
	size := uint32(width * len(samples))
	var b bytes.Buffer
	b.WriteString("RIFF")
	for _, v := range []any{
		36 + size, [8]byte([]byte("WAVEfmt ")), uint32(16),
		uint16(1), uint16(1), uint32(rate), uint32(width * rate), uint16(width), uint16(8 * width),
		[4]byte([]byte("data")), size,
	} {
		_ = binary.Write(&b, binary.LittleEndian, v) // bytes.Buffer never fails
	}
	for i, s := range samples {
		if !(math.Abs(s) <= 1) {
			return nil, fmt.Errorf("sample %d is %v: must be between −1 and 1", i, s)
		}
		_ = binary.Write(&b, binary.LittleEndian, int16(math.Round(s*math.MaxInt16)))
	}
	return b.Bytes(), nil
}
