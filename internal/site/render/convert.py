"""Converts the cells of a notebook to HTML with nbconvert."""
import re

import bleach
from bleach.css_sanitizer import CSSSanitizer
from jinja2 import pass_context
from nbconvert.exporters.html import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from traitlets.config import Config

# What the HTML of a notebook may contain. The page's content security policy blocks scripts too,
# but they should not even be in the page.
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


# The cleaner removes tags and keeps their content, which in these elements is not text.
ACTIVE = re.compile(r"(?is)<(script|style|template|iframe|object|svg)\b.*?</\1\s*>")


class Renderer(IPythonRenderer):
    """Renders Markdown as HTML, with placeholders for the formulas."""

    def __init__(self, formulas, cell, **options):
        super().__init__(escape=False, allow_harmful_protocols=False, exclude_anchor_links=True, **options)
        self.formulas, self.cell = formulas, cell

    def block_math(self, body):
        return self.formulas.add(body, True, self.cell)

    def inline_math(self, body):
        return self.formulas.add(body, False, self.cell)

    def latex_environment(self, name, body):
        return self.formulas.add(f"\\begin{{{name}}}{body}\\end{{{name}}}", True, self.cell)


class CellsExporter(HTMLExporter):
    """HTMLExporter with the template course. It replaces formulas with placeholders."""

    formulas = None  # of the current notebook

    def __init__(self, templates, **options):
        super().__init__(template_name="course", extra_template_basedirs=[templates], exclude_input_prompt=True,
                         exclude_output_prompt=True, **options)

    @property
    def default_config(self):
        # Without application/javascript: the plain text is shown in its place.
        priority = ["text/html", "text/markdown", "image/svg+xml", "text/latex", "image/png", "image/jpeg", "text/plain"]
        config = Config({"NbConvertBase": {"display_data_priority": priority}})
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
        """Returns the cells of a notebook as HTML, and adds their formulas to formulas."""
        self.formulas = formulas
        return self.from_notebook_node(notebook)[0]


def sanitised(html):
    """Removes scripts and other active content."""
    return CLEANER.clean(ACTIVE.sub("", html))
