"""Converts the cells of a notebook to HTML with nbconvert."""
import html
import json
import re

from jinja2 import pass_context
from nbconvert.exporters.html import HTMLExporter
from nbconvert.filters import ansi2html
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from article import data_of
from sanitise import Sanitiser, data_address, svg_data

# What a page shows of an output in several types, the first that it has, as in JupyterLab.
PREFERRED = ["text/html", "text/markdown", "text/latex", "image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp",
             "image/bmp", "image/avif", "audio/", "video/", "text/plain"]
PROGRAMS = ["application/javascript", "text/javascript"]
CODE = re.compile(r'(?s)<pre><code class="language-([^"]*)">(.*?)</code></pre>')
# A piece of code as Pygments writes it, and the pieces that have colours on a page.
PIECE = re.compile(r'<span(?: class="([^"]*)")?>([^<]*)</span>')
COLOURED = {"k", "kc", "kd", "kn", "kr", "kt", "s", "sa", "sc", "s1", "s2", "se", "mi", "mf", "mh", "mo", "c", "c1", "cm", "cp", "nb", "nf", "err"}


class CellsExporter(HTMLExporter):
    """HTMLExporter with the template course. It leaves formulas as they are written."""

    def __init__(self, templates, markdown, **options):
        super().__init__(template_name="course", extra_template_basedirs=[templates], exclude_input_prompt=True,
                         exclude_output_prompt=True, **options)
        self.markdown = markdown  # a Program
        self.texts = self.fault = None  # of the current notebook

    def _preprocess(self, nb, resources):
        """Leaves the notebook as it is: nbconvert would refuse what is invalid but can be shown."""
        return nb, resources

    def default_filters(self):
        yield from super().default_filters()
        yield "raw2html", self.raw2html
        yield "only_colours", only_colours
        yield "output2html", self.output2html

    def cells(self, notebook, texts, fault):
        """Returns the cells of a notebook as HTML. fault is called with the id of a cell and with
        what is left out of it."""
        self.texts, self.fault = texts, fault
        return self.from_notebook_node(notebook)[0]

    def sanitiser(self, cell):
        return Sanitiser(self.texts, lambda text: self.fault(cell.get("id", ""), text), cell.get("attachments"))

    def text(self, cell, source):
        """Returns Markdown as HTML."""
        page = CODE.sub(coloured, self.markdown(source))
        return self.sanitiser(cell).clean(page)

    @pass_context
    def markdown2html(self, context, source):
        return self.text(context.get("cell", {}), source)

    def raw2html(self, cell):
        """Returns a raw cell as HTML. Those for other programs are shown as they are."""
        mime = cell.metadata.get("raw_mimetype", "").lower()
        if mime == "text/html":
            return self.sanitiser(cell).clean(cell.source)
        if mime == "text/markdown":
            return self.text(cell, cell.source)
        return f"<pre>{html.escape(cell.source)}</pre>" if cell.source.strip() else ""

    # Outputs.

    def output2html(self, output, cell):
        """Returns an output as HTML."""
        if output.output_type == "stream":
            shown = console(output.text)
        else:
            shown = self.display(output, cell)
        return f'<div class="jp-OutputArea-output">{shown}</div>' if shown else ""

    def display(self, output, cell):
        data = output.get("data") or {}
        sanitiser = self.sanitiser(cell)
        for mime in PREFERRED:
            mime = next((m for m in data if m == mime or mime.endswith("/") and m.startswith(mime)), None)
            if mime is None:
                continue
            content = data[mime]
            if mime == "text/html":
                page, seen, program = sanitiser.examine(content)
                if seen:
                    return page
                if "text/plain" not in data:
                    return note(self.texts["left_program"]) if program else ""
            elif mime == "text/markdown":
                return self.text(cell, content)
            elif mime == "text/latex":
                return f"<div>{html.escape(content)}</div>"
            elif mime == "text/plain":
                richer = ", ".join(m for m in data if m not in ("text/plain", "text/html"))
                if richer:
                    sanitiser.fault(f"an output of the type {richer}, which a page cannot show, is replaced by its text")
                return console(content)
            else:
                address = address_of(mime, content)
                if data.get("text/plain", "").strip() and not readable(address):
                    continue
                return medium(mime, address, size_of(output, mime))
        return self.other(data, sanitiser)

    def other(self, data, sanitiser):
        """Returns an output of types that JupyterLab shows with extensions."""
        for mime, content in data.items():
            if is_json(mime) and "widget" not in mime:
                content = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=2)
                return console(content)
            if mime.startswith("text/") and mime not in PROGRAMS:
                return console(content)
        if not data:
            return ""
        sanitiser.fault(f"an output of the type {', '.join(data)}, which a page cannot show, is left out")
        if any(mime in data for mime in PROGRAMS):
            return note(self.texts["left_program"])
        return note(self.texts["left_type"] % ", ".join(data))


def is_json(mime):
    return mime == "application/json" or mime.endswith("+json")


def note(text):
    return f'<span class="left-out">{html.escape(text)}</span>'


def console(text):
    return f"<pre>{ansi2html(text if isinstance(text, str) else json.dumps(text))}</pre>"


def coloured(match):
    """Returns a block of code in a language, with the colours of the page's code."""
    try:
        lexer = get_lexer_by_name(html.unescape(match[1]))
    except ClassNotFound:
        return match[0]
    return only_colours(highlight(html.unescape(match[2]), lexer, HtmlFormatter()))


def only_colours(code):
    """Returns code that Pygments has made, which is safe HTML, without the elements for pieces that have
    no colour: these are most."""
    return PIECE.sub(lambda piece: piece[0] if piece[1] in COLOURED else piece[2], code)


def address_of(mime, content):
    """Returns an image, a sound or a video in base64, or a drawing, as an address."""
    if mime == "image/svg+xml":
        data = svg_data(content)
        return data_address(mime, data if data is not None else content.encode())
    return f"data:{mime};base64,{''.join(content.split())}"


def readable(address):
    try:
        return data_of(address) is not None
    except ValueError:
        return False


def medium(mime, address, attributes):
    """Returns an image, a sound or a video as an element."""
    kind = mime.partition("/")[0]
    if kind == "image":
        return f'<img src="{html.escape(address)}"{attributes}>'
    return f'<{kind} controls src="{html.escape(address)}"></{kind}>'


def size_of(output, mime):
    """Returns the size that the metadata of an output give an image, as attributes."""
    metadata = output.get("metadata")
    if not isinstance(metadata, dict):
        return ""
    own = metadata.get(mime) if isinstance(metadata.get(mime), dict) else {}
    size = {key: own.get(key, metadata.get(key)) for key in ("width", "height")}
    return "".join(f' {key}="{round(value)}"' for key, value in size.items() if isinstance(value, (int, float)) and 0 < value < 10_000)
