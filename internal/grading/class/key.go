package class

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"rnn101/internal/atomicfile"
)

// minKey is the smallest length of a key, in bytes: a shorter one might be guessed.
const minKey = 16

// Key reads the teacher's key from a file. If file is "", it reads the key in the course's folder in
// the user's configuration folder, or creates one there, and returns the name of the file as created.
func Key(course, file string) (key []byte, created string, err error) {
	given := file != ""
	if !given {
		folder, err := os.UserConfigDir()
		if err != nil {
			return nil, "", fmt.Errorf("there is no configuration folder for the key (%w). Choose a file with --key", err)
		}
		file = filepath.Join(folder, course, "grading-key")
	}
	data, err := os.ReadFile(file)
	if err == nil && !given { // if it was copied, others may be able to read it
		err = atomicfile.Restrict(filepath.Dir(file))
	}
	if err == nil {
		if key := strings.TrimSpace(string(data)); len(key) >= minKey {
			return []byte(key), "", nil
		}
		return nil, "", fmt.Errorf("the key in %s is too short: it must have at least %d characters", file, minKey)
	}
	if given || !errors.Is(err, fs.ErrNotExist) {
		return nil, "", err
	}
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return nil, "", err
	}
	text := hex.EncodeToString(secret)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, "", err
	}
	// Another call may have created one meanwhile.
	if err := atomicfile.CompareAndSwap(file, nil, []byte(text+"\n"), 0o600); err != nil {
		return nil, "", fmt.Errorf("the key for the hidden checks: %w. Call grade again", err)
	}
	return []byte(text), file, nil
}
