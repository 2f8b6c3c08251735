package figure

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/png"
	"maps"
	"slices"
)

// Animation is a series of figures, shown one after the other. It plays once and ends on
// the last one.
type Animation struct {
	last *Figure
	alt  string
	gif  []byte
}

// Longest is how many seconds an animation may take.
const Longest = 5.0

// shortest is the least time of a frame, in hundredths of a second: browsers slow down
// what is faster.
const shortest = 2

// Animate returns an animation that takes a time from the first to the last frame. It
// returns an error unless there are at least two frames, all of one size, and time for
// each.
func Animate(frames []*Figure, seconds float64, alt string) (*Animation, error) {
	fail := func(format string, args ...any) (*Animation, error) {
		return nil, fmt.Errorf("plots: Animate: "+format, args...)
	}
	if len(frames) < 2 {
		return fail("there are %d frames: at least two are needed", len(frames))
	}
	if !(seconds > 0 && seconds <= Longest) {
		return fail("%v seconds: it must be more than 0 and at most %v", seconds, Longest)
	}
	delay := int(100 * seconds / float64(len(frames)-1))
	if delay < shortest {
		return fail("%d frames in %v seconds: at most %d can be seen", len(frames), seconds, int(100*seconds)/shortest+1)
	}
	images := make([]*image.RGBA, len(frames))
	for i, f := range frames {
		if f == nil {
			return fail("frame %d is nil", i)
		}
		data, err := f.PNG()
		if err != nil {
			return nil, err
		}
		decoded, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			return fail("frame %d: %w", i, err)
		}
		images[i] = image.NewRGBA(decoded.Bounds())
		draw.Draw(images[i], decoded.Bounds(), decoded, decoded.Bounds().Min, draw.Src)
		if images[i].Rect != images[0].Rect {
			return fail("frame %d has another size than frame 0", i)
		}
	}
	data, err := encode(images, delay)
	if err != nil {
		return fail("encoding the GIF: %w", err)
	}
	return &Animation{frames[len(frames)-1], alt, data}, nil
}

// Alt returns the alternative text: that of the last frame, and that it is animated.
func (a *Animation) Alt() string { return a.alt }

// Title returns the title drawn above the last frame.
func (a *Animation) Title() string { return a.last.Title() }

// Size returns the width and height in CSS pixels, 96 to the inch.
func (a *Animation) Size() (width, height float64) { return a.last.Size() }

// PNG returns the last frame, for where nothing can move.
func (a *Animation) PNG() ([]byte, error) { return a.last.PNG() }

// GIF returns the animation, of 144 dots per inch on white.
func (a *Animation) GIF() ([]byte, error) { return a.gif, nil }

// encode returns a GIF that shows each image for a time, in hundredths of a second, and
// keeps the last. An image after the first holds only the rectangle that changed.
func encode(images []*image.RGBA, delay int) ([]byte, error) {
	colours := palette(images)
	nearest := map[color.RGBA]uint8{}
	g := gif.GIF{LoopCount: -1, Config: image.Config{ColorModel: colours, Width: images[0].Rect.Dx(), Height: images[0].Rect.Dy()}}
	for i, img := range images {
		part := img.Rect
		if i > 0 {
			part = changed(images[i-1], img)
		}
		frame := image.NewPaletted(part, colours)
		for y := part.Min.Y; y < part.Max.Y; y++ {
			for x := part.Min.X; x < part.Max.X; x++ {
				c := img.RGBAAt(x, y)
				index, known := nearest[c]
				if !known {
					index = uint8(colours.Index(c))
					nearest[c] = index
				}
				frame.SetColorIndex(x, y, index)
			}
		}
		g.Image, g.Delay, g.Disposal = append(g.Image, frame), append(g.Delay, delay), append(g.Disposal, gif.DisposalNone)
	}
	var b bytes.Buffer
	err := gif.EncodeAll(&b, &g)
	return b.Bytes(), err
}

// palette returns the 256 most frequent colours, or all if there are fewer. Of colours
// that hardly differ it takes one.
func palette(images []*image.RGBA) color.Palette {
	count := map[color.RGBA]int{}
	for _, img := range images {
		for i := 0; i < len(img.Pix); i += 4 {
			count[color.RGBA{img.Pix[i], img.Pix[i+1], img.Pix[i+2], 0xFF}]++
		}
	}
	all := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	const most = 256
	coarse := map[color.RGBA]bool{}
	var chosen color.Palette
	for _, c := range all {
		similar := color.RGBA{c.R >> 3, c.G >> 3, c.B >> 3, 0}
		if len(chosen) < most && (len(all) <= most || !coarse[similar]) {
			coarse[similar] = true
			chosen = append(chosen, c)
		}
	}
	return chosen
}

// changed returns the smallest rectangle outside of which two images are equal. It holds
// at least one pixel.
func changed(a, b *image.RGBA) image.Rectangle {
	r := image.Rectangle{}
	for y := a.Rect.Min.Y; y < a.Rect.Max.Y; y++ {
		for x := a.Rect.Min.X; x < a.Rect.Max.X; x++ {
			if a.RGBAAt(x, y) != b.RGBAAt(x, y) {
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	if r.Empty() {
		return image.Rectangle{Min: a.Rect.Min, Max: a.Rect.Min.Add(image.Pt(1, 1))}
	}
	return r
}
