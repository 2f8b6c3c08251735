package submission

import "rnn101/internal/lang"

var texts = lang.For("submission")

// A Remark is a sentence about what was handed in, for the teacher and mostly for the student, too. Packages
// collect and class make some. A verb in it is that of an argument.
type Remark string

// Remarks of package collect.
const (
	Nothing    Remark = "nothing"
	Maybe      Remark = "nothing.maybe"
	NoNotebook Remark = "no-notebook"
	Notebooks  Remark = "notebooks"
	Namesakes  Remark = "namesakes"
	More       Remark = "more"
	LikeThese  Remark = "like-these"
	Password   Remark = "password"
	BrokenZip  Remark = "zip"
	Link       Remark = "link" // it may lead to a file of the teacher's
	Irregular  Remark = "irregular"
)

// Remarks of package class.
const (
	Unmarked      Remark = "unmarked"
	Lacks         Remark = "lacks"
	WillBeSeen    Remark = "human"
	WasSeen       Remark = "human.was"
	UsedUp        Remark = "budget"
	MachineFailed Remark = "machine"
	OverTheLimit  Remark = "limit"
	Beside        Remark = "beside"
	InText        Remark = "in-text"
	WordsApart    Remark = "words"
	AnotherFile   Remark = "hand.file"
	AnotherAnswer Remark = "hand.answer"
)

// Text returns the sentence, in the current language.
func (r Remark) Text(args ...any) string { return texts.Text(string(r), args...) }
