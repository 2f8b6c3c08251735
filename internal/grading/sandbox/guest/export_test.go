package guest

import "testing"

// Not a module: the error says so, and nothing panics.
func TestExportGlobalsOfMalformedModules(t *testing.T) {
	head := "\x00asm\x01\x00\x00\x00"
	for _, module := range []string{"", head, head + "\x06", head + "\x06\x05\x01", head + "\x07\x00", head + "\x06\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", head + "\x06\x01\x7f\x07\x01\x00",
		head + "\x06\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"} {
		if _, _, err := exportGlobals([]byte(module)); err == nil {
			t.Errorf("%q is taken for a module", module)
		}
	}
}

// A module with two globals and one export exports three things.
func TestExportGlobals(t *testing.T) {
	module := "\x00asm\x01\x00\x00\x00" + "\x06\x0b\x02\x7f\x01\x41\x00\x0b\x7e\x01\x42\x00\x0b" + "\x07\x05\x01\x01m\x02\x00"
	want := "\x00asm\x01\x00\x00\x00" + "\x06\x0b\x02\x7f\x01\x41\x00\x0b\x7e\x01\x42\x00\x0b" + "\x07\x1b\x03\x01m\x02\x00" + "\x08global 0\x03\x00" + "\x08global 1\x03\x01"
	got, globals, err := exportGlobals([]byte(module))
	if err != nil || globals != 2 || string(got) != want {
		t.Errorf("it is\n%q, %d, %v, want\n%q", got, globals, err, want)
	}
}
