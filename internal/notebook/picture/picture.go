// Package picture compares images that two runs of a cell have drawn. It knows nothing of notebooks.
package picture

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/draw"
	"image/gif"
	"image/png"
	"slices"
	"strings"
)

// Two images are equal if hardly any pixel differs much: rounding in the last bit changes
// the pixels at the edge of a line a little.
const (
	maxChannelDifference = 24     // of 255, in each of the three channels
	maxDifferingPixels   = 0.0005 // fraction of the pixels that may differ by more
)

// Compare compares two PNGs, or two GIFs frame by frame, in base64. It returns "" or
// the difference.
func Compare(want, got string) string {
	if want == got {
		return ""
	}
	a, delaysA, err := decode(want)
	if err != nil {
		return fmt.Sprintf("the committed image cannot be read: %v", err)
	}
	b, delaysB, err := decode(got)
	if err != nil {
		return fmt.Sprintf("the image of this run cannot be read: %v", err)
	}
	if !slices.Equal(delaysA, delaysB) {
		return fmt.Sprintf("the frames are shown for %v hundredths of a second, the committed ones for %v", delaysB, delaysA)
	}
	for i := range a {
		if what := compareFrames(a[i], b[i]); what != "" {
			return what
		}
	}
	return ""
}

func compareFrames(a, b image.Image) string {
	if a.Bounds().Size() != b.Bounds().Size() {
		return fmt.Sprintf("the image has %v pixels, the committed one %v", b.Bounds().Size(), a.Bounds().Size())
	}
	size, different := a.Bounds().Size(), 0
	for y := range size.Y {
		for x := range size.X {
			if pixelDiffers(a, b, x, y) {
				different++
			}
		}
	}
	if share := float64(different) / float64(size.X*size.Y); share > maxDifferingPixels {
		return fmt.Sprintf("the image differs from the committed one in %.2f %% of its pixels", 100*share)
	}
	return ""
}

func pixelDiffers(a, b image.Image, x, y int) bool {
	r1, g1, b1, _ := a.At(a.Bounds().Min.X+x, a.Bounds().Min.Y+y).RGBA()
	r2, g2, b2, _ := b.At(b.Bounds().Min.X+x, b.Bounds().Min.Y+y).RGBA()
	return channelDiffers(r1, r2) || channelDiffers(g1, g2) || channelDiffers(b1, b2)
}

func channelDiffers(p, q uint32) bool { return max(p, q)-min(p, q) > maxChannelDifference*0x101 }

// decode returns the frames of an image as they are seen, and how long each is shown. A PNG
// has one.
func decode(encoded string) (frames []image.Image, delays []int, err error) {
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(encoded), ""))
	if err != nil {
		return nil, nil, err
	}
	if !bytes.HasPrefix(data, []byte("GIF8")) {
		img, err := png.Decode(bytes.NewReader(data))
		return []image.Image{img}, []int{0}, err
	}
	g, err := gif.DecodeAll(bytes.NewReader(data))
	if err != nil {
		return nil, nil, err
	}
	seen := image.NewRGBA(image.Rect(0, 0, g.Config.Width, g.Config.Height))
	for _, part := range g.Image { // each is drawn over those before it
		draw.Draw(seen, part.Rect, part, part.Rect.Min, draw.Over)
		frame := *seen
		frame.Pix = slices.Clone(seen.Pix)
		frames = append(frames, &frame)
	}
	return frames, g.Delay, nil
}
