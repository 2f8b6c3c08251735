package plots

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg/draw"
)

// axes is a chart with an x and a y axis, in the manner of the course.
type axes struct {
	*plot.Plot
	figure *Figure
}

func newAxes(width, height float64, title, x, y string) *axes {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = title, x, y
	p.Title.TextStyle = Text(TitleText, Black)
	p.Title.TextStyle.YAlign = text.YTop
	p.Title.Padding = Px(10)
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		rotation := axis.Label.TextStyle.Rotation
		axis.Label.TextStyle = Text(NormalText, Black)
		axis.Label.TextStyle.YAlign = text.YBottom
		axis.Label.TextStyle.Rotation = rotation
		axis.Label.Padding = Px(4)
		x, y := axis.Tick.Label.XAlign, axis.Tick.Label.YAlign
		axis.Tick.Label = Text(SmallText, Black)
		axis.Tick.Label.XAlign, axis.Tick.Label.YAlign = x, y
		axis.Tick.Marker = Linear{}
		axis.LineStyle.Color, axis.Tick.LineStyle.Color = Grey, Grey
	}
	p.Legend.TextStyle = Text(SmallText, Black)
	p.Legend.TextStyle.XAlign, p.Legend.TextStyle.YAlign = text.XLeft, text.YBottom
	p.Legend.Top, p.Legend.Left = true, false
	p.Legend.ThumbnailWidth = Px(34)
	p.Legend.Padding = Px(4)
	return &axes{p, &Figure{width: width, height: height, title: title, texts: []string{title, x, y}}}
}

// done makes the figure, with margins all around so that it stands on a dark page.
func (a *axes) done(alt string, names ...string) (*Figure, error) {
	f := a.figure
	f.alt = alt
	f.texts = append(append(f.texts, names...), alt)
	f.paint = func(c draw.Canvas) {
		c.SetColor(White)
		c.Fill(c.Rectangle.Path())
		a.Draw(draw.Crop(c, Px(14), -Px(18), Px(12), -Px(14)))
	}
	return f.finish()
}
