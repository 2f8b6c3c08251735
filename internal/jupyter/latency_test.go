package jupyter

import (
	"os"
	"testing"

	"rnn101/internal/checkout"
)

func TestCellTimesTimesEachCell(t *testing.T) {
	if os.Getenv("RNN101_SETUP") != "1" {
		t.Skip("needs the set-up: call go run ./course test")
	}
	repo, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	times, err := CellTimes(t.Context(), repo, []string{"%noautoget\nimport \"fmt\"", "%%\nfmt.Println(1)"})
	if err != nil || len(times) != 2 || times[0] <= 0 || times[1] <= 0 {
		t.Errorf("the times are %v (%v), want two", times, err)
	}
	if _, err := CellTimes(t.Context(), repo, []string{"%noautoget\n%%\npanic(\"no bat\")"}); err == nil {
		t.Error("no error for a cell that fails")
	}
}
