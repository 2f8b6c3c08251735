package fix

// gonePackages are the packages that no longer exist, each with the path of the package
// that replaces it, or "" if movedNames and byHand list its names one by one.
var gonePackages = map[string]string{
	"classroom/visible": "assignments/visible",
	"lang":              "",
	"tones":             "",
}

// movedNames lists, by the old package, the names that have moved and where they are now:
// the package's path in the module, a space, and the name.
var movedNames = map[string]map[string]string{
	"data": {
		"SunspotsFirst": "data SunspotsFirstYear",
	},
	"lang": {
		"English": "show English",
		"Korean":  "show Korean",
		"Set":     "show Language",
	},
	"rnnkit": {
		"Adagrad":          "rnnkit/train Adagrad",
		"Adam":             "rnnkit/train Adam",
		"Batch":            "rnnkit/train Batch",
		"FiniteDifference": "rnnkit/gradcheck FiniteDifference",
		"Identity":         "rnnkit/train Identity",
		"Load":             "rnnkit/safetensors Load",
		"MustVocabulary":   "rnnkit/text MustVocabulary",
		"NewBatch":         "rnnkit/train NewBatch",
		"NewVocabulary":    "rnnkit/text NewVocabulary",
		"NudgeCopy":        "rnnkit/gradcheck NudgeCopy",
		"Optimizer":        "rnnkit/train Optimizer",
		"Orthogonal":       "rnnkit/train Orthogonal",
		"Paths":            "rnnkit/gradcheck Paths",
		"PathsOf":          "rnnkit/gradcheck PathsOf",
		"RTRL":             "rnnkit/gradcheck RTRL",
		"Read":             "rnnkit/safetensors Read",
		"SGD":              "rnnkit/train SGD",
		"Sampler":          "rnnkit/text Sampler",
		"Save":             "rnnkit/safetensors Save",
		"ScaleToRadius":    "rnnkit/train ScaleToRadius",
		"SingularValues":   "rnnkit/gradcheck SingularValues",
		"SpectralRadius":   "rnnkit/gradcheck SpectralRadius",
		"Training":         "rnnkit/train Training",
		"Vocabulary":       "rnnkit/text Vocabulary",
		"Write":            "rnnkit/safetensors Write",
	},
	"show": {
		"Times": "show Hadamard",
	},
	"tones": {
		"Frequency": "show Frequency",
		"Note":      "data Note",
	},
}

// byHand are names that no longer exist and cannot be replaced one for one, with what to
// write instead.
var byHand = map[string]string{
	"tones.Melody": "show.Melody(what, notes, beatsPerMinute), which shows the player itself",
	"tones.Rate":   "show.Melody(what, notes, beatsPerMinute), which needs no sample rate",
}

// A methodMoved is a method that became a function: x.M(y, …) is now F(y, x, …).
type methodMoved struct {
	old       string // as messages name it
	form      string // of the new call
	method    string
	arguments int    // of the method
	name      string // of the function
	path      string // of its package in the module
}

var methodsMoved = []methodMoved{{
	old: "Pass.Jacobian", form: "gradcheck.Jacobian(net, pass, t, k)",
	method: "Jacobian", arguments: 3,
	name: "Jacobian", path: "rnnkit/gradcheck",
}}
