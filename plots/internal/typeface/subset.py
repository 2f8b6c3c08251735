"""Makes CourseSans.ttf from Pretendard 1.3.9 (npm package "pretendard", SIL Open
Font License 1.1, LICENSE.txt here). The licence reserves the name Pretendard for the
unchanged font, so the cut-down one has another.

    npm pack pretendard@1.3.9 && tar xzf pretendard-1.3.9.tgz
    pip install fonttools==4.68.0
    python subset.py package/dist/public/static/alternative/Pretendard-Regular.ttf

It keeps Latin, Greek, the arrows and signs of the course's formulas, and the 2,350
Hangul syllables of KS X 1001, which cover everyday Korean.
"""
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

FILE = "CourseSans.ttf"
NAME = "Course Sans"
UNICODES = (
    "U+0020-007E,U+00A0-017F,U+0391-03C9,U+2010-2026,U+2032,U+2016,U+2070-209C,"
    "U+2190-2193,U+2202,U+2211,U+2212,U+221A,U+221E,U+2225,U+2248,U+2264,U+2265"
)


def ks_x_1001():
    """The syllables of KS X 1001: rows 0xB0 to 0xC8 of EUC-KR."""
    pairs = (bytes([row, cell]) for row in range(0xB0, 0xC9) for cell in range(0xA1, 0xFF))
    return "".join(pair.decode("euc_kr", "ignore") for pair in pairs)


def rename(path):
    font = TTFont(path, recalcTimestamp=False)
    for record in list(font["name"].names):
        if record.nameID in (1, 3, 4, 6, 16):
            value = NAME.replace(" ", "") if record.nameID == 6 else NAME
            font["name"].setName(value, record.nameID, record.platformID, record.platEncID, record.langID)
    font.save(path)


if __name__ == "__main__":
    subset.main([
        sys.argv[1],
        "--unicodes=" + UNICODES,
        "--text=" + ks_x_1001(),
        "--output-file=" + FILE,
        "--name-IDs=*",
        "--no-hinting",
        "--layout-features=",
    ])
    rename(FILE)
