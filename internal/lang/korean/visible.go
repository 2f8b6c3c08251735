package korean

var visible = map[string]string{
	"visible.unknown": "✗ %q{이라는/라는} 문제는 없습니다.",
	"visible.type":    "✗ `%s`의 타입이 `%s`인데 `%s`{이어야/여야} 합니다.",
	"visible.refused": "✗ 채점 프로그램이 `%s`{을/를} 이대로는 호출하지 못합니다: %s",
	"visible.panics":  "✗ %s: 함수를 실행하다가 패닉이 났습니다: %v",
	"visible.wrong":   "✗ %s: %s",
	"visible.right":   "✓ %s",
}
