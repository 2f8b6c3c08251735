package plots

import "rnn101/lang"

// texts is the catalogue of this package.
var texts = lang.Texts{
	"steps":       {lang.English: "steps of training"},
	"loss":        {lang.English: "loss"},
	"probability": {lang.English: "probability"},

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
	"norms.title.many":  {lang.English: "How the gradient changes on its way back in time"},

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
}
