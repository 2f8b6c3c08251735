"""Makes the page of a notebook."""
import json
import os
import time

import nbformat
from markupsafe import Markup

from article import Article
from convert import CellsExporter, is_json
from formulas import Formulas
from node import Program


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


class Maker:
    """Makes the pages of a job, with programs that they share."""

    def __init__(self, site):
        self.site = site
        self.exporter = CellsExporter(site.template_folder, Program("markdown.js", site.modules))
        self.typesetter = Program("formulas.js", site.modules)

    def make(self, job):
        """Makes the page of a notebook and returns its report."""
        begin = time.monotonic()
        texts, formulas = self.site.texts[job["lang"]], Formulas()

        def article_of(source, **others):
            notebook = read_notebook(source)
            faults = []
            html = self.exporter.cells(notebook, texts, lambda cell, text: faults.append((cell, text)))
            made = Article(html, formulas, {**job, **others}, texts)
            for cell, text in faults:
                made.fault(cell, text)
            made.clean()
            return made, {c.get("id", ""): c.metadata for c in notebook.cells}

        articles = [article_of(job["source"])]
        if job.get("solution"):
            articles.append(article_of(job["solution"], beside=os.path.join(job["beside"], "solutions"), beside_name="solutions/"))
        formulas.typeset([article for article, _ in articles], self.typesetter)
        for article, metadata in articles:
            article.store_media(metadata)
            article.fold_sources(metadata)
        article, metadata = articles[0]
        for solution, _ in articles[1:]:
            article.join_solutions(solution)
        contents = article.headings()
        article.rewrite_links()
        article.fold_long_outputs()
        article.wrap_tables()
        article.mark_languages()

        goals = article.goals()
        minutes, appendix = article.minutes(metadata)
        # The picture on the card of the notebook: one that moves would distract from the others.
        image = article.soup.select_one(".celltag_cover img") or article.soup.select_one('.jp-CodeCell img:not([src$=".gif"])')
        at_end = article.solutions_at_end() if job["solutions_at_end"] else ""
        data = self.site.page(
            job["kind"] + ".html.j2", job, kind=job["kind"], title=article.title(), description=goals["summary"],
            contents=[{**c, "html": Markup(formulas.fill(c["html"]))} for c in contents],
            article=Markup(formulas.fill(str(article.soup))), at_end=Markup(formulas.fill(at_end)), minutes=minutes, appendix=appendix,
            download=job.get("download"), previous=job.get("previous"), next=job.get("next"), glyphs=Markup(formulas.glyphs),
        )
        self.site.write(job["page"], data)
        for name, content in article.files.items():
            self.site.write(name, content)
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
