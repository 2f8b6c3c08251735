"""The cells of a notebook as HTML, by nbconvert."""
import re

import bleach
from bleach.css_sanitizer import CSSSanitizer
from jinja2 import pass_context
from nbconvert.exporters.html import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from traitlets.config import Config

# What a notebook's own HTML may hold. The page's content security policy stops scripts
# too; here they do not even reach it.
TAGS = """a abbr audio b blockquote br caption cite code col colgroup dd del details div dl dt em
figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp
small source span strong sub summary sup table tbody td tfoot th thead tr tt u ul var""".split()
ATTRIBUTES = {
    "*": ["class", "id", "lang", "title", "style", "dir", "data-n"],
    "a": ["href"],
    "img": ["src", "alt", "width", "height"],
    "audio": ["src", "controls"],
    "source": ["src", "type"],
    "ol": ["start"],
    "td": ["colspan", "rowspan", "align"],
    "th": ["colspan", "rowspan", "align", "scope"],
    "details": ["open"],
}
CLEANER = bleach.Cleaner(
    tags=TAGS, attributes=ATTRIBUTES, protocols=["http", "https", "mailto", "data"],
    css_sanitizer=CSSSanitizer(allowed_css_properties=[
        "color", "background-color", "font-size", "font-style", "font-weight", "text-align", "text-decoration",
        "vertical-align", "width", "height", "max-width", "margin", "padding", "border", "border-collapse", "white-space",
    ]),
    strip=True, strip_comments=True,
)


# The cleaner takes tags away and leaves what stands between; of these that is no text.
ACTIVE = re.compile(r"(?is)<(script|style|template|iframe|object|svg)\b.*?</\1\s*>")


class Renderer(IPythonRenderer):
    """Markdown to HTML, with places where the formulas will stand."""

    def __init__(self, formulas, cell, **options):
        super().__init__(escape=False, allow_harmful_protocols=False, exclude_anchor_links=True, **options)
        self.formulas, self.cell = formulas, cell

    def block_math(self, body):
        return self.formulas.place(body, True, self.cell)

    def inline_math(self, body):
        return self.formulas.place(body, False, self.cell)

    def latex_environment(self, name, body):
        return self.formulas.place(f"\\begin{{{name}}}{body}\\end{{{name}}}", True, self.cell)


class CellsExporter(HTMLExporter):
    """HTMLExporter with the template course, which takes the formulas out."""

    formulas = None  # of the notebook at hand

    def __init__(self, templates, **options):
        super().__init__(template_name="course", extra_template_basedirs=[templates], exclude_input_prompt=True,
                         exclude_output_prompt=True, **options)

    @property
    def default_config(self):
        # No script of an output is shown, so what it is in words comes in its place.
        shown = ["text/html", "text/markdown", "image/svg+xml", "text/latex", "image/png", "image/jpeg", "text/plain"]
        config = Config({"NbConvertBase": {"display_data_priority": shown}})
        inherited = super().default_config.copy()
        inherited.merge(config)
        return inherited

    def default_filters(self):
        yield from super().default_filters()
        yield "sanitised", sanitised

    @pass_context
    def markdown2html(self, context, source):
        cell = context.get("cell", {})
        renderer = Renderer(self.formulas, cell.get("id", ""), attachments=cell.get("attachments", {}))
        return sanitised(MarkdownWithMath(renderer=renderer).render(source))

    def cells(self, notebook, formulas):
        """Returns the cells of a notebook as HTML; their formulas come into formulas."""
        self.formulas = formulas
        return self.from_notebook_node(notebook)[0]


def sanitised(html):
    """HTML without anything that acts."""
    return CLEANER.clean(ACTIVE.sub("", html))
