"""Makes the pages of a site out of notebooks.

    python render.py JOB

JOB is a JSON file that the course command writes (job.go beside this file); it says
which notebooks become which pages. The pages and what they need are written below
the folder that the job names. Each line of standard output is a JSON object: {"page": report}
for each page, {"front": report} for a front page, {"index": report} for the index of
the search.
"""
import base64
import hashlib
import json
import os
import subprocess
import sys
import time
from types import SimpleNamespace

import jinja2
import nbformat
from markupsafe import Markup

from article import Article
from convert import CellsExporter
from formulas import Formulas, Typesetter, node

HERE = os.path.dirname(os.path.abspath(__file__))
SITE = os.path.dirname(HERE)
SCRIPT_TEXTS = ["colours", "colours_auto", "colours_light", "colours_dark", "copy", "copied", "copy_label", "scroll",
                "search_none", "search_one", "search_count"]


def say(**message):
    print(json.dumps(message, ensure_ascii=False), flush=True)


def read(*path):
    with open(os.path.join(SITE, *path), encoding="utf-8") as file:
        return file.read()


class Workshop:
    """What all pages of an order share."""

    def __init__(self, order):
        self.folder = order["folder"]
        self.assets = order["assets"]
        self.texts = order["texts"]  # by language
        self.loader, self.script, self.style = read("static", "loader.js"), read("static", "site.js"), read("static", "site.css")
        self.exporter = CellsExporter(os.path.join(SITE, "templates"))
        self.typesetter = Typesetter(os.path.join(HERE, "formulas.js"), order["modules"])
        self.templates = jinja2.Environment(loader=jinja2.FileSystemLoader(os.path.join(SITE, "templates")), autoescape=True)

    def write(self, name, data):
        path = os.path.join(self.folder, *name.split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)

    def policy(self, single):
        """The page's content security policy: no script but the site's own, known by its
        hash and called in by it, and nothing from elsewhere."""
        own = [self.loader, self.script] if single else [self.loader]
        hashes = " ".join("'sha256-" + base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() + "'" for s in own)
        trusted = "" if single else " 'strict-dynamic'"
        return (f"default-src 'none'; script-src {hashes}{trusted}; style-src 'self' file: 'unsafe-inline'; "
                "img-src 'self' file: data:; media-src 'self' file: data:; base-uri 'none'; form-action 'none'")

    def page(self, template, order, **content):
        """A whole page as bytes."""
        texts = self.texts[order["lang"]]
        single = order.get("single", False)
        page = SimpleNamespace(
            lang=order["lang"], root=order["root"], site=order["site"], home=order.get("home"), search=order.get("search"),
            translations=order.get("translations", []), single=single, assets=self.assets, policy=self.policy(single),
            loader=Markup(self.loader), script=Markup(self.script), style=Markup(self.style),
            script_texts={k: texts[k] for k in SCRIPT_TEXTS}, **content,
        )
        return self.templates.get_template("course/" + template).render(page=page, texts=SimpleNamespace(**texts)).encode()


def make_page(shop, order):
    """Makes the page of one notebook and returns its report."""
    begin = time.monotonic()
    texts, formulas = shop.texts[order["lang"]], Formulas()
    notebook = nbformat.read(order["source"], as_version=4)
    html = shop.exporter.cells(notebook, formulas)
    solution = None
    if order.get("solution"):
        solution = nbformat.read(order["solution"], as_version=4)
        solution_html = shop.exporter.cells(solution, formulas)
    unparsed = formulas.typeset(shop.typesetter)

    made = Article(html, formulas, order, texts)
    made.tidy()
    made.pictures({c.get("id", ""): c.metadata for c in notebook.cells})
    if solution:
        beside = {"beside": os.path.join(order["beside"], "solutions"), "beside_name": "solutions/"}
        other = Article(solution_html, formulas, {**order, **beside}, texts)
        other.tidy()
        other.pictures({c.get("id", ""): c.metadata for c in solution.cells})
        made.join_solutions(other)
    contents = made.headings()
    made.follow_links()
    made.fold_long_outputs()
    made.box_tables()
    made.speak()

    promises = made.promises()
    image = made.soup.select_one(".celltag_cover img") or made.soup.select_one(".jp-CodeCell img")
    at_end = made.solutions_at_end() if order["solutions_at_end"] else ""
    data = shop.page(
        order["kind"] + ".html.j2", order, kind=order["kind"], title=made.title(), description=promises["summary"],
        contents=[{**c, "html": Markup(formulas.fill(c["html"]))} for c in contents],
        article=Markup(formulas.fill(str(made.soup))), at_end=Markup(formulas.fill(at_end)), minutes=made.minutes(),
        download=order.get("download"), previous=order.get("previous"), next=order.get("next"), glyphs=Markup(formulas.glyphs),
    )
    shop.write(order["page"], data)
    for name, content in made.files.items():
        shop.write(name, content)
    return {
        "page": order["page"], "problems": unparsed + made.problems, "warnings": made.warnings, "links": made.links,
        "ids": [e["id"] for e in made.soup.find_all(id=True)], "files": sorted(made.files), "beside": made.beside_files,
        "sections": made.sections(),
        "title": made.title(), "minutes": made.minutes(), "formulas": len(formulas.all),
        "gives": [formulas.fill(g) for g in promises["gives"]], "needs": formulas.fill(promises["needs"]),
        "glyphs": formulas.glyphs_of([*promises["gives"], promises["needs"]]),
        "image": {k: image[k] for k in ("src", "alt", "width", "height") if k in image.attrs} if image else None,
        "bytes": len(data), "media": sum(len(c) for c in made.files.values()), "seconds": time.monotonic() - begin,
    }


def make_front(shop, order):
    glyphs = {k: v for c in order["cards"] for k, v in (c["glyphs"] or {}).items()}
    intro = shop.texts[order["lang"]]["intro"] if order["course"] else ""
    data = shop.page(
        "front.html.j2", order, kind="front", title=order["site"], description=intro, intro=intro,
        glyphs=Markup("<defs>" + "".join(glyphs.values()) + "</defs>") if glyphs else "",
        cards=[{**c, "gives": [Markup(g) for g in c["gives"] or []], "needs": Markup(c["needs"])} for c in order["cards"]],
    )
    shop.write(order["page"], data)
    return {"page": order["page"], "bytes": len(data)}


def make_index(order):
    """The index of the search, made by the program that will search in it."""
    made = subprocess.run([node(), os.path.join(HERE, "index.js")], input=json.dumps(order["documents"]), encoding="utf-8",
                          env={**os.environ, "NODE_PATH": order["modules"]}, capture_output=True, check=False)
    if made.returncode:
        raise RuntimeError("the index of the search could not be made:\n" + made.stderr)
    return made.stdout.encode()


def main(path):
    with open(path, encoding="utf-8") as file:
        order = json.load(file)
    shop = Workshop(order)
    for page in order.get("pages", []):
        try:
            made = make_page(shop, page)
        except OSError:  # of the disk: it concerns all
            raise
        except Exception as error:  # of this notebook: the others go on
            made = {"problems": [("", f"it cannot be made into a page: {type(error).__name__}: {error}")], "warnings": []}
        say(page={"name": page["name"], **made})
    for front in order.get("fronts", []):
        say(front=make_front(shop, front))
    for index in order.get("indexes", []):
        data = make_index({**index, "modules": order["modules"]})
        shop.write(index["page"], data)
        say(index={"page": index["page"], "bytes": len(data)})


if __name__ == "__main__":
    main(sys.argv[1])
