package korean

var exercise = map[string]string{
	"exercise.label": "연습 문제 %s",
	"exercise.type":  "답의 타입이 %v입니다. %v{이어야/여야} 합니다.",
	"exercise.size":  "성분이 %d개입니다. %d개여야 합니다.",
	"exercise.rows":  "행이 %d개입니다. %d개여야 합니다.",
	"exercise.row":   "%d행의 성분이 %d개입니다. %d개여야 합니다.",
	"exercise.panic": "함수가 오류로 멈춥니다: %v.",

	"exercise.square":   "%d행 %d열의 행렬이어야 합니다.",
	"exercise.infinite": "무한대인 수가 있습니다.",

	"exercise.shape.rows":    "%s의 행은 %d개인데 답의 행은 %d개입니다.",
	"exercise.shape.columns": "%[2]s의 %[1]d행은 성분이 %[3]d개인데 답은 %[4]d개입니다.",

	"exercise.01.answer":   "“%s”의 마지막 단어에 %q{이라고/라고} 답했습니다. 정답은 %q입니다.",
	"exercise.01.memories": "기억에 서로 다른 값이 %d가지 있습니다. 두 가지면 충분합니다.",

	"exercise.02.zero":    "x가 영벡터이므로 U가 무엇이든 Ux도 영벡터입니다.",
	"exercise.02.length":  "x의 성분이 %d개입니다. %d개여야 합니다.",
	"exercise.02.product": "Ux가 (%s, %s)입니다. (0, 0)이어야 합니다.",

	"exercise.03.2.count": "단어는 %d개인데 답에는 %d개가 있습니다.",
	"exercise.03.2.word":  "“%s”{은/는} 네 단어에 들어 있지 않거나 두 번 나옵니다.",
	"exercise.03.2.order": "순서가 다릅니다.",
	"exercise.03.3":       "“%[2]s %[3]s”의 *%[1]s*에서 정답 %[4]s의 확률은 %.4[5]f, %[6]s의 확률은 %.4[7]f입니다.",

	"exercise.04.2.count": "시점은 넷인데 답의 성분은 %d개입니다.",
	"exercise.04.2.step":  "“%[2]s %[3]s”의 시점 %[1]d에서는 반대쪽으로 갑니다.",

	"exercise.05.2.letter": "A부터 E까지의 글자 하나로 답하세요.",
	"exercise.05.2.not":    "그 실수라면 1행은 %.4f, %.4f입니다.",

	"exercise.06.3.letter": "A부터 E까지의 글자 하나로 답하세요.",
	"exercise.06.3.not":    "그 실수라면 칸 (2, 1)의 1행은 %.4f, %.4f입니다.",

	"exercise.07.3.shape": "V는 4행 2열이어야 합니다.",
	"exercise.07.3.size":  "V에서 가장 큰 절댓값은 0.1 이상 10 이하여야 합니다.",
	"exercise.07.3.slope": "“%s %s” → %s %s에서 ∂L/∂U의 한 성분이 %.4g입니다.",

	"exercise.08.2.small": "학습률은 0.1 이상이어야 합니다.",
	"exercise.08.2.loss":  "손실이 갱신하기 전에는 %.4f, 갱신한 뒤에는 %.4f입니다.",

	"exercise.09.prediction": "신경망의 답은 다릅니다. 학습시켜 확인해 보세요.",
	"exercise.09.yes-or-no":  "“%s” 대신 “yes”나 “no”로 답하세요.",
	"exercise.09.size":       "W의 한 성분이 %v입니다. 절댓값은 2 이하여야 합니다.",
	"exercise.09.cosine":     "코사인이 %.4f입니다. 음수여야 합니다.",

	"exercise.10.three":   "W마다 하나씩, 답이 %d개 있어야 합니다.",
	"exercise.10.wrong":   "다 맞지는 않았습니다. 틀린 것은 %d개입니다.",
	"exercise.10.entries": "절댓값이 1보다 큰 성분이 있습니다.",
	"exercise.10.radius":  "스펙트럼 반지름이 %.4f입니다. 1보다 작아야 합니다.",
	"exercise.10.peak":    "거듭제곱의 노름이 %.4f까지 커집니다. 10을 넘어야 합니다.",
	"exercise.10.mixes":   "대각선 밖에 절댓값이 0.1보다 작은 성분이 있습니다.",
	"exercise.10.factors": "시점 50개를 거치면 그래디언트에 %.4g부터 %.4g까지의 수가 곱해집니다. 둘 다 0.5와 2 사이여야 합니다.",

	"exercise.11.2.two":     "답에 수가 %d개 있습니다. b_i와 b_f, 두 개여야 합니다.",
	"exercise.11.2.written": "A를 읽은 뒤의 셀 상태가 %.4f에 그칩니다.",
	"exercise.11.2.kept":    "셀 상태가 A를 읽은 뒤에는 %.4f, 채움 글자 50개를 더 읽은 뒤에는 %.4f입니다.",
	"exercise.11.2.fillers": "A 없이 채움 글자 50개만 읽어도 셀 상태가 %.4f{이/가} 됩니다.",
	"exercise.11.2.cleared": "?를 읽은 뒤에도 셀 상태가 %.4f입니다.",
	"exercise.11.3.length":  "네 프로그램에 한 글자씩, 모두 네 글자로 답하세요.",
	"exercise.11.3.some":    "넷 가운데 %d개가 맞았습니다.",

	"exercise.12.4.short":     "글자가 %d개입니다. 30개 이상이어야 합니다.",
	"exercise.12.4.letters":   "글자는 a부터 z까지와 A부터 Z까지만 쓰고, 단어 사이는 한 칸씩 띄우세요.",
	"exercise.12.4.twice":     "%q{이라는/라는} 단어가 두 번 나옵니다.",
	"exercise.12.4.surprised": "트라이그램으로 재면 이 글의 퍼플렉서티는 %.4f입니다. 가장 크게 보탠 글자는 %s입니다.",
	"exercise.12.4.letter":    "%[2]q 다음의 %[1]q(%.1[3]f)",

	"exercise.13.3.count": "가중치는 두 개여야 하는데 답은 %d개입니다.",
	"exercise.13.3.wave":  "위상이 %v인 파동에서 %.4f, %.4f 다음의 값을 이 가중치는 %.4f{으로/로} 예측하지만, 실제 값은 %.4f입니다.",
	"exercise.13.4.error": "1950년부터 2007년까지 이 규칙의 오차는 %.4f, AR(9)의 오차는 %.4f입니다.",

	"exercise.14.3.empty":  "“%s”에서 함수가 토큰을 하나도 돌려주지 않습니다.",
	"exercise.14.3.higher": "“%s”{을/를} 반음 다섯 개만큼 올리면 토큰이 달라집니다.",
	"exercise.14.3.slower": "“%s”의 빠르기를 절반으로 줄이면 토큰이 달라집니다.",
	"exercise.14.3.pitch":  "“%s”의 %d번째 음을 반음 올려도 토큰이 그대로입니다.",
	"exercise.14.3.length": "“%s”의 %d번째 음을 더 길게 해도 토큰이 그대로입니다.",

	"exercise.15.10.shape":   "$W$는 2행 2열이어야 합니다.",
	"exercise.15.10.zero":    "대각선 밖의 성분은 0이 아니어야 합니다.",
	"exercise.15.10.differs": "δ = (%v, %v)일 때 $Wδ$의 %d번째 성분은 %.4f, $W^⊤δ$의 같은 성분은 %.4f입니다.",
}
