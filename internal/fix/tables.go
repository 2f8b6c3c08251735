package fix

// gonePackages are the packages that cells imported and that are not there any more, with
// the path that took the place of the whole package, or "" where movedNames and byHand say
// it by name.
var gonePackages = map[string]string{
	"classroom/visible": "assignments/visible",
	"lang":              "",
	"tones":             "",
}

// movedNames has, for each package as it was, the names that have moved, and where they
// are now: the package's path in the module, a blank, and the name.
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

// byHand are names that have gone and whose calls have another form now, with what to
// write instead.
var byHand = map[string]string{
	"tones.Melody": "show.Melody(what, notes, beatsPerMinute), which makes the sound and shows the player",
	"tones.Rate":   "nothing: show.Melody knows its rate",
}

// A methodCall is a method that has become a function: x.Method(y, …) is F(y, x, …).
type methodCall struct {
	old    string // for the reader
	method string
	name   string // of the function
	path   string // of its package in the module
}

var calls = []methodCall{{"Pass.Jacobian", "Jacobian", "Jacobian", "rnnkit/gradcheck"}}
