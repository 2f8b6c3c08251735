"""Makes the pages of a site from notebooks.

    python render.py JOB

JOB is a JSON file, the Job of job.go. The pages and their files are written below the job's
folder. Each line of standard output is a JSON object: {"page": report} for a page,
{"front": report} for a front page, {"index": report} for a search index.
"""
import base64
import hashlib
import json
import os
import subprocess
import sys
import time
import traceback
from types import SimpleNamespace

import jinja2
import nbformat
from markupsafe import Markup

from article import Article
from convert import CellsExporter, is_json
from formulas import Formulas
from node import Program, node

HERE = os.path.dirname(os.path.abspath(__file__))
SITE = os.path.dirname(HERE)
SCRIPT_TEXTS = ["colours", "colours_auto", "colours_light", "colours_dark", "code", "code_shown", "code_hidden", "copy", "copied", "copy_label", "scroll",
                "search_none", "search_one", "search_count"]


def emit(**message):
    print(json.dumps(message, ensure_ascii=False), flush=True)


def read(*path):
    with open(os.path.join(SITE, *path), encoding="utf-8") as file:
        return file.read()


class Site:
    """What the pages of a job share."""

    def __init__(self, job):
        self.folder = job["folder"]
        self.assets = job["assets"]
        self.texts = job["texts"]  # by language
        self.loader, self.script, self.style = read("static", "loader.js"), read("static", "site.js"), read("static", "site.css")
        self.exporter = CellsExporter(os.path.join(SITE, "templates"), Program("markdown.js", job["modules"]))
        self.typesetter = Program("formulas.js", job["modules"])
        self.templates = jinja2.Environment(loader=jinja2.FileSystemLoader(os.path.join(SITE, "templates")), autoescape=True)

    def write(self, name, data):
        path = os.path.join(self.folder, *name.split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)

    def policy(self, single):
        """Returns the page's content security policy. It allows only the site's own scripts,
        identified by their hashes or loaded by these, and nothing from the network."""
        own = [self.loader, self.script] if single else [self.loader]
        hashes = " ".join("'sha256-" + base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() + "'" for s in own)
        trusted = "" if single else " 'strict-dynamic'"
        return (f"default-src 'none'; script-src {hashes}{trusted}; style-src 'self' file: 'unsafe-inline'; "
                "img-src 'self' file: data:; media-src 'self' file: data:; base-uri 'none'; form-action 'none'")

    def page(self, template, job, **content):
        """Returns a complete page as bytes."""
        texts = self.texts[job["lang"]]
        single = job.get("single", False)
        page = SimpleNamespace(
            lang=job["lang"], root=job["root"], site=job["site"], home=job.get("home"), net=job.get("net"), search=job.get("search"),
            translations=job.get("translations", []), single=single, code_aside=job.get("code_aside", False), version=job.get("version"), assets=self.assets, policy=self.policy(single),
            loader=Markup(self.loader), script=Markup(self.script), style=Markup(self.style),
            script_texts={k: texts[k] for k in SCRIPT_TEXTS}, **content,
        )
        return self.templates.get_template("course/" + template).render(page=page, texts=SimpleNamespace(**texts)).encode()


def read_notebook(path):
    """Reads a notebook that package site has prepared. (nbformat refuses some that can be shown.)"""
    def joined(text):
        return "".join(text) if isinstance(text, list) and all(isinstance(line, str) for line in text) else text

    with open(path, encoding="utf-8") as file:
        notebook = nbformat.from_dict(json.load(file))
    for cell in notebook.cells:
        cell.source = joined(cell.source)
        for output in cell.get("outputs", []):
            if "text" in output:
                output.text = joined(output.text)
            for mime, content in output.get("data", {}).items():
                content = joined(content)
                if not isinstance(content, str) and not is_json(mime):  # against the rules of the format
                    content = json.dumps(content, ensure_ascii=False)
                output.data[mime] = content
    return notebook


