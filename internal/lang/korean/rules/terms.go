package rules

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// term is a spelling or a word that the course does not use, and the one that it uses.
type term struct {
	wrong, right string
	// but has the longer words and the phrases in which the wrong one is right.
	but string
}

// terms keeps one spelling of each term. Both sides are regular expressions.
var terms = []term{
	{`재귀 ?신경망|순환신경망`, "순환 신경망", ``},
	{`네트워크|네트(는|를|가|의|와|에|로)`, "신경망", `펼친 네트워크`},
	{`순차열`, "시퀀스", ``},
	{`스텝|시간 단계`, "시점", ``},
	{`숨은 상태|은닉상태`, "은닉 상태", ``},
	{`시작 상태|처음 상태`, "초기 은닉 상태", ``},
	{`캐리`, "이어받은 상태", ``},
	{`리셋`, "0으로 되돌리다", `리셋 게이트`},
	{`낱말`, "단어", `한 낱말`},
	{`원핫|원 핫`, "원-핫", ``},
	{`웨이트`, "가중치", ``},
	{`처음 가중치`, "초기 가중치", ``},
	{`파라미터|모수`, "매개변수", ``},
	{`단어 사전`, "어휘", ``},
	{`잘린 (BPTT|역전파)`, "Truncated BPTT(절단 BPTT)", ``},
	{`순방향|전방향`, "순전파", ``},
	{`후방향`, "역전파", ``},
	{`언롤링|언롤`, "펼치다", ``},
	{`활성 함수`, "활성화 함수", ``},
	{`타깃|타겟|목푯값|목표값`, "정답", ``},
	{`로스|비용 ?함수`, "손실", `크로스`},
	{`교차 ?엔트로피`, "크로스 엔트로피", `\([^()]*교차 엔트로피[^()]*\)`},
	{`크로스엔트로피`, "크로스 엔트로피", ``},
	{`소프트맥스`, "softmax", `소프트맥스\(softmax\)`},
	{`기울기 ?(소실|폭발)`, "그래디언트 소실, 그래디언트 폭발", `\(기울기 소실[^()]*\)`},
	{`그라디언트|그레디언트|그레이디언트|그래디언드|그라디엔트`, "그래디언트", ``},
	{`[UVW]\$?의 기울기|기울기 ?(클리핑|검사)|기울기의 (노름|반대)`, "그래디언트", ``},
	{`연쇄 법칙|체인 ?룰`, "연쇄법칙", ``},
	{`유한차분`, "유한 차분", ``},
	{`경사 하강법`, "경사하강법", ``},
	{`러닝 ?레이트|학습율`, "학습률", ``},
	{`업데이트`, "갱신", `업데이트 게이트`},
	{`훈련|트레이닝`, "학습", ``},
	{`에폭`, "에포크", ``},
	{`베이스라인`, "비교 기준", ``},
	{`특이값|특잇 값`, "특잇값", ``},
	{`퍼플렉시티|펄플렉서티|퍼플렉스티`, "퍼플렉서티", ``},
	{`스펙트럴 반지름|스펙트럼 반경`, "스펙트럼 반지름", ``},
	{`엔트리|원소`, "성분", ``},
	{`복사본|복제본`, "사본", ``},
	{`고유값`, "고윳값", ``},
	{`절대값`, "절댓값", ``},
	{`최대값`, "최댓값", ``},
	{`최소값`, "최솟값", ``},
	{`니다\.\.$`, "one full stop", ``},
	{`되어지|되어집|보여지|보여집|쓰여지|쓰여집`, "되, 보이, 쓰이", ``},
	{`에 의해|에 의하여|에 대한|에 대하여`, "an active sentence", ``},
	{`당신`, "nothing", ``},
	// A particle is written as it is read aloud.
	{`[은이을]\([는가를]\)|\(으\)로|\(이\)(가|라|나|다)|와\(과\)|과\(와\)|는\(은\)|를\(을\)|가\(이\)`, "the form that is read", ``},
}

// spelling is a term whose expressions are compiled.
type spelling struct {
	wrong, but *regexp.Regexp
	right      string
}

// Only tests need them, so that no program waits for them.
var spellings = sync.OnceValue(func() []spelling {
	var all []spelling
	for _, t := range terms {
		s := spelling{wrong: regexp.MustCompile(t.wrong), right: t.right}
		if t.but != "" {
			s.but = regexp.MustCompile(t.but)
		}
		all = append(all, s)
	}
	return all
})

// particle matches a particle after something else than a Hangul syllable, with what is before it.
var particle = regexp.MustCompile(`([^\s가-힣]+)(은|는|이|가|을|를|과|와|으로|로|이라는|라는|이어야|여야)(?:[\s.,:;!?)”]|[도만는의]\s|$)`)

var pairs = [][2]string{{"은", "는"}, {"이", "가"}, {"을", "를"}, {"과", "와"}, {"으로", "로"}, {"이라는", "라는"}, {"이어야", "여야"}}

// wordStart returns where the run of characters without a space begins that contains text[i].
func wordStart(text string, i int) int { return strings.LastIndexAny(text[:i], " \n") + 1 }

// isWord reports whether a character is read aloud: a letter, a digit, or a sign in a formula.
func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsSymbol(r) || r == '$'
}

// Mistakes returns what a Korean text of the course must not have: another word or spelling of a
// term than the course's, and a particle that does not fit how the symbol or the number before it is
// read aloud.
func Mistakes(text string) []string {
	var all []string
	for _, s := range spellings() {
		rest := text
		if s.but != nil {
			rest = s.but.ReplaceAllString(rest, "")
		}
		if wrong := s.wrong.FindString(rest); wrong != "" {
			all = append(all, fmt.Sprintf("%q in %q: the course writes %s", wrong, text, s.right))
		}
	}
	for _, m := range particle.FindAllStringSubmatchIndex(text, -1) {
		before, got := text[:m[3]], text[m[4]:m[5]]
		if strings.HasSuffix(before, "}") && !strings.Contains(text[m[2]:m[3]], `\`) && strings.Contains(text[m[2]:m[3]], "/") {
			continue // forms to choose among
		}
		if end, _ := utf8.DecodeLastRuneInString(before); strings.ContainsRune("([{“‘", end) || !strings.ContainsFunc(text[wordStart(text, m[2]):m[3]], isWord) {
			continue // a word, as in (이 표) and **이 표**
		}
		for _, pair := range pairs {
			if got != pair[0] && got != pair[1] {
				continue
			}
			if want := Choose(before, pair[:]); (want == pair[0] || want == pair[1]) && want != got {
				all = append(all, fmt.Sprintf("%q in %q: it is read with %s", text[m[2]:m[5]], text, want))
			}
		}
	}
	return all
}
