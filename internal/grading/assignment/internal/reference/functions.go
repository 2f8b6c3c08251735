package reference

// Functions has the functions by the names that students give them.
var Functions = map[string]any{
	"oneHot": OneHot, "times": Times, "step": Step, "scoreGradient": ScoreGradient,
	"tanhBack": TanhBack, "transposedTimes": TransposedTimes, "truncatedDeltas": TruncatedDeltas, "update": Update,
}
