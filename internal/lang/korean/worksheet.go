package korean

var worksheet = map[string]string{
	"worksheet.title":        "손으로 계산하는 “baseball bat”",
	"worksheet.title.key":    "손으로 계산하는 “baseball bat”: 정답",
	"worksheet.name":         "이름: ______________________________  날짜: ______________",
	"worksheet.how":          "계산기면 충분합니다. 소수점 아래 넷째 자리까지 적고, 반올림한 값으로 계속 계산하세요. 그러면 마지막 자리는 정답과 조금 다를 수 있습니다.",
	"worksheet.given":        "주어진 것",
	"worksheet.given.text":   "단어 두 개를 읽고 두 개를 쓰는 신경망입니다. 입력 단어의 순서는 baseball, vampire, bat이고, 출력 단어의 순서는 야구, 흡혈, 방망이, 박쥐입니다.",
	"worksheet.forward":      "1. 순전파",
	"worksheet.loss":         "2. 손실",
	"worksheet.loss.text":    "로그는 자연로그입니다.",
	"worksheet.V":            "3. V의 그래디언트",
	"worksheet.W":            "4. W의 그래디언트",
	"worksheet.W.text":       "먼저 손실을 tanh에 넣기 전의 합으로 미분한 값을 마지막 시점부터 거꾸로 구합니다. ⊙는 성분별 곱입니다.",
	"worksheet.W.step2":      "시점 2의 사본",
	"worksheet.W.step1":      "시점 1의 사본",
	"worksheet.U":            "5. U의 그래디언트",
	"worksheet.U.text":       "열마다 단어가 하나씩 있습니다. 읽지 않은 단어의 열은 0입니다.",
	"worksheet.update":       "6. 가중치 갱신",
	"worksheet.update.text":  "학습률은 η = %v입니다.",
	"worksheet.update.check": "새 가중치로 같은 단어를 읽으면 손실은 아래와 같습니다. 작아졌습니까?",
}
