package fix

// gonePackages are the packages that cells imported and that are not there any more, and
// the path that took their place as a whole, or "" where movedNames says it by name.
var gonePackages = map[string]string{
	"classroom/visible": "assignments/visible",
	"lang":              "",
	"tones":             "",
}

// movedNames has, for each package as it was, the names that have moved, and where they
// are now: the package's path in the module, a blank, and the name.
var movedNames = map[string]map[string]string{
	"lang": {
		"Set":     "show Language",
		"English": "show English",
		"Korean":  "show Korean",
	},
}
