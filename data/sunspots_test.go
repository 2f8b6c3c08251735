package data

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
)

// The hash is that of the published data, with a line "year,number" for each year.
func TestSunspotsAreThePublishedData(t *testing.T) {
	var lines []string
	for i, v := range Sunspots() {
		lines = append(lines, fmt.Sprintf("%d,%g", SunspotsFirstYear+i, v))
	}
	const published = "0d7b9eb0fcef71a4d9575d21429b90647dd6cd2cb74f3e88e2fe9ca6270e5d22"
	if got := fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(lines, "\n")))); got != published {
		t.Errorf("the hash of the data is %s", got)
	}
	if first, last := lines[0], lines[len(lines)-1]; first != "1700,5" || last != "2008,2.9" {
		t.Errorf("the data go from %s to %s", first, last)
	}
	Sunspots()[0] = 99
	if Sunspots()[0] != 5 {
		t.Error("a caller can change the data")
	}
}
