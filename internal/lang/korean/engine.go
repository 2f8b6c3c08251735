package korean

var engine = map[string]string{
	"program.command": "%s{은/는} 커널에 주는 명령이라서 웹페이지에서는 따를 수 없습니다",
	"engine.exit":     "프로그램이 종료 코드 %d{으로/로} 끝났습니다",
	"engine.import":   "웹페이지에는 패키지 %q{이/가} 없습니다",
}
