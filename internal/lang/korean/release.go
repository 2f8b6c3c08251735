package korean

var release = map[string]string{
	"release.stub.comment": "여기에 코드를 쓰세요",
	"release.stub.panic":   "아직 작성하지 않았습니다",
	"release.stub.words":   "여기에 답을 쓰세요.",
}

var selfcheck = map[string]string{
	"selfcheck.task":  "%[1]s: %[3]s점 만점에 %[2]s점",
	"selfcheck.sum":   "%[3]s의 공개된 검사: %[2]s점 만점에 %[1]s점. 숨은 검사는 %[4]s점입니다.",
	"selfcheck.words": "글로 쓴 답은 %s점이고 사람이 채점합니다.",
}
