package liberationserifbolditalic

import "codeberg.org/go-fonts/liberation/empty"

var TTF = empty.TTF
