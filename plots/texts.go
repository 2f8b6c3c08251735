package plots

import "rnn101/lang"

// texts is the catalogue of this package.
var texts = lang.Texts{
	"steps":       {lang.English: "steps of training"},
	"loss":        {lang.English: "loss"},
	"probability": {lang.English: "probability"},

	"lines.at":      {lang.English: "%s at %s"},
	"lines.ends":    {lang.English: "%s: from %s to %s."},
	"lines.through": {lang.English: "%s: %s, %s, %s."},
	"lines.level":   {lang.English: "A dotted line marks %s at %s."},

	"bars.top": {lang.English: "%s: %s is most likely, %s"},
	"bars.tie": {lang.English: "%s: %s are most likely, %s each"},
	"bars.alt": {lang.English: "Bar chart of probabilities."},

	"loss.goes.falls":   {lang.English: "The loss falls from %[1]s to %[2]s in %[3]d steps"},
	"loss.goes.rises":   {lang.English: "The loss rises from %[1]s to %[2]s in %[3]d steps"},
	"loss.named.falls":  {lang.English: "%[4]s: the loss falls from %[1]s to %[2]s in %[3]d steps."},
	"loss.named.rises":  {lang.English: "%[4]s: the loss rises from %[1]s to %[2]s in %[3]d steps."},
	"loss.ends":         {lang.English: "%s ends at %s"},
	"loss.alt.linear":   {lang.English: "Line chart of the loss against the steps of training."},
	"loss.alt.x":        {lang.English: "Line chart of the loss against the steps of training, these on a logarithmic axis."},
	"loss.alt.y":        {lang.English: "Line chart of the loss, on a logarithmic axis, against the steps of training."},
	"loss.alt.both":     {lang.English: "Line chart of the loss against the steps of training, both axes logarithmic."},
	"loss.at":           {lang.English: "%s after %d"},
	"loss.between":      {lang.English: "On the way: %s."},
	"loss.none":         {lang.English: "There are no round steps between."},
	"loss.floor":        {lang.English: "A dotted line marks %s at %s."},
	"plane.title":       {lang.English: "Where each hidden state begins (hollow) and ends (filled)"},
	"plane.axis":        {lang.English: "entry %d of h"},
	"plane.alt":         {lang.English: "The plane of the two entries of the hidden state, from −1 to 1. A path for each state while the net learns."},
	"plane.path":        {lang.English: "%s goes from (%s, %s) to (%s, %s)."},
	"norms.x":           {lang.English: "steps back in time"},
	"norms.y":           {lang.English: "norm of the gradient"},
	"norms.alt":         {lang.English: "Line chart of the norm of a gradient, on a logarithmic axis, against the steps back in time."},
	"norms.series":      {lang.English: "%s: from %s at the loss itself to %s, %d steps back."},
	"norms.title.falls": {lang.English: "The gradient falls from %s to %s in %d steps back"},
	"norms.title.grows": {lang.English: "The gradient grows from %s to %s in %d steps back"},
	"norms.title.many":  {lang.English: "%d steps back — %s"},
	"norms.title.end":   {lang.English: "%s: %s"},

	"unrolled.title":       {lang.English: "One net, drawn once for each of %d steps"},
	"unrolled.target":      {lang.English: "target %s"},
	"unrolled.alt":         {lang.English: "The recurrent net unrolled over %d steps. At each step an arrow U leads from the input up to the hidden state, an arrow W from the hidden state before it, and an arrow V up to the output. U, W and V are the same at each step."},
	"unrolled.step":        {lang.English: "Step %d reads %s."},
	"unrolled.step.target": {lang.English: "Step %d reads %s, its target is %s."},

	"routes.title":   {lang.English: "From the loss %s back to every copy of W"},
	"routes.direct":  {lang.English: "direct"},
	"routes.through": {lang.English: "indirect, back through %s"},
	"routes.alt":     {lang.English: "The net unrolled over %d steps, with the routes on which the loss %s reaches the copies of W."},
	"routes.one":     {lang.English: "Route %s: by %s to %s."},

	"paths.title": {lang.English: "Entry %s of each cell; the sum is %s"},
	"paths.alt":   {lang.English: "Table of paths for the entry %s: a row for each loss, a column for each copy of W; nothing above the diagonal."},
	"paths.sum":   {lang.English: "The sum of all is %s."},

	"grid.title":   {lang.English: "%d rows, %d columns"},
	"grid.alt":     {lang.English: "%s: a grid of coloured squares in %d rows."},
	"grid.columns": {lang.English: "Columns: %s."},
	"grid.row":     {lang.English: "row %d"},
	"grid.frame":   {lang.English: "Framed squares, by row and column: %s."},

	"truncated.title":    {lang.English: "The gradient is cut after every %d steps; the values are not"},
	"truncated.forward":  {lang.English: "values, forward"},
	"truncated.backward": {lang.English: "gradient, backward"},
	"truncated.stops":    {lang.English: "the gradient stops here"},
	"truncated.cut":      {lang.English: "Between %s and %s the value goes on, the gradient stops."},
	"truncated.none":     {lang.English: "There is no cut."},
	"truncated.alt":      {lang.English: "The net unrolled over %d steps. Grey arrows lead forward from each state to the next, dashed ones carry the gradient back."},
	"truncation.x":       {lang.English: "steps that the gradient goes back"},
	"truncation.y":       {lang.English: "relative error of the gradient"},
	"truncation.alt":     {lang.English: "Line chart of the relative error of a truncated gradient against the steps that it goes back."},
	"truncation.enough":  {lang.English: "%s: an error under a tenth from %s steps on"},
	"truncation.never":   {lang.English: "%[1]s: no number of steps here brings the error under a tenth"},

	"success.x":      {lang.English: "steps between question and answer"},
	"success.y":      {lang.English: "share of right answers"},
	"success.chance": {lang.English: "guessing"},
	"success.reach":  {lang.English: "%s remembers over %s steps"},
	"success.all":    {lang.English: "%[1]s remembers over all %[2]s steps"},
	"success.none":   {lang.English: "%[1]s remembers over none of these distances"},
	"success.alt":    {lang.English: "Line chart of the share of right answers against the steps between question and answer."},

	"perplexity.x":     {lang.English: "characters read in training"},
	"perplexity.y":     {lang.English: "perplexity on text not trained on"},
	"perplexity.title": {lang.English: "%s: %s"},
	"perplexity.alt":   {lang.English: "Line chart of the perplexity on text not trained on, on a logarithmic axis, against the characters read in training."},

	"forecast.x":     {lang.English: "year"},
	"forecast.alt":   {lang.English: "%s: line chart of a series and of forecasts."},
	"forecast.begin": {lang.English: "A dotted line at %s marks where the forecast begins."},

	"spectrum.x":      {lang.English: "real part"},
	"spectrum.y":      {lang.English: "imaginary part"},
	"spectrum.circle": {lang.English: "radius 1"},
	"spectrum.title":  {lang.English: "%s: %d of %d eigenvalues lie outside of the circle"},
	"spectrum.alt":    {lang.English: "Eigenvalues on the complex plane, with the circle of radius 1."},
	"spectrum.matrix": {lang.English: "%s: %d eigenvalues, the largest of size %s, %d of them outside of the circle."},

	"heat.alt": {lang.English: "%s: a heat map on a logarithmic scale from %[4]s to %[5]s. Rows: %[2]s. Columns: %[3]s. In the last row: %[6]s, %[7]s, %[8]s."},

	"roll.x":       {lang.English: "beats"},
	"roll.alt":     {lang.English: "%s: a piano roll of %d tones, time to the right, pitch upwards."},
	"roll.given":   {lang.English: "Given, in blue: %s."},
	"roll.written": {lang.English: "Written by the net, in orange: %s."},

	"letters.alt": {lang.English: "%s. Each character of the text “%[3]s” is coloured by its number (%[2]s): %[4]s on average, highest %[5]s at %[6]s, character %[7]d."},
}
