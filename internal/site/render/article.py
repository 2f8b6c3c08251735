"""Turns the HTML of a notebook's cells into the article of a page, and collects the problems."""
import base64
import copy
import hashlib
import mimetypes
import os
import posixpath
import re
import struct
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

from bs4 import BeautifulSoup, Tag

from formulas import shorten
from sanitise import svg_data

HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3](?:[\s\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3·~]*[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3])?")
LATIN = re.compile(r"[A-Za-z]{2}")
DEFAULT_ALT = "No description has been provided for this image"  # of nbconvert
LONG_TEXT, LONG_TABLE = 30, 40  # lines, rows: longer outputs are folded
RESERVED = {"loader", "text", "code-switch", "colours", "search", "search-open", "search-words", "search-count", "search-found",
            "keys", "keys-title", "keys-single", "keys-open"}  # ids of the page's own elements
KEPT_CLASSES = {"jp-Cell", "jp-CodeCell", "jp-MarkdownCell", "jp-RawCell", "jp-OutputArea-output", "highlight", "celltag_cover"}
NET_LINK = "/static/net.html"  # where course lab serves the page of the lecture's net
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
BLOCKS = [*HEADINGS, "blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "li", "ol", "p", "pre", "summary", "table", "td", "th", "tr", "ul"]


def pixels(image):
    """Returns the width and height of a PNG or a GIF, or None."""
    if image[:8] == b"\x89PNG\r\n\x1a\n" and len(image) >= 24:
        return struct.unpack(">II", image[16:24])
    if image[:6] in (b"GIF87a", b"GIF89a") and len(image) >= 10:
        return struct.unpack("<HH", image[6:10])
    return None


def checked_image(mime, subtype, data):
    """Raises ValueError for data that no browser shows as an image: a page would have a hole there."""
    starts = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF", b"\0\0\1\0", b"II*\0", b"MM\0*")
    if mime == "image" and subtype != "svg+xml" and not data.startswith(starts) and data[4:8] != b"ftyp":
        raise ValueError("its data are not those of an image")


def data_of(source):
    """Returns the data of an address that holds them: (type, subtype, bytes), or None."""
    found = re.fullmatch(r"(?is)data:([a-z]+)/([a-z0-9.+-]+)((?:;[^;,]*)*),(.*)", source)
    if not found:
        if source[:5].lower() == "data:":
            raise ValueError("its data cannot be read")
        return None
    mime, subtype, parameters, content = found.groups()
    content = unquote_to_bytes(content)
    if parameters.lower().endswith(";base64"):
        content = base64.b64decode(content, validate=False)
    if mime.lower() not in ("image", "audio", "video"):
        raise ValueError(f"its data are of the type {mime}/{subtype}")
    if subtype.lower() == "svg+xml":
        content = svg_data(content.decode("utf-8", "replace"))
        if content is None:
            raise ValueError("it is not a drawing in SVG")
    checked_image(mime.lower(), subtype.lower(), content)
    return mime.lower(), subtype.lower(), content


class Article:
    """The article of one notebook. The methods change it step by step.

    problems and warnings are lists of (cell, text). files are the images and sounds of the page:
    {"media/….png": bytes}.
    """

    def __init__(self, html, formulas, job, texts):
        self.soup = BeautifulSoup(html, "html.parser")
        self.formulas, self.job, self.texts = formulas, job, texts
        self.problems, self.warnings, self.files, self.links = [], [], {}, []
        self.beside_files = {}  # SHA-256 of the files beside the notebook that the page contains

    def fault(self, cell, text):
        """Records what a reader should not see."""
        (self.problems if self.job["strict"] else self.warnings).append((cell, text))

    def cell_of(self, element):
        """Returns the id of the cell that contains an element."""
        cell = element.find_parent(class_="jp-Cell")
        if cell is None:
            return element.get("data-cell", "") if isinstance(element, Tag) else ""
        return cell["data-cell"]

    def new(self, tag, text=None, **attributes):
        element = self.soup.new_tag(tag, attrs={k.rstrip("_").replace("_", "-"): v for k, v in attributes.items()})
        if text is not None:
            element.string = text
        return element

    # The steps, in this job.

    def clean(self):
        """Removes what only JupyterLab needs."""
        for element in self.soup.find_all(True):
            if element.get("id") in RESERVED:
                del element["id"]
            element.attrs.pop("tabindex", None)
            classes = element.get("class", [])
            if not any("jp-" in c for c in classes) and "highlight" not in classes:
                continue
            kept = [c for c in classes if c in KEPT_CLASSES]
            if kept:
                element["class"] = kept
            else:
                del element["class"]
                for name in ("data-mime-type", "data-type"):
                    element.attrs.pop(name, None)
                if element.name == "div" and not element.attrs:
                    element.unwrap()
            if "jp-Cell" in kept:
                element["data-cell"] = element.get("id", "").removeprefix("cell-id=")
                element["id"] = "cell-" + quote(element["data-cell"], safe="")

    def join_solutions(self, solutions):
        """Puts the worked solution of each exercise below it, folded: the cells of the solutions
        whose ids begin with that of the exercise."""
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
                cell["data-from"] = self.job["solution_name"]
                for element in [cell, *cell.find_all(id=True)]:
                    element.attrs.pop("id", None)
                for heading in cell.find_all(HEADINGS):
                    heading.name = "p"
                fold.append(cell)
            exercise.insert_after(fold)
        self.files.update(solutions.files)
        self.beside_files.update(solutions.beside_files)
        self.problems += solutions.problems
        self.warnings += solutions.warnings

    def headings(self):
        """Gives each heading an id and a link to it, and returns the table of contents."""
        taken = RESERVED | {element["id"] for element in self.soup.find_all(id=True) if element.name not in HEADINGS}
        contents, previous = [], 0
        for heading in self.soup.find_all(HEADINGS):
            if not heading.get_text(strip=True) and not heading.find("img"):
                self.fault(self.cell_of(heading), "a heading has no text")
                heading.name = "p"
        all_headings = list(self.soup.find_all(HEADINGS))
        if not any(h.name == "h1" for h in all_headings):
            title = self.new("h1", self.job["title"])
            self.soup.insert(0, title)
            all_headings.insert(0, title)
        for heading in all_headings:
            level = int(heading.name[1])
            text = heading.get_text().strip()
            if level > previous + 1:
                self.fault(self.cell_of(heading),
                           f"the heading “{text}” has level {level} directly below level {previous}: do not skip a level")
            previous = level
            stem = re.sub(r"\s+", "-", text) or "section"  # as in JupyterLab
            name, n = stem, 2
            while name in taken:
                name, n = f"{stem}-{n}", n + 1
            taken.add(name)
            own = heading.get("id")
            if own and own not in taken:  # that the author has given it: links may lead there
                taken.add(own)
                heading.insert(0, self.new("span", id=own))
            heading["id"] = name
            if level in (2, 3):
                contents.append({"level": level, "id": name, "html": heading.decode_contents(), "text": text})
            link = self.new("a", "#", class_="anchor", href="#" + quote(name), aria_label=self.texts["anchor"] % text)
            heading.append(link)
        return contents

    def store_media(self, metadata):
        """Stores images and sounds in files, or in the page if it is a single file.

        Each image needs an alternative text: its own, or the one in the cell's metadata under
        the key alt.
        """
        for image in self.soup.find_all("img"):
            cell = self.cell_of(image)
            alt = (image.get("alt") or "").strip()
            if alt == DEFAULT_ALT:
                alt = ""
            alt = alt or str(metadata.get(cell, {}).get("alt", "")).strip()
            if not alt:
                self.fault(cell, "an image has no alternative text: show it with show.Chart, "
                                 "or write the text into the cell's metadata under the key alt")
            image["alt"] = alt or self.texts["no_alt"]
            data = self.store(image, cell, "image")
            size = pixels(data or b"")
            if size and all(size):
                width, height = size
                if re.fullmatch(r"\d+", image.get("width", "")):
                    width, height = int(image["width"]), round(height * int(image["width"]) / width)
                elif image.get("width"):
                    continue
                image["width"], image["height"] = str(width), str(height)
        for medium in self.soup.find_all(["audio", "video", "source"]):
            if medium.get("src"):
                whole = medium if medium.name != "source" else medium.find_parent(["audio", "video"]) or medium
                self.store(medium, self.cell_of(medium), "video" if whole.name == "video" else "sound")

    def store(self, element, cell, kind):
        """Stores an image, a sound or a video, and returns its bytes. If that is not possible, a
        note stands in its place."""
        source = element.get("src", "")
        try:
            mime, subtype, data = data_of(source) or self.read_file(source)
        except (ValueError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else error
            self.fault(cell, f"the {kind} {shorten(source) or 'without an address'} cannot be part of the page: {reason}")
            self.leave_out(element, "" if source.startswith("data:") else source)
            return None
        if self.job["single"]:
            element["src"] = f"data:{mime}/{subtype};base64," + base64.b64encode(data).decode()
        else:
            name = f"media/{hashlib.sha256(data).hexdigest()[:16]}.{subtype.split('+')[0]}"
            self.files[name] = data
            element["src"] = self.job["root"] + name
        return data

    def leave_out(self, element, address):
        """Replaces an image, a sound or a video with a note."""
        if element.name == "source":
            parent = element.find_parent(["audio", "video"])
            element.extract()
            if parent is None or parent.find("source") or parent.get("src"):
                return
            element = parent
        address = address.removeprefix("attachment:")
        words = element.get("alt", "")
        words = address if words in ("", self.texts["no_alt"]) else words
        note = self.new("span", (self.texts["left_media"] % words) if words else self.texts["no_alt"], class_="left-out")
        if urlsplit(address).scheme in ("http", "https") and not element.find_parent("a"):
            note.string = self.texts["left_media"] % ""
            note.append(self.new("a", words, href=address))
        element.replace_with(note)

    def read_file(self, source):
        """Reads an image or a sound from a file beside the notebook: (type, subtype, bytes)."""
        parts = urlsplit(source)
        if not parts.path:
            raise ValueError("it has no address")
        if parts.scheme == "attachment":
            raise ValueError("the cell has no attachment of this name")
        if parts.scheme or parts.netloc:
            raise ValueError("a page cannot load files from the network. Save the file beside the notebook")
        path = os.path.join(self.job["beside"], *unquote(parts.path).split("/"))
        mime = (mimetypes.guess_type(path)[0] or "").split("/")
        if mime[0] not in ("image", "audio", "video"):
            raise ValueError("the file is neither an image nor a sound nor a video")
        with open(path, "rb") as file:
            data = file.read()
        checked_image(*mime, data)
        self.beside_files[self.job.get("beside_name", "") + unquote(parts.path)] = hashlib.sha256(data).hexdigest()
        return mime[0], mime[1], data

    def rewrite_links(self):
        """Points links between notebooks to their pages, and records the links to check."""
        for link in self.soup.find_all("a", href=True):
            href = link["href"]
            if "anchor" in link.get("class", []):
                continue
            cell = self.cell_of(link)
            try:
                parts = urlsplit(href)
            except ValueError:  # such as http://[
                self.fault(cell, f"the link {href} is not an address: its text is kept without the link")
                link.unwrap()
                continue
            if parts.scheme in ("http", "https") or parts.netloc:
                link["rel"] = "noopener"
                continue
            if parts.scheme == "mailto":
                continue
            if parts.scheme:  # such as data:
                self.warnings.append((cell, f"the link “{link.get_text()}” is not to a page: its text is kept without the link"))
                link.unwrap()
                continue
            # Links in a folded solution are relative to the notebook of solutions.
            cells = link.find_parent(attrs={"data-from": True})
            base = posixpath.dirname(cells["data-from"] if cells else self.job["name"])
            if not parts.path:
                self.links.append({"page": self.job["page"], "fragment": unquote(parts.fragment), "cell": cell, "said": href})
                continue
            target = posixpath.normpath(posixpath.join(base, unquote(parts.path)))
            page = self.job["pages"].get(target)
            if self.job["single"]:
                link.unwrap()  # the single file has no other pages
            elif target == NET_LINK and self.job.get("net"):  # its fragment is a state, to which the language belongs
                state = "/".join(filter(None, [parts.fragment, "a" + self.job["lang"]]))
                link["href"] = self.job["net"].partition("#")[0] + "#" + state
            elif page is None and self.job["strict"]:
                self.problems.append((cell, f"the link {href} has no target in the site"))
            elif page is None:
                self.warnings.append((cell, f"the link {href} has no target in the site: its text is kept without the link"))
                link.unwrap()
            else:
                self.links.append({"page": page, "fragment": unquote(parts.fragment), "cell": cell, "said": href})
                link["href"] = self.job["root"] + quote(page) + ("#" + quote(unquote(parts.fragment)) if parts.fragment else "")

    def fold_sources(self, metadata):
        """Folds the code of the cells whose source is folded in JupyterLab."""
        for cell in self.soup.select(".jp-CodeCell"):
            source = cell.find(class_="highlight", recursive=False)
            folded = metadata.get(cell["data-cell"], {}).get("jupyter", {}).get("source_hidden")
            if not source or folded is not True:
                continue
            fold = self.new("details", class_="source")
            fold.append(self.new("summary", self.texts["helpers"] % len(source.get_text().strip().splitlines())))
            source.wrap(fold)

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

    def wrap_tables(self):
        """Puts each table into a box that scrolls if the table is wide, and marks its headings."""
        for table in self.soup.find_all("table"):
            table.wrap(self.new("div", class_="wide"))
            for head in table.select("thead th"):
                head["scope"] = "col"
                placeholders = head.select("[data-n]")
                if placeholders and not "".join(t for t in head.strings if not t.find_parent(attrs={"data-n": True})).strip():
                    self.formulas.labelled.update(self.formulas.number(p) for p in placeholders)
                if not head.get_text(strip=True):  # an empty corner cell
                    head.name = "td"
                    del head["scope"]
            for cell in table.find_all(["th", "td"]):
                side = re.search(r"text-align:\s*(left|right|center)", cell.get("style", "")) or re.fullmatch(r"(?i)(left|right|center)", cell.get("align", ""))
                for key in ("style", "align"):
                    cell.attrs.pop(key, None)
                if side:
                    cell["class"] = [*cell.get("class", []), side[1].lower()]

    def mark_languages(self):
        """Adds the lang attribute to passages that are not in the language of the page."""
        if self.job["lang"] == "ko":
            for element in self.soup.find_all(["p", "li", "td", "th", *HEADINGS]):
                text = "".join(t for t in element.strings if not t.find_parent(["code", "pre"]) and not t.find_parent(attrs={"data-n": True}))
                if LATIN.search(text) and not HANGUL.search(text) and not element.find(lang=True):
                    element["lang"] = "en"
            return
        for text in list(self.soup.find_all(string=HANGUL)):
            if text.find_parent(lang="ko") or text.find_parent(attrs={"data-n": True}):
                continue
            at = 0
            for found in HANGUL.finditer(text):
                text.insert_before(text[at:found.start()], self.new("span", found[0], lang="ko"))
                at = found.end()
            text.replace_with(text[at:])

    # What the page and the report need.

    def title(self):
        return self.plain(self.soup.find("h1")) or self.job["title"]  # of a heading that is a picture

    def plain(self, element):
        """Returns the text of an element without that of its link to itself."""
        return " ".join("".join(t for t in element.strings if not t.find_parent(class_="anchor")).split())

    def words(self, element):
        """Returns the text of an element, with a space where another block or line begins."""
        pieces, last = [], None
        for text in element.strings:
            block = text.find_parent(BLOCKS)
            if block is not last or text.find_previous(True).name == "br":
                pieces.append(" ")
            pieces.append(text)
            last = block
        return " ".join("".join(pieces).split())

    def goals(self):
        """Returns the learning goals, the first list of the notebook, and the prerequisites, the
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
        """Returns the solutions again, unfolded, for the end of a printed page."""
        pieces = []
        for fold in self.soup.select("details.solution"):
            fold = copy.copy(fold)
            fold.name, fold["class"] = "div", "worked"  # the class solution is hidden in print
            fold.summary.name = "h3"
            pieces.append(str(fold))
        return "".join(pieces)

    def minutes(self, metadata):
        """Estimates the time to work through the notebook, and that for its appendices, the
        sections of level 2 whose headings begin with Appendix: reading at 150 words a minute, six
        seconds for a line of code, half a minute for a displayed formula, a chart or a table, five
        minutes for an exercise, or an answer in an assignment. What is folded is not counted, such as
        hints and helper functions."""
        def folded(element):
            return element.find_parent("details")

        minutes, appendix = [0, 0], 0
        for cell in self.soup.select(".jp-Cell"):
            if cell.find_parent(class_="solution"):
                continue
            heading = cell.find("h2")
            if heading:
                appendix = int(self.plain(heading).startswith(self.texts["appendix"]))
            displayed = [p for p in cell.select("[data-n]") if not folded(p) and self.formulas.all[self.formulas.number(p)]["display"]]
            figures = [e for e in cell.find_all(["img", "table", "audio"]) if not folded(e) or e.find_parent(class_="long")]
            minutes[appendix] += (len(displayed) + len(figures)) / 2
            if "jp-MarkdownCell" in cell["class"]:
                minutes[appendix] += len("".join(t for t in cell.strings if not folded(t)).split()) / 150
            elif cell.pre and not folded(cell.pre):
                minutes[appendix] += len(cell.pre.get_text().splitlines()) / 10
            name = cell["data-cell"]
            if metadata.get(name, {}).get("answer") or re.fullmatch(r"exercise-\d+", name):
                minutes[appendix] += 5
        return [max(5, 5 * round(m / 5)) if m else 0 for m in minutes]

    def sections(self):
        """Returns the sections of the article for the search, one for each heading."""
        first = self.soup.find("h1")
        pieces = [] if first.find_parent(class_="jp-Cell") else [{"heading": self.plain(first), "id": first["id"], "text": [], "code": []}]
        for cell in self.soup.select(".jp-Cell"):
            if cell.find_parent(class_="solution"):
                continue
            for element in cell.find_all(True, recursive=False) or [cell]:
                if element.name in HEADINGS and element.get("id"):
                    pieces.append({"heading": self.plain(element), "id": element["id"], "text": [], "code": []})
                else:
                    if not pieces:
                        pieces.append({"heading": self.plain(first), "id": first["id"], "text": [], "code": []})
                    code = {"highlight", "source"} & set(element.get("class", []))
                    pieces[-1]["code" if code else "text"].append(" ".join(element.get_text().split()) if code else self.words(element))
        return [{**p, "text": " ".join(p["text"]).strip(), "code": " ".join(p["code"]).strip()} for p in pieces]
