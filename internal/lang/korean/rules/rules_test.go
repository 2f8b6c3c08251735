package rules

import (
	"strings"
	"testing"
)

// The readings are those of Korean schoolbooks: 0 영, 1 일, h 에이치, ŷ 와이 햇.
func TestParticlesFollowWhatIsReadAloud(t *testing.T) {
	for name, c := range map[string]struct{ consonant, rieul, vowel []string }{
		"Hangul": {
			[]string{"방망이값", "은닉", "ㄱ", "\u1100\u1161\u11b9"},
			[]string{"h의 열", "흡혈", "길", "ㄹ", "\u1100\u1175\u11af"},
			[]string{"박쥐", "방망이", "에포크", "ㅏ", "\u1107\u1162"},
		},
		"numbers": {
			[]string{"0", "3", "6", "10", "20", "100", "1000", "10000", "100,000", "1000000000", "0.46", "−0.10", "2.50", "1.0", "1e-05", "2.5e+06", "3/4"},
			[]string{"1", "7", "8", "11", "0.1", "3.7", "−1.28", "1/2", "8/15"},
			[]string{"2", "4", "5", "9", "42", "0.2", "−1.25", "1,999", "1000000000000", "2/3"},
		},
		"powers and names with a number": {
			[]string{"h²", "10⁻⁵", "10⁻¹", "x³", "aⁿ", "W⁽³⁾", "h₃", "a₀", "h₁₀"},
			[]string{"W⁽¹⁾", "h₁", "L₇", "δ₁₈"},
			[]string{"W⁽²⁾", "h₂", "δ₅", "x₁₂", "Wᵀ", "W^⊤"},
		},
		"letters": {
			[]string{"M", "N", "n", "RNN", "LSTMN", "ATM", "δₙ", "cₘ", "ŷ", "x̂", "ε", "Υ", "h′"},
			[]string{"L", "∂L", "l", "HTML", "xₗ"},
			[]string{"W", "U", "V", "h", "t", "F", "H", "R", "S", "X", "Z", "GRU", "BPTT", "SGD", "xₜ", "δₖ", "α", "δ", "Δ", "σ", "∂L/∂W", "∞"},
		},
		"mathematics": {
			[]string{`$\delta_3$`, `$\hat{y}$`, `$\hat y$`, `$x^2$`, `$A^{-1}$`, `$\epsilon$`, `$2\varepsilon$`, `$W^{(3)}$`, `$\frac{3}{4}$`},
			[]string{`$h_1$`, `$W^{(1)}$`, `$L$`, `$\partial L$`, `$\frac12$`},
			[]string{`$h_2$`, `$W$`, `$W^{(2)}$`, `$\delta$`, `$\eta$`, `$h_t$`, `$\hat{y}_2$`, `$W^\top$`, `$\bar{n}$`, `$\frac{2}{3}$`, `$\frac{\partial L}{\partial W}$`},
		},
		"words": {
			[]string{"bat", "“bat”", "[bat]", "`bat`", "*bat*", "name", "one-hot", "king", "back", "LossOfOne", "train", "JupyterLab"},
			[]string{"table", "model", "baseball", "bool"},
			[]string{"vampire", "tanh", "softmax", "seat", "list", "code", "sigmoid", "state", "float64", "int", "Go", "key", "PyTorch", "GoNB", "batch"},
		},
		"brackets": {
			[]string{"은닉(state)", "**편향**(bias)", "AR(3)", "(1, 0)", "[0.2, 0.3]"},
			[]string{"모델(network)", "**모델**(network)", "AR(1)", "W^(1)"},
			[]string{"은닉 상태(hidden state)", "$W$(노트북 06)", "크로스 엔트로피(cross entropy, 교차 엔트로피값)", "AR(9)", "(0, 2)", "f(x)", "50%", "2×2"},
		},
	} {
		for _, group := range []struct {
			forms, pairs string
			texts        []string
		}{
			{"을 으로", "을/를 으로/로", c.consonant},
			{"을 로", "을/를 으로/로", c.rieul},
			{"를 로", "을/를 으로/로", c.vowel},
		} {
			want, pairs := strings.Fields(group.forms), strings.Fields(group.pairs)
			for _, text := range group.texts {
				for i, pair := range pairs {
					if got := Choose(text, strings.Split(pair, "/")); got != want[i] {
						t.Errorf("%s: after %s comes %s, got %s", name, text, want[i], got)
					}
				}
			}
		}
	}
}

// A guess would be wrong half of the time.
func TestAfterWhatCannotBeReadBothFormsAreWritten(t *testing.T) {
	for _, text := range []string{"", "王", "“”", "…"} {
		if got := Choose(text, []string{"을", "를"}); got != "을(를)" {
			t.Errorf("after %q comes %s", text, got)
		}
	}
}

func TestMistakesNamesTheWrongWordAndTheRightOne(t *testing.T) {
	for text, word := range map[string]string{
		"낱말 두 개":             "단어",
		"V의 기울기":             "그래디언트",
		"∂L/∂W의 기울기":         "그래디언트",
		"타임스텝마다":             "시점",
		"기울기 클리핑":            "그래디언트",
		"잘린 BPTT":            "절단",
		"기울기 소실":             "그래디언트 소실",
		"교차 엔트로피를 구합니다.":     "크로스 엔트로피",
		"경사 하강법":             "경사하강법",
		"펼친 그림의 네트워크":        "신경망",
		"행렬의 원소":             "성분",
		"처음 가중치를 무작위로 뽑습니다.": "초기 가중치",
		"✓ 손실이 줄었습니다..":      "full stop",
		"“%s”은(는) 수가 아닙니다.":  "read",
		"%s(으)로 가는 링크":       "read",
		"2.1이(가) 됩니다":        "read",
		"h₁는 첫 상태입니다.":       "은",
		"$h_2$을 구합니다.":       "를",
		"0.46가 됩니다.":         "이",
		"W을 곱합니다.":           "를",
		"ŷ를 뺍니다.":            "을",
		"L와 W를 봅니다.":         "과",
		"“bat”는 방망이일까요?":     "은",
		"$W^{(1)}$으로 미분합니다.": "로",
		"`h0`를 0으로 둡니다.":     "을",
		"길이가 3여야 합니다.":       "이어야",
		"값이 2이어야 합니다.":       "여야",
	} {
		got := strings.Join(Mistakes(text), "\n")
		if !strings.Contains(got, word) {
			t.Errorf("%s: the mistakes are %q, want one with %s", text, got, word)
		}
	}
	for _, text := range []string{
		"h₁은 첫 상태이고 0.46이 성분입니다. W를 곱합니다. $h_2$는, ŷ을, L이, δ₂가",
		"크로스 엔트로피(cross entropy, 교차 엔트로피)는 손실입니다.", "시간축을 따라 펼친 네트워크",
		"tanh의 기울기를 곱합니다.", "손실 곡선의 기울기는 음수입니다.", "그래디언트 소실(기울기 소실·폭발이라고도 합니다)", "성분별 곱(아다마르 곱)",
		"흡혈박쥐는 한 낱말이지만 여기서는 두 토큰으로 나눕니다.", "업데이트 게이트와 리셋 게이트",
		"2가지, 3가지 방법", "1이면 됩니다.", "h를 0으로 되돌립니다.", "%s{을/를} 읽고 `%s`{은/는}", "AR(9)의 오차",
	} {
		if got := Mistakes(text); got != nil {
			t.Errorf("%s: %q", text, got)
		}
	}
}
