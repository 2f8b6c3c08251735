// Package rules knows what is right in Korean: the particle after a name or a number, by how that is
// read aloud, and the one spelling that the course has for each term. It knows no text.
package rules

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sound is how a word ends when it is read aloud.
type sound int

const (
	unknown   sound = iota
	vowel           // 배, 2 (이), U (유)
	consonant       // 박, 3 (삼), N (엔)
	rieul           // 불, 1 (일), L (엘): a consonant, but 로 follows it
)

// Choose returns the form of a particle that follows what was written before it. There are two
// forms: that after a consonant and that after a vowel, 을/를 or 으로/로. After a sign that has no
// Korean reading it returns both, the second in brackets.
func Choose(before string, forms []string) string {
	if len(forms) != 2 {
		return strings.Join(forms, "/")
	}
	switch last(before) {
	case vowel:
		return forms[1]
	case consonant:
		return forms[0]
	case rieul:
		if strings.HasPrefix(forms[0], "으") {
			return forms[1]
		}
		return forms[0]
	}
	return forms[0] + "(" + forms[1] + ")"
}

var (
	number  = regexp.MustCompile(`([0-9][0-9,]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)
	divided = regexp.MustCompile(`(^|[^0-9./])([0-9]+)/[0-9]+$`)
	// In LaTeX a power is raised: h^2, a^{-1}. W^{(1)} is a name: W 일.
	power    = regexp.MustCompile(`\^(\{?[-−]?)[0-9]+$`)
	fraction = regexp.MustCompile(`\\[dt]?frac\{?([0-9]+)\}?\{?[0-9]+\}?\$*$`) // 이분의 일
	command  = regexp.MustCompile(`\\([A-Za-z]+)$`)
	latin    = regexp.MustCompile(`[A-Za-z]+$`)
	named    = regexp.MustCompile(`⁽[⁰¹²³⁴-⁹]+$`) // W⁽¹⁾: W 일
	hat      = regexp.MustCompile(`\\(?:wide)?hat *\{? *[A-Za-z]$`)
	bar      = regexp.MustCompile(`\\(?:bar|overline|tilde|vec) *\{? *[A-Za-z]$`)
)

// last returns how a text ends when it is read aloud.
func last(text string) sound {
	if m := fraction.FindStringSubmatch(text); m != nil {
		return ofNumber(m[1])
	}
	for text != "" {
		runes := []rune(text)
		r, before := runes[len(runes)-1], string(runes[:len(runes)-1])
		switch {
		case r == ')':
			// The particle belongs to the word before what is in brackets: 은닉 상태(hidden state)는.
			if open := strings.LastIndexByte(before, '('); open > 0 {
				word := strings.TrimRight(before[:open], "*`”’")
				end, _ := utf8.DecodeLastRuneInString(word)
				if unicode.Is(unicode.Hangul, end) || strings.ContainsFunc(before[open:], func(r rune) bool { return unicode.Is(unicode.Hangul, r) }) {
					text = word
					continue
				}
			}
		case r >= '가' && r <= '힣':
			return final((r - '가') % 28)
		case r >= 'ㄱ' && r <= 'ㅎ': // 기역, 니은
			if r == 'ㄹ' {
				return rieul
			}
			return consonant
		case r >= 'ㅏ' && r <= 'ㅣ':
			return vowel
		case r >= 'ᅡ' && r <= 'ᅵ': // a syllable in parts, as in names of files on a Mac
			return vowel
		case r >= 'ᆨ' && r <= 'ᇂ':
			return final(r - 'ᆨ' + 1)
		case r >= '0' && r <= '9':
			return ofNumber(text)
		case r >= '₀' && r <= '₉':
			return digits[r-'₀']
		case strings.ContainsRune(superscripts, r):
			if !named.MatchString(text) {
				return consonant // 제곱, 세제곱, n승
			}
			return digits[superscript[r]]
		case r < unicode.MaxASCII && unicode.IsLetter(r):
			return ofLatin(text)
		default:
			if s, ok := signs[r]; ok {
				return s
			}
			if letter, ok := subscripts[r]; ok {
				return letters[letter]
			}
			if unicode.IsLetter(r) {
				return unknown
			}
		}
		text = before // a bracket, a quotation mark, a space
	}
	return unknown
}

// final returns how a syllable ends, from the number of its final consonant in Unicode.
func final(batchim rune) sound {
	switch batchim {
	case 0:
		return vowel
	case 8:
		return rieul
	}
	return consonant
}

// digits has 영 일 이 삼 사 오 육 칠 팔 구.
var digits = [...]sound{consonant, rieul, vowel, consonant, vowel, vowel, consonant, rieul, rieul, vowel}

// ofNumber returns how the number at the end of a text is read: 100 is 백, 0.46 is 영점사육, 1/2 is
// 이분의 일, 1e-05 is 십의 마이너스 오 승.
func ofNumber(text string) sound {
	if m := power.FindStringIndex(text); m != nil {
		return consonant
	}
	if m := divided.FindStringSubmatch(text); m != nil {
		return ofNumber(m[2])
	}
	m := number.FindStringSubmatch(text)
	whole, decimals, exponent := strings.ReplaceAll(m[1], ",", ""), m[2], m[3]
	if exponent != "" {
		return consonant
	}
	if decimals != "" {
		return digits[decimals[len(decimals)-1]-'0'] // each digit is read by itself
	}
	significant := strings.TrimRight(whole, "0")
	switch zeros := len(whole) - len(significant); {
	case significant == "":
		return consonant // 영
	case zeros == 0:
		return digits[whole[len(whole)-1]-'0']
	case zeros < 12:
		return consonant // 십, 백, 천, 만, 억
	case zeros < 16:
		return vowel // 조
	}
	return consonant // 경
}

// letters has the names of the letters: 에이 비 시 … 엘 엠 엔 … 아르 … 브이 더블유 엑스 와이 제트.
var letters = func() map[rune]sound {
	all := map[rune]sound{}
	for r := 'a'; r <= 'z'; r++ {
		all[r] = vowel
	}
	all['l'], all['m'], all['n'] = rieul, consonant, consonant
	return all
}()

// subscripts has the letter that each subscript letter stands for.
var subscripts = map[rune]rune{
	'ₐ': 'a', 'ₑ': 'e', 'ₕ': 'h', 'ᵢ': 'i', 'ⱼ': 'j', 'ₖ': 'k', 'ₗ': 'l', 'ₘ': 'm', 'ₙ': 'n', 'ₒ': 'o',
	'ₚ': 'p', 'ᵣ': 'r', 'ₛ': 's', 'ₜ': 't', 'ᵤ': 'u', 'ᵥ': 'v', 'ₓ': 'x',
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ"

var superscript = map[rune]int{'⁰': 0, '¹': 1, '²': 2, '³': 3, '⁴': 4, '⁵': 5, '⁶': 6, '⁷': 7, '⁸': 8, '⁹': 9}

// signs has the Greek letters and what else is read: 퍼센트, 무한대, 프라임, 햇.
var signs = func() map[rune]sound {
	all := map[rune]sound{
		'%': vowel, '∞': vowel, '′': consonant, '°': vowel, 'ᵀ': vowel, '⊤': vowel,
		'\u0302': consonant, '\u0304': vowel, '\u0303': vowel, // ŷ as two characters, ȳ, ỹ
	}
	for _, r := range "âĉêĝĥîĵôŝûŵŷÂĈÊĜĤÎĴÔŜÛŴŶ" {
		all[r] = consonant
	}
	for r := 'α'; r <= 'ω'; r++ {
		all[r], all[unicode.ToUpper(r)] = vowel, vowel
	}
	for _, r := range "εουΕΟΥ" { // 엡실론, 오미크론, 입실론
		all[r] = consonant
	}
	return all
}()

// words has the Latin words of the course whose reading the spelling does not tell.
var words = map[string]sound{
	"bat": consonant, "one": consonant, "hot": consonant, "net": vowel, "tanh": vowel, "softmax": vowel,
	"epsilon": consonant, "varepsilon": consonant, "upsilon": consonant, "omicron": consonant, "top": vowel, "prime": consonant,
	"eta": vowel, "infty": vowel, "gate": vowel, "state": vowel, "note": vowel, "update": vowel, "write": vowel,
	"pipe": vowel, "hit": vowel, "set": vowel, "test": vowel, "yes": vowel, "no": vowel,
}

// ofLatin returns how the Latin letters at the end of a text are read: as names of letters (W, RNN,
// t) or as a word, by the table or by the rules for loan words.
func ofLatin(text string) sound {
	switch {
	case hat.MatchString(text):
		return consonant
	case bar.MatchString(text):
		return vowel
	}
	if m := command.FindStringSubmatch(text); m != nil {
		if s, ok := words[strings.ToLower(m[1])]; ok {
			return s
		}
		return vowel // 알파, 델타
	}
	word := latin.FindString(text)
	if at := strings.LastIndexFunc(word, unicode.IsUpper); at > 0 && at < len(word)-1 {
		word = word[at:] // the last word of LossOf
	}
	lower := strings.ToLower(word)
	if s, ok := words[lower]; ok && len(word) > 1 {
		return s
	}
	end := rune(lower[len(lower)-1])
	if len(word) == 1 || word == strings.ToUpper(word) || !strings.ContainsAny(lower, "aeiouy") {
		return letters[end]
	}
	return ofLoanWord(lower)
}

// ofLoanWord follows the rules for writing English words in Hangul, as far as the spelling shows the
// sound.
func ofLoanWord(word string) sound {
	isVowel := func(i int) bool { return i >= 0 && strings.IndexByte("aeiouy", word[i]) >= 0 }
	n := len(word)
	if strings.HasSuffix(word, "e") && n > 2 && !isVowel(n-2) { // a silent e: name 네임, table 테이블
		switch word[n-2] {
		case 'l':
			return rieul
		case 'm', 'n':
			return consonant
		}
		return vowel // code 코드, note 노트
	}
	switch word[n-1] {
	case 'l':
		return rieul
	case 'm', 'n':
		return consonant
	case 'g':
		if word[n-2] == 'n' {
			return consonant // king 킹
		}
	case 'b', 'k', 'p', 't', 'c':
		short := isVowel(n-2) && !isVowel(n-3)
		if strings.HasSuffix(word, "ck") {
			short = isVowel(n-3) && !isVowel(n-4)
		}
		if short {
			return consonant // cat 캣, back 백, web 웹
		}
	}
	return vowel // seat 시트, list 리스트, loss 로스
}
