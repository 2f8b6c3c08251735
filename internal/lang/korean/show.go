package korean

var show = map[string]string{
	"show.rounded.product":  "(곱하는 수는 반올림해서 적었습니다. 결과는 반올림하기 전의 수로 계산했으므로, 적힌 수를 곱한 값과 마지막 자리가 다를 수 있습니다.)",
	"show.rounded.sum":      "(각 항은 반올림해서 적었습니다. 결과는 반올림하기 전의 수로 계산했으므로, 적힌 수로 계산한 값과 마지막 자리가 다를 수 있습니다.)",
	"show.rounded.apply":    "(함수에 넣은 수는 반올림해서 적었습니다. 결과는 반올림하기 전의 수로 계산했으므로, 적힌 수로 계산한 값과 마지막 자리가 다를 수 있습니다.)",
	"show.mistake.line":     "오류가 난 줄: %s",
	"show.mistake.caller":   "함수를 호출한 줄: %s",
	"show.equal.within":     "✓ %s: 오차 %s 안에서 같습니다.",
	"show.equal.exactly":    "✓ %s: 마지막 자리까지 같습니다.",
	"show.equal.number":     "✗ %s: %s입니다. %s{이어야/여야} 합니다.",
	"show.equal.entry":      "✗ %s: %d행 %d열의 성분이 %s입니다. %s{이어야/여야} 합니다.",
	"show.equal.shapes":     "✗ %s: 모양이 %s입니다. %s{이어야/여야} 합니다.",
	"show.answer.missing":   "○ %s: 아직 답하지 않았습니다.",
	"show.answer.right":     "✓ %s: 맞았습니다.",
	"show.answer.wrong":     "✗ %s: %s{은/는} 답이 아닙니다. 다시 풀어 보거나 풀이를 보세요.",
	"show.answer.notYet":    "✗ %s: 아직 아닙니다. %v",
	"show.true.holds":       "✓ %s.",
	"show.true.fails":       "✗ 성립하지 않습니다: %s.",
	"show.progress.begin":   "… %s: 모두 %d번",
	"show.progress.running": "… %[1]s: %[3]d번 가운데 %[2]d번, 약 %[4]d초 남음",
	"show.progress.done":    "✓ %s: %d번 모두 끝났습니다.",
}
