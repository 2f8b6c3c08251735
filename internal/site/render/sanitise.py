"""What the HTML of a notebook may bring to a page, and what stands in the place of the rest."""
import base64
import re
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import bleach
from bleach.css_sanitizer import CSSSanitizer
from bs4 import BeautifulSoup
from defusedxml import ElementTree as SafeElementTree
from defusedxml.common import DefusedXmlException

# The page's content security policy blocks scripts too, but they should not even be in the page.
TAGS = """a abbr address article aside audio b bdi bdo big blockquote br caption center cite code col
colgroup data dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr
hgroup i img ins kbd label legend li mark meter ol p picture pre progress q rp rt ruby s samp section
small source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video
wbr""".split()
# MathML Core, which browsers show, without what holds HTML.
MATHML = """math menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace
msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics annotation""".split()
ALIGNED = ["align", "valign", "width", "height", "bgcolor"]
ATTRIBUTES = {
    "*": ["class", "id", "lang", "title", "style", "dir"],
    "a": ["href"],
    "img": ["src", "alt", "width", "height", "align"],
    "audio": ["src", "controls"],
    "video": ["src", "controls", "width", "height"],
    "source": ["src", "type"],
    "ol": ["start", "type", "reversed"],
    "li": ["value"],
    "td": ["colspan", "rowspan", *ALIGNED],
    "th": ["colspan", "rowspan", "scope", *ALIGNED],
    "tr": ALIGNED, "thead": ALIGNED, "tbody": ALIGNED,
    "table": ["border", "cellpadding", "cellspacing", *ALIGNED],
    "col": ["span", *ALIGNED], "colgroup": ["span", *ALIGNED],
    "details": ["open"],
    "font": ["color", "size"],
    "meter": ["value", "min", "max"], "progress": ["value", "max"],
    "time": ["datetime"], "data": ["value"],
    **dict.fromkeys(MATHML, ["accent", "accentunder", "columnalign", "columnspacing", "columnspan", "depth", "display", "displaystyle",
                             "encoding", "fence", "form", "height", "linethickness", "lspace", "mathvariant", "movablelimits", "notation",
                             "rowspacing", "rowspan", "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset", "width"]),
    **dict.fromkeys(["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "caption"], ["align"]),
}
SIDES = [f"{what}{side}" for what in ("margin", "padding", "border") for side in ("", "-top", "-right", "-bottom", "-left")]


class Styles(CSSSanitizer):
    """Allows harmless properties, without addresses."""

    def sanitize_css(self, style):
        declarations = super().sanitize_css(style).split(";")
        return ";".join(d for d in declarations if "url(" not in d.lower())


CLEANER = bleach.Cleaner(
    tags=[*TAGS, *MATHML], attributes=ATTRIBUTES, protocols=["http", "https", "mailto", "data", "attachment"],
    css_sanitizer=Styles(allowed_css_properties=[
        "color", "background", "background-color", "font-family", "font-size", "font-style", "font-weight", "text-align",
        "text-decoration", "text-indent", "text-transform", "line-height", "letter-spacing", "vertical-align", "width", "height",
        "min-width", "min-height", "max-width", "max-height", *SIDES, "border-collapse", "border-spacing", "border-color",
        "border-style", "border-width", "border-radius", "white-space", "display", "float", "clear", "list-style", "list-style-type",
        "opacity", "overflow", "gap", "flex", "flex-wrap", "align-items", "justify-content", "grid-template-columns",
    ]),
    strip=True, strip_comments=True,
)
# HTML in which something must be replaced before it is cleaned.
ACTIVE = re.compile(r"""(?is)<(script|noscript|style|template|title|svg|iframe|frame|object|embed|applet|canvas|input|select
|textarea|button|meta|link|base|audio|video)\b|<a\s[^>]*\bname\s*=|</?[a-z]+:[a-z]
|<a\s[^>]*\bhref\s*=\s*["']?\s*(?!https?:|mailto:|data:)[a-z][a-z0-9+.-]*:|attachment:|javascript:""", re.X)
SILENT = ["style", "template", "title", "meta", "link", "base", "track"]
VISIBLE = ["img", "audio", "video", "hr", "meter", "progress"]
SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", XLINK)


class Sanitiser:
    """Makes the HTML of one cell safe. What a page cannot show is replaced by a note, and fault is
    called with what it was."""

    def __init__(self, texts, fault, attachments=None):
        self.texts, self.fault = texts, fault
        self.attachments = attachments if isinstance(attachments, dict) else {}

    def clean(self, html):
        """Returns safe HTML."""
        return self.safe(html)[0]

    def examine(self, html):
        """Returns safe HTML, whether a reader sees anything of it, and whether it was a program."""
        html, program = self.safe(html)
        seen = BeautifulSoup(html, "html.parser")
        return html, bool(seen.get_text(strip=True) or seen.find(VISIBLE)), program

    def safe(self, html):
        """Returns safe HTML, and whether it was a program."""
        program = False
        if ACTIVE.search(html):
            soup = BeautifulSoup(html, "html5lib")
            program = self.replace_active(soup)
            html = "".join(part.decode_contents() for part in (soup.head, soup.body) if part)
        return CLEANER.clean(html), program

    # What replaces the elements that a page cannot have.

    def replace_active(self, soup):
        """Replaces them in a document. Returns whether there was a program."""
        for element in soup.find_all(lambda element: element.name == "noscript" or ":" in element.name):  # of Word: o:p
            element.unwrap()
        for element in soup.find_all("svg"):
            if not element.find_parent("svg"):
                self.replace_svg(soup, element)
        for element in soup.find_all(SILENT):
            element.decompose()
        program = False
        for element in soup.find_all(["script", "canvas"]):
            program = True
            element.unwrap() if element.name == "canvas" else element.decompose()
        if program:
            self.fault("a program in JavaScript, which a page does not run, is left out")
        for element in soup.find_all(["iframe", "frame", "object", "embed", "applet"]):
            self.replace_embedded(soup, element)
        for element in soup.find_all(["input", "select", "textarea", "button"]):
            self.replace_field(soup, element)
        for image in soup.find_all("img", src=re.compile("(?i)^attachment:")):
            image["src"] = self.attachment(image["src"])
        for link in soup.find_all("a"):
            if link.get("name"):
                link["id"] = link.get("id") or link["name"]
            href = re.sub(r"[\x00-\x20]", "", link.get("href", "")).lower()
            scheme = re.match(r"([a-z][a-z0-9+.-]*):", href)
            if scheme and scheme[1] not in ("http", "https", "mailto", "data"):
                what = {"attachment": "an attachment", "javascript": "a program", "vbscript": "a program"}.get(scheme[1], scheme[0])
                self.fault(f"the link “{link.get_text()}” is to {what}, not to a page: its text is kept without the link")
                link.unwrap()
        return program

    def note(self, soup, text, address=""):
        note = soup.new_tag("span", attrs={"class": "left-out"})
        note.append(text + (" " if address else ""))
        if urlsplit(address).scheme in ("http", "https"):
            link = soup.new_tag("a", attrs={"href": address})
            link.string = address
            note.append(link)
        elif address:
            note.append(address)
        return note

    def replace_svg(self, soup, element):
        data = svg_data(str(element))
        if data is None:
            self.fault("a drawing in SVG that cannot be read is left out")
            element.replace_with(self.note(soup, self.texts["left_drawing"]))
            return
        image = soup.new_tag("img", attrs={"src": data_address("image/svg+xml", data), "alt": svg_words(element)})
        for key in ("width", "height"):
            if re.fullmatch(r"\d+(\.\d+)?(px)?", element.get(key, "")):
                image[key] = str(round(float(element[key].removesuffix("px"))))
        for key in ("style", "class", "id"):
            if element.get(key):
                image[key] = element[key]
        element.replace_with(image)

    def replace_embedded(self, soup, element):
        if element.get_text(strip=True) and element.name in ("object", "applet"):
            element.unwrap()  # what it has for readers without the program
            return
        address = element.get("src") or element.get("data") or ""
        if urlsplit(address).scheme not in ("", "http", "https"):
            address = ""
        self.fault(f"what is embedded with {element.name} is left out" + (f": {address}" if address else ""))
        element.replace_with(self.note(soup, self.texts["left_embedded"], address))

    def replace_field(self, soup, element):
        kind = element.get("type", "").lower()
        if element.name == "button":
            element.name = "span"
        elif element.name == "textarea":
            element.name = "pre"
        elif kind == "hidden":
            element.decompose()
        elif kind == "checkbox":
            done = element.has_attr("checked")
            box = soup.new_tag("span", attrs={"class": "task", "title": self.texts["task_done"] if done else self.texts["task_open"]})
            box.string = "☑" if done else "☐"
            element.replace_with(box)
        elif kind in ("button", "submit", "reset") and element.get("value"):
            element.replace_with(element["value"])
        else:
            self.fault("a form field is left out")
            element.replace_with(self.note(soup, self.texts["left_field"]))

    def attachment(self, source):
        """Returns the data of an attachment as an address, or the address of a missing file."""
        name = unquote(source[len("attachment:"):])
        for key, bundle in self.attachments.items():
            if unquote(key) != name or not isinstance(bundle, dict):
                continue
            for mime in sorted(bundle, key=lambda mime: ["image/svg+xml", "image/png"].index(mime) if mime in ("image/svg+xml", "image/png") else 2):
                data = bundle[mime]
                data = "".join(data) if isinstance(data, list) else str(data)
                if mime == "image/svg+xml" and "<" in data:
                    return data_address(mime, data.encode())
                return f"data:{mime};base64,{data}"
        return "attachment:" + name


def data_address(mime, data):
    return f"data:{mime};base64," + base64.b64encode(data).decode()


def svg_words(element):
    """Returns the alternative text of a drawing."""
    title = element.find(["title", "desc"])
    return (element.get("aria-label") or (title.get_text(" ", strip=True) if title else "")).strip()


def svg_data(text):
    """Returns a drawing in SVG as a file without programs, or None if it cannot be read."""
    try:
        root = SafeElementTree.fromstring(text)
        if root.tag != f"{{{SVG}}}svg":
            raise ValueError("not in the namespace of SVG")
    except (SafeElementTree.ParseError, DefusedXmlException, ValueError):
        root = browser_svg(text)
        if root is None:
            return None
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or active_svg(child):
                parent.remove(child)
    for element in root.iter():
        for key, value in list(element.attrib.items()):
            local = key.rpartition("}")[2].lower()
            if local.startswith("on") or local in ("href", "src", "from", "to", "values") and re.match(r"(?i)[\s\x00-\x1f]*(javascript|vbscript|data:text)", value):
                del element.attrib[key]
    return ElementTree.tostring(root)


def active_svg(element):
    name = element.tag.rpartition("}")[2].lower()
    return name in ("script", "iframe", "object", "embed", "handler", "listener", "audio", "video", "meta", "base", "link")


def browser_svg(text):
    """Reads a drawing as browsers read it in HTML, or returns None."""
    drawing = BeautifulSoup(text, "html5lib").find("svg")
    if drawing is None:
        return None
    for element in [drawing, *drawing.find_all(True)]:
        if ":" in element.name:  # of a drawing program
            element.decompose()
            continue
        for key in list(element.attrs):
            if key != "xlink:href" and (":" in key or key == "xmlns") or not re.fullmatch(r"[A-Za-z_][\w.:-]*", key):
                del element[key]
    drawing["xmlns"], drawing["xmlns:xlink"] = SVG, XLINK
    try:
        return SafeElementTree.fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", str(drawing)))
    except (SafeElementTree.ParseError, DefusedXmlException):
        return None
