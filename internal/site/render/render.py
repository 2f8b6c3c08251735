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
import traceback
from types import SimpleNamespace

import jinja2
from markupsafe import Markup

from node import node

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
        self.modules = job["modules"]
        self.template_folder = os.path.join(SITE, "templates")
        self.templates = jinja2.Environment(loader=jinja2.FileSystemLoader(self.template_folder), autoescape=True)

    def write(self, name, data):
        path = os.path.join(self.folder, *name.split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)

    def policy(self, single, live):
        """Returns the page's content security policy. It allows only the site's own scripts,
        identified by their hashes or loaded by these, and nothing from the network. A page that runs its
        cells compiles WebAssembly in a worker, and may load it from its own site."""
        own = [self.loader, self.script] if single else [self.loader]
        hashes = " ".join("'sha256-" + base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() + "'" for s in own)
        trusted = "" if single else " 'strict-dynamic'"
        if live:
            trusted += " 'wasm-unsafe-eval'; worker-src blob:; connect-src 'self'"
        return (f"default-src 'none'; script-src {hashes}{trusted}; style-src 'self' file: 'unsafe-inline'; "
                "img-src 'self' file: data:; media-src 'self' file: data:; base-uri 'none'; form-action 'none'")

    def page(self, template, job, **content):
        """Returns a complete page as bytes."""
        texts = self.texts[job["lang"]]
        single = job.get("single", False)
        page = SimpleNamespace(
            lang=job["lang"], root=job["root"], site=job["site"], home=job.get("home"), net=job.get("net"), search=job.get("search"),
            translations=job.get("translations", []), single=single, code_aside=job.get("code_aside", False), version=job.get("version"), assets=self.assets, policy=self.policy(single, "live" in job), live=job.get("live"),
            loader=Markup(self.loader), script=Markup(self.script), style=Markup(self.style),
            script_texts={k: texts[k] for k in SCRIPT_TEXTS}, **content,
        )
        return self.templates.get_template("course/" + template).render(page=page, texts=SimpleNamespace(**texts)).encode()


def make_front(site, job):
    glyphs = {k: v for g in job["groups"] for c in g["cards"] for k, v in (c["glyphs"] or {}).items()}
    intro = site.texts[job["lang"]]["intro"] if job["course"] else ""
    data = site.page(
        "front.html.j2", job, kind="front", title=job["site"], description=intro, intro=intro,
        glyphs=Markup("<defs>" + "".join(glyphs.values()) + "</defs>") if glyphs else "",
        stage=Markup(job.get("stage", "")), runs=job["runs"],
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


def make_pages(site, jobs):
    from page import Maker  # nbconvert takes half a second to load: only pages of notebooks need it

    maker = Maker(site)
    for job in jobs:
        try:
            report = maker.make(job)
        except OSError:  # the disk: no page can be made
            raise
        except Exception as error:  # this notebook: make the others
            report = {"problems": [("", f"it cannot become a page: {type(error).__name__}: {error}. Please report this, with the notebook")], "warnings": []}
            traceback.print_exc()
        emit(page={"name": job["name"], **report})


def main(path):
    with open(path, encoding="utf-8") as file:
        job = json.load(file)
    site = Site(job)
    if job.get("pages"):
        make_pages(site, job["pages"])
    for front in job.get("fronts", []):
        emit(front=make_front(site, front))
    for index in job.get("indexes", []):
        data = make_index({**index, "modules": job["modules"]})
        site.write(index["page"], data)
        emit(index={"page": index["page"], "bytes": len(data)})


if __name__ == "__main__":
    main(sys.argv[1])