def make_page(site, job):
    """Makes the page of a notebook and returns its report."""
    begin = time.monotonic()
    texts, formulas = site.texts[job["lang"]], Formulas()

    def article_of(source, **others):
        notebook = read_notebook(source)
        faults = []
        html = site.exporter.cells(notebook, texts, lambda cell, text: faults.append((cell, text)))
        made = Article(html, formulas, {**job, **others}, texts)
        for cell, text in faults:
            made.fault(cell, text)
        made.clean()
        return made, {c.get("id", ""): c.metadata for c in notebook.cells}

    articles = [article_of(job["source"])]
    if job.get("solution"):
        articles.append(article_of(job["solution"], beside=os.path.join(job["beside"], "solutions"), beside_name="solutions/"))
    formulas.typeset([article for article, _ in articles], site.typesetter)
    for article, metadata in articles:
        article.store_media(metadata)
        article.fold_sources(metadata)
    article = articles[0][0]
    for solution, _ in articles[1:]:
        article.join_solutions(solution)
    contents = article.headings()
    article.rewrite_links()
    article.fold_long_outputs()
    article.wrap_tables()
    article.mark_languages()

    goals = article.goals()
    minutes, appendix = article.minutes()
    # The picture on the card of the notebook: one that moves would distract from the others.
    image = article.soup.select_one(".celltag_cover img") or article.soup.select_one('.jp-CodeCell img:not([src$=".gif"])')
    at_end = article.solutions_at_end() if job["solutions_at_end"] else ""
    data = site.page(
        job["kind"] + ".html.j2", job, kind=job["kind"], title=article.title(), description=goals["summary"],
        contents=[{**c, "html": Markup(formulas.fill(c["html"]))} for c in contents],
        article=Markup(formulas.fill(str(article.soup))), at_end=Markup(formulas.fill(at_end)), minutes=minutes, appendix=appendix,
        download=job.get("download"), previous=job.get("previous"), next=job.get("next"), glyphs=Markup(formulas.glyphs),
    )
    site.write(job["page"], data)
    for name, content in article.files.items():
        site.write(name, content)
    return {
        "page": job["page"], "problems": article.problems, "warnings": article.warnings, "links": article.links,
        "ids": [e["id"] for e in article.soup.find_all(id=True)], "files": sorted(article.files), "beside": article.beside_files,
        "sections": article.sections(),
        "title": article.title(), "minutes": minutes, "appendix": appendix, "formulas": len(formulas.all),
        "gives": [formulas.fill(g) for g in goals["gives"]], "needs": formulas.fill(goals["needs"]),
        "glyphs": formulas.glyphs_of([*goals["gives"], goals["needs"]]),
        "image": {k: image[k] for k in ("src", "alt", "width", "height") if k in image.attrs} if image else None,
        "bytes": len(data), "media": sum(len(c) for c in article.files.values()), "seconds": time.monotonic() - begin,
    }


def make_front(site, job):
    glyphs = {k: v for g in job["groups"] for c in g["cards"] for k, v in (c["glyphs"] or {}).items()}
    intro = site.texts[job["lang"]]["intro"] if job["course"] else ""
    data = site.page(
        "front.html.j2", job, kind="front", title=job["site"], description=intro, intro=intro,
        glyphs=Markup("<defs>" + "".join(glyphs.values()) + "</defs>") if glyphs else "",
        stage=Markup(job.get("stage", "")),
        groups=[{"title": g["title"], "cards": [{**c, "gives": [Markup(g) for g in c["gives"] or []], "needs": Markup(c["needs"])} for c in g["cards"]]}
                for g in job["groups"]],
    )
    site.write(job["page"], data)
    return {"page": job["page"], "bytes": len(data)}


def make_index(job):
    """Makes a search index with the program that searches in it."""
    result = subprocess.run([node(), os.path.join(HERE, "index.js")], input=json.dumps(job["documents"]), encoding="utf-8",
                            env={**os.environ, "NODE_PATH": job["modules"]}, capture_output=True, check=False)
    if result.returncode:
        raise RuntimeError("making the search index failed:\n" + result.stderr)
    return result.stdout.encode()


def main(path):
    with open(path, encoding="utf-8") as file:
        job = json.load(file)
    site = Site(job)
    for page in job.get("pages", []):
        try:
            report = make_page(site, page)
        except OSError:  # the disk: no page can be made
            raise
        except Exception as error:  # this notebook: make the others
            report = {"problems": [("", f"it cannot become a page: {type(error).__name__}: {error}. Please report this, with the notebook")], "warnings": []}
            traceback.print_exc()
        emit(page={"name": page["name"], **report})
    for front in job.get("fronts", []):
        emit(front=make_front(site, front))
    for index in job.get("indexes", []):
        data = make_index({**index, "modules": job["modules"]})
        site.write(index["page"], data)
        emit(index={"page": index["page"], "bytes": len(data)})


if __name__ == "__main__":
    main(sys.argv[1])
