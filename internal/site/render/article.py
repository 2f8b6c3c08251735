"""Makes an article of a notebook's cells: what a reader needs around them, and what a
page must not have."""
import base64
import copy
import hashlib
import mimetypes
import os
import posixpath
import re
import struct
from urllib.parse import quote, unquote, urlsplit

from bs4 import BeautifulSoup

from formulas import shorten

HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3](?:[\s\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3·~]*[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3])?")
LATIN = re.compile(r"[A-Za-z]{2}")
NO_WORDS = "No description has been provided for this image"  # nbconvert's own
LONG_TEXT, LONG_TABLE = 30, 40  # lines, rows: beyond, an output is folded
COLOURED = {"k", "kc", "kd", "kn", "kr", "kt", "s", "sa", "sc", "s1", "s2", "se", "mi", "mf", "mh", "mo", "c", "c1", "cm", "cp", "nb", "nf", "err"}
RESERVED = {"loader", "text", "colours", "search", "search-open", "search-words", "search-count", "search-found",
            "keys", "keys-title", "keys-single", "keys-open"}  # what a page calls its own parts
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]


class Article:
    """The article of one notebook, as it is worked on.

    problems and warnings are (cell, sentence). files are the images and sounds that the
    page needs beside it: {"media/….png": bytes}.
    """

    def __init__(self, html, formulas, order, texts):
        self.soup = BeautifulSoup(html, "html.parser")
        self.formulas, self.order, self.texts = formulas, order, texts
        self.problems, self.warnings, self.files, self.links = [], [], {}, []
        self.beside_files = {}  # files beside the notebook that went into the page, with their hashes
        for place in self.soup.select("span.formula"):
            n = formulas.number(place)
            if n is None:
                place.unwrap()
            else:
                place.string = formulas.words(n)

    # Where things are.

    def cell_of(self, element):
        """The id of the cell that an element belongs to."""
        cell = element.find_parent(class_="jp-Cell") or element
        return cell.get("data-cell", "")

    def new(self, tag, text=None, **attributes):
        element = self.soup.new_tag(tag, attrs={k.rstrip("_").replace("_", "-"): v for k, v in attributes.items()})
        if text is not None:
            element.string = text
        return element

    # What is done, in this order.

    def tidy(self):
        """Takes away what only JupyterLab's own page needs."""
        for element in self.soup.find_all(id=RESERVED.__contains__):
            del element["id"]
        for element in self.soup.select(".jp-Collapser"):
            element.decompose()
        for element in self.soup.select("[tabindex]"):
            del element["tabindex"]
        for element in self.soup.select("[class*='jp-'], .cm-editor, .highlight"):
            kept = [c for c in element["class"] if c in ("jp-Cell", "jp-CodeCell", "jp-MarkdownCell", "jp-OutputArea-output", "highlight", "celltag_cover")]
            element["class"] = kept
            if not kept:
                del element["class"]
        for element in self.soup.select(".jp-Cell"):
            element["data-cell"] = element.get("id", "").removeprefix("cell-id=")
            element["id"] = "cell-" + quote(element["data-cell"], safe="")
        for element in self.soup.find_all("div"):
            for name in ("data-mime-type", "data-type"):
                element.attrs.pop(name, None)
            if not element.attrs and element.parent is not None:
                element.unwrap()
        for element in self.soup.select(".highlight span"):  # most tokens have no colour of their own
            if not element.get("class") or element["class"][0] not in COLOURED:
                element.unwrap()

    def join_solutions(self, solutions):
        """Folds the worked solution of each exercise under it: the cells of the notebook
        of solutions whose ids begin with the exercise's."""
        cells = solutions.soup.select(".jp-Cell")
        for exercise in self.soup.select(".jp-CodeCell"):
            name = exercise["data-cell"]
            if not re.fullmatch(r"exercise-\d+", name):
                continue
            own = [c for c in cells if c["data-cell"] == name or c["data-cell"].startswith(name + "-")]
            if not own:
                continue
            fold = self.new("details", class_="solution")
            title = next((h for c in own for h in c.find_all(HEADINGS)), None)
            label = title.get_text(" ", strip=True) if title else name
            fold.append(self.new("summary", self.texts["solution"] % label))
            if title:
                title.decompose()
            for cell in own:
                cell = cell.extract()
                cell["data-from"] = self.order["solution_name"]
                for element in [cell, *cell.find_all(id=True)]:
                    element.attrs.pop("id", None)
                for heading in cell.find_all(HEADINGS):
                    heading.name = "p"
                fold.append(cell)
            exercise.insert_after(fold)
        self.files.update(solutions.files)
        self.beside_files.update(solutions.beside_files)
        self.problems += solutions.problems

    def headings(self):
        """Gives each heading an address, and returns those of the table of contents."""
        taken, contents, before = set(RESERVED), [], 0
        all_headings = list(self.soup.find_all(HEADINGS))
        if not any(h.name == "h1" for h in all_headings):
            title = self.new("h1", self.order["title"])
            self.soup.insert(0, title)
            all_headings.insert(0, title)
        for heading in all_headings:
            level = int(heading.name[1])
            text = heading.get_text().strip()
            if level > before + 1:
                self.problems.append((self.cell_of(heading),
                                      f"the heading “{text}” has level {level} and stands below one of level {before}: no level may be left out"))
            before = level
            if not text:
                self.problems.append((self.cell_of(heading), "a heading has no text"))
            stem = re.sub(r"\s+", "-", text) or "section"  # as JupyterLab has it
            name, n = stem, 2
            while name in taken:
                name, n = f"{stem}-{n}", n + 1
            taken.add(name)
            heading["id"] = name
            if level in (2, 3):
                contents.append({"level": level, "id": name, "html": heading.decode_contents(), "text": text})
            link = self.new("a", "#", class_="anchor", href="#" + quote(name), aria_label=self.texts["anchor"] % text)
            heading.append(link)
        return contents

    def pictures(self, metadata):
        """Takes images and sounds out of the page into files, named by their content.

        Every image needs words; those of the cell's metadata, alt, serve where the
        output has none.
        """
        for image in self.soup.find_all("img"):
            cell = self.cell_of(image)
            words = (image.get("alt") or "").strip()
            if words == NO_WORDS:
                words = ""
            words = words or str(metadata.get(cell, {}).get("alt", "")).strip()
            if not words:
                self.problems.append((cell, "an image has no alternative text: show it with show.Chart, "
                                            "or write the text into the cell's metadata under the key alt"))
            image["alt"] = words
            data = self.data(image, cell, "image")
            if data and data[:8] == b"\x89PNG\r\n\x1a\n":
                width, height = struct.unpack(">II", data[16:24])
                if re.fullmatch(r"\d+", image.get("width", "")):
                    width, height = int(image["width"]), round(height * int(image["width"]) / width)
                image["width"], image["height"] = str(width), str(height)
        for sound in self.soup.find_all(["audio", "source"]):
            if sound.get("src"):
                self.data(sound, self.cell_of(sound), "sound")

    def data(self, element, cell, what):
        """The bytes of an image or a sound. In a site they move into a file of their own, in
        a single file they become part of the page."""
        source = element.get("src", "")
        found = re.fullmatch(r"data:([a-z]+)/([a-z0-9.+-]+);base64,(.*)", source, re.DOTALL)
        try:
            if found:
                kind, form, data = found[1], found[2], base64.b64decode(found[3], validate=False)
            else:
                kind, form, data = self.beside(source)
        except (ValueError, OSError) as error:
            self.problems.append((cell, f"the {what} {shorten(source) or 'without address'} cannot be taken into the page: {error}"))
            return None
        if self.order["single"]:
            element["src"] = f"data:{kind}/{form};base64," + base64.b64encode(data).decode()
        else:
            name = f"media/{hashlib.sha256(data).hexdigest()[:16]}.{form.split('+')[0]}"
            self.files[name] = data
            element["src"] = self.order["root"] + name
        return data

    def beside(self, source):
        """An image or a sound that lies in a file beside the notebook."""
        parts = urlsplit(source)
        if parts.scheme or parts.netloc:
            raise ValueError("a page fetches nothing from elsewhere. Keep the file beside the notebook")
        path = os.path.join(self.order["beside"], *unquote(parts.path).split("/"))
        kind = (mimetypes.guess_type(path)[0] or "").split("/")
        if kind[0] not in ("image", "audio"):
            raise ValueError("it is no image and no sound")
        with open(path, "rb") as file:
            data = file.read()
        self.beside_files[self.order.get("beside_name", "") + unquote(parts.path)] = hashlib.sha256(data).hexdigest()
        return kind[0], kind[1], data

    def follow_links(self):
        """Lets the links to notebooks lead to their pages, and notes those to be checked."""
        for link in self.soup.find_all("a", href=True):
            href = link["href"]
            parts = urlsplit(href)
            if "anchor" in link.get("class", []):
                continue
            cell = self.cell_of(link)
            if parts.scheme in ("http", "https") or parts.netloc:
                link["rel"] = "noopener"
                continue
            if parts.scheme == "mailto":
                continue
            if parts.scheme or href == "#harmful-link":  # so mistune calls what would run a script
                self.warnings.append((cell, f"the link “{link.get_text()}” leads to no page: its words stay, without the link"))
                link.unwrap()
                continue
            # A folded solution keeps the folder that its notebook stands in.
            cells = link.find_parent(attrs={"data-from": True})
            base = posixpath.dirname(cells["data-from"] if cells else self.order["name"])
            if not parts.path:
                self.links.append({"page": self.order["page"], "fragment": unquote(parts.fragment), "cell": cell, "said": href})
                continue
            target = posixpath.normpath(posixpath.join(base, unquote(parts.path)))
            page = self.order["pages"].get(target)
            if self.order["single"]:
                link.unwrap()  # the mail has this one page
            elif page is None and self.order["course"]:
                self.problems.append((cell, f"the link {href} leads to nothing that is part of the site"))
            elif page is None:
                self.warnings.append((cell, f"the link {href} leads to nothing that is part of the site: its words stay, without the link"))
                link.unwrap()
            else:
                self.links.append({"page": page, "fragment": unquote(parts.fragment), "cell": cell, "said": href})
                link["href"] = self.order["root"] + quote(page) + ("#" + quote(unquote(parts.fragment)) if parts.fragment else "")

    def fold_long_outputs(self):
        for output in self.soup.select(".jp-OutputArea-output"):
            pre, table = output.find("pre"), output.find("table")
            lines = len(pre.get_text().rstrip("\n").split("\n")) if pre else 0
            rows = len(table.find_all("tr")) if table else 0
            if lines <= LONG_TEXT and rows <= LONG_TABLE:
                continue
            label = self.texts["lines"] % lines if lines > LONG_TEXT else self.texts["rows"] % rows
            fold = self.new("details", class_="long")
            fold.append(self.new("summary", label))
            output.wrap(fold)

    def box_tables(self):
        """A wide table scrolls in a box of its own. Its first row are its headings."""
        for table in self.soup.find_all("table"):
            table.wrap(self.new("div", class_="wide"))
            for head in table.select("thead th"):
                head["scope"] = "col"
                places = head.select("span.formula")
                if places and not "".join(t for t in head.strings if not t.find_parent(class_="formula")).strip():
                    self.formulas.labelled.update(self.formulas.number(place) for place in places)
                if not head.get_text(strip=True):  # an empty corner is no heading
                    head.name = "td"
                    del head["scope"]
            for cell in table.find_all(["th", "td"], style=True):
                side = re.search(r"text-align:\s*(left|right|center)", cell["style"])
                del cell["style"]
                if side:
                    cell["class"] = [*cell.get("class", []), side[1]]

    def speak(self):
        """Marks every passage in the other language with its own."""
        if self.order["lang"] == "ko":
            for element in self.soup.find_all(["p", "li", "td", "th", *HEADINGS]):
                text = "".join(t for t in element.strings if not t.find_parent(["code", "pre"]) and not t.find_parent(class_="formula"))
                if LATIN.search(text) and not HANGUL.search(text) and not element.find(lang=True):
                    element["lang"] = "en"
            return
        for text in list(self.soup.find_all(string=HANGUL)):
            if text.find_parent(lang="ko") or text.find_parent(class_="formula"):
                continue
            at = 0
            for found in HANGUL.finditer(text):
                text.insert_before(text[at:found.start()], self.new("span", found[0], lang="ko"))
                at = found.end()
            text.replace_with(text[at:])

    # What others want to know of it.

    def title(self):
        return self.plain(self.soup.find("h1"))

    def plain(self, element):
        """The text of an element without the sign of its own address."""
        return " ".join("".join(t for t in element.strings if not t.find_parent(class_="anchor")).split())

    def promises(self):
        """What the notebook gives, as its first list has it, and what it needs: the
        paragraph after it."""
        first = self.soup.select_one(".jp-MarkdownCell")
        gives = first.find("ul") if first else None
        if not gives:
            return {"gives": [], "needs": "", "summary": ""}
        items = gives.find_all("li", recursive=False)
        needs = gives.find_next_sibling("p")
        return {"gives": [item.decode_contents().strip() for item in items], "needs": needs.decode_contents() if needs else "",
                "summary": " ".join(self.plain(item) for item in items)}

    def solutions_at_end(self):
        """The folded solutions again, open, for the end of a printed page."""
        pieces = []
        for fold in self.soup.select("details.solution"):
            fold = copy.copy(fold)
            fold.name, fold["class"] = "div", "worked"  # those of class solution stay off the paper
            fold.summary.name = "h3"
            pieces.append(str(fold))
        return "".join(pieces)

    def minutes(self):
        """An estimate of how long it takes to work through it: reading at 150 words a
        minute, six seconds for a line of code, half a minute for a displayed formula, a
        chart or a table, five minutes for an exercise."""
        words, lines, looks = 0, 0, len(self.soup.find_all(["img", "table", "audio"]))
        exercises = 0
        for cell in self.soup.select(".jp-Cell"):
            if cell.find_parent(class_="solution"):
                continue
            if "jp-MarkdownCell" in cell["class"]:
                words += len(cell.get_text().split())
            elif cell.pre:
                lines += len(cell.pre.get_text().splitlines())
            exercises += bool(re.fullmatch(r"exercise-\d+", cell["data-cell"]))
        looks += sum(f["display"] for f in self.formulas.all)
        minutes = words / 150 + lines / 10 + looks / 2 + exercises * 5
        return max(5, 5 * round(minutes / 5))

    def sections(self):
        """The article in pieces for the search, one a heading."""
        pieces = []
        for cell in self.soup.select(".jp-Cell"):
            if cell.find_parent(class_="solution"):
                continue
            for element in cell.find_all(True, recursive=False) or [cell]:
                if element.name in HEADINGS:
                    pieces.append({"heading": self.plain(element), "id": element["id"], "text": [], "code": []})
                elif pieces:
                    code = "highlight" in element.get("class", [])
                    pieces[-1]["code" if code else "text"].append(" ".join(element.get_text("" if code else " ").split()))
        return [{**p, "text": " ".join(p["text"]).strip(), "code": " ".join(p["code"]).strip()} for p in pieces]
