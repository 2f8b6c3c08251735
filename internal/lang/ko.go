package lang

import "unicode"

// Korean is the tag of Korean.
const Korean = "ko"

func init() { add(Language{Tag: Korean, Name: "한국어", Script: unicode.Hangul}, korean) }

var korean = map[string]string{
	"site.skip":          "본문으로",
	"site.contents":      "이 페이지의 차례",
	"site.search":        "찾기",
	"site.search_hint":   "낱말, 낱말의 일부, 코드의 이름",
	"site.search_none":   "찾은 것이 없습니다.",
	"site.search_count":  "%d곳",
	"site.search_one":    "1곳",
	"site.close":         "닫기",
	"site.colours":       "색",
	"site.colours_auto":  "시스템 설정",
	"site.colours_light": "밝게",
	"site.colours_dark":  "어둡게",
	"site.keys":          "단축키",
	"site.keys_search":   "찾기",
	"site.keys_help":     "이 목록",
	"site.keys_close":    "열린 것을 닫기",
	"site.keys_single":   "Ctrl 없는 단축키 쓰기",
	"site.copy":          "복사",
	"site.copied":        "복사함",
	"site.copy_label":    "이 코드를 복사",
	"site.anchor":        "“%s”(으)로 가는 링크",
	"site.solution":      "풀이: %s",
	"site.solutions":     "풀이",
	"site.helpers":       "코드 %d줄",
	"site.lines":         "출력 %d줄",
	"site.rows":          "%d행짜리 표",
	"site.previous":      "이전",
	"site.next":          "다음",
	"site.pages":         "앞뒤의 노트북",
	"site.download":      "노트북 내려받기",
	"site.minutes":       "약 %d분",
	"site.gives":         "마치고 나면",
	"site.scroll":        "넓은 내용, 옆으로 움직입니다",
	"site.estimate":      "시간은 어림입니다. 1분에 150낱말, 코드 한 줄에 6초, 따로 놓인 수식과 그림과 표에 30초, 연습 문제에 5분으로 셌습니다. 접어 둔 것은 세지 않았습니다.",
	"site.map":           "노트북",
	"site.site":          "숫자로 따라가는 순환 신경망",
	"site.intro":         "아주 작은 신경망 하나가 “baseball bat”와 “vampire bat”를 우리말로 옮깁니다. 첫 낱말을 읽는 순간부터 처음으로 무언가를 배우는 순간까지, 모든 곱과 합을 숫자로 적어 따라갑니다. 그다음 순환 신경망이 무엇을 할 수 있고 무엇을 할 수 없는지 재어 봅니다.",
	"site.cut":           "… 여기서 잘랐습니다. %s가 노트북에 더 있습니다",

	"site.minutes_appendix": "약 %d분, 부록에 %d분",
	"site.appendix":         "부록", // 부록의 제목은 이 낱말로 시작합니다

	"worksheet.title":        "손으로 계산하는 “baseball bat”",
	"worksheet.title.key":    "손으로 계산하는 “baseball bat”: 정답",
	"worksheet.name":         "이름: ______________________________  날짜: ______________",
	"worksheet.how":          "계산기면 충분합니다. 소수점 아래 넷째 자리까지 적고, 반올림한 값으로 계속 계산하세요. 그러면 마지막 자리는 정답과 조금 다를 수 있습니다.",
	"worksheet.given":        "주어진 것",
	"worksheet.given.text":   "낱말 두 개를 읽고 두 개를 쓰는 신경망입니다. 입력 낱말의 순서는 baseball, vampire, bat이고, 출력 낱말의 순서는 야구, 흡혈, 방망이, 박쥐입니다.",
	"worksheet.forward":      "1. 순전파",
	"worksheet.loss":         "2. 손실",
	"worksheet.loss.text":    "로그는 자연로그입니다.",
	"worksheet.V":            "3. V의 기울기",
	"worksheet.W":            "4. W의 기울기",
	"worksheet.W.text":       "먼저 마지막 시점부터, 각 시점의 tanh 앞의 합이 손실에 얼마나 영향을 주는지 구합니다. ⊙는 같은 자리의 수끼리 곱한다는 뜻입니다.",
	"worksheet.W.step2":      "시점 2의 W",
	"worksheet.W.step1":      "시점 1의 W",
	"worksheet.U":            "5. U의 기울기",
	"worksheet.U.text":       "열 하나가 낱말 하나의 것입니다. 읽지 않은 낱말의 열은 0입니다.",
	"worksheet.update":       "6. 가중치 갱신",
	"worksheet.update.text":  "학습률은 η = %v입니다.",
	"worksheet.update.check": "새 가중치로 같은 낱말을 읽으면 손실은 아래와 같습니다. 작아졌습니까?",
}
