"""Formulas: found in the text of the page, typeset together, and put into it at the end."""
import html
import re
import secrets

from bs4 import Comment, NavigableString

# MathJax looks for no formulas in these.
NO_FORMULAS = {"script", "noscript", "style", "textarea", "pre", "code", "annotation", "annotation-xml"}


class Formulas:
    """The formulas of one page, in order."""

    def __init__(self):
        # The token tells placeholders from the text of the notebook.
        self.token = secrets.token_hex(8)
        self.all = []  # {"tex", "display", "raw", "cell"} with "html" or "error"
        self.glyphs = ""
        self.labelled = set()  # numbers of those that need an aria-label

    def typeset(self, articles, typesetter):
        """Replaces the formulas in the articles with placeholders."""
        runs = [(article, run) for article in articles for run in text_runs(article.soup)]
        if not runs:
            return  # MathJax takes half a second to load
        result = typesetter(["".join(map(text_of, run)) for _, run in runs])
        self.all, self.glyphs = result["formulas"], result["glyphs"]
        for (article, run), pieces in zip(runs, result["texts"]):
            for piece in pieces:
                if "formula" in piece:
                    formula = self.all[piece["formula"]]
                    formula.update(raw=piece["raw"], cell=article.cell_of(run[0]))
            if any(piece["raw"] != piece.get("text") for piece in pieces):
                replace(run, [self.placeholder(article, p["formula"]) if "formula" in p else p["text"] for p in pieces],
                        [len(p["raw"]) for p in pieces])

    def placeholder(self, article, n):
        """Returns a formula's placeholder, which holds its plain text."""
        formula = self.all[n]
        if "error" in formula:
            article.fault(formula["cell"], f"the formula {shorten(formula['tex'])} does not parse: {formula['error']}")
            return article.new("code", formula["raw"])
        return article.new("span", self.plain_text(n), class_="formula", data_n=f"{self.token}-{n}")

    def number(self, placeholder):
        """Returns the number of the formula of a placeholder."""
        return int(placeholder["data-n"].rpartition("-")[2])

    def plain_text(self, n):
        """Returns a formula as plain text, for the search and for titles."""
        found = re.search(r"<math.*</math>", self.all[n].get("html", ""))
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
            typeset = self.all[n].get("html", "")
            if n in self.labelled:
                typeset = typeset.replace("<math", f'<math aria-label="{html.escape(self.plain_text(n))}"', 1)
            math = f'<span class="math {kind}">{typeset}</span>'
            # A line may break behind a formula, but not between it and its Korean particle. Chromium
            # ignores a word joiner there.
            return f'<span class="unbroken">{math}{match[2]}</span>' if match[2] and kind == "inline" else math + match[2]

        return re.sub(rf'<span class="formula" data-n="{self.token}-(\d+)">[^<]*</span>((?:[\uac00-\ud7a3]+[.,:;?!)”]*)?)', fill, page)


def text_runs(soup):
    """Returns the texts in which MathJax looks for a formula: lists of text nodes, with what may
    stand between them, a line break."""
    runs = []

    def walk(element):
        run = []

        def end():
            if any(isinstance(node, NavigableString) and re.search(r"[$\\]", node) for node in run):
                runs.append(list(run))
            run.clear()

        for child in element.children:
            if isinstance(child, Comment):
                continue
            if isinstance(child, NavigableString) or child.name in ("br", "wbr"):
                run.append(child)
                continue
            end()
            if child.name not in NO_FORMULAS and "mathjax_ignore" not in child.get("class", []):
                walk(child)
        end()

    walk(soup)
    return runs


def text_of(node):
    if isinstance(node, NavigableString):
        return str(node)
    return "\n" if node.name == "br" else ""


def replace(run, pieces, lengths):
    """Replaces a run of nodes with pieces, which stand for so many of its characters. Line breaks
    outside formulas stay."""
    new, bounds, at = [], [], 0
    for node in run:
        bounds.append((at, node))
        at += len(text_of(node))
    at = 0
    for piece, length in zip(pieces, lengths):
        if isinstance(piece, str) and len(piece) == length:
            begin = at
            for start, node in bounds:
                if not isinstance(node, NavigableString) and at <= start < at + length:
                    new.append(piece[begin - at:start - at])
                    new.append(node)
                    begin = start + len(text_of(node))
            new.append(piece[begin - at:])
        else:
            new.append(piece)
        at += length
    anchor = NavigableString("")
    run[0].insert_before(anchor)
    for node in run:
        node.extract()
    for node in new:
        if node != "":
            anchor.insert_before(node)
    anchor.extract()


def shorten(tex, limit=70):
    tex = " ".join(tex.split())
    return tex if len(tex) <= limit else tex[:limit] + " …"
