package system

import "golang.org/x/sys/windows"

// preferred returns the languages of the user's display, the most wanted first.
func preferred() []string {
	languages, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil {
		return nil
	}
	return languages
}
