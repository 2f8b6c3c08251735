package notebook

import "testing"

func TestSetSeedChangesTheConstantAlone(t *testing.T) {
	nb := testNotebook(t, markdown("const seed = 1"), goCell("const seed = 1\nvar a = 1"), goCell("// const seed = 1"))
	if !nb.HasSeed() {
		t.Error("the constant is not found")
	}
	nb.SetSeed(7)
	for i, want := range []string{"const seed = 1", "const seed = 7\nvar a = 1", "// const seed = 1"} {
		if got := nb.Cells[i].Source; got != want {
			t.Errorf("cell %d is %q, want %q", i, got, want)
		}
	}
	if testNotebook(t, markdown("const seed = 1"), goCell("const seeds = 1")).HasSeed() {
		t.Error("a constant is found where there is none")
	}
}
