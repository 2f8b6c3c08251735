// Typesets formulas with MathJax, the program that JupyterLab typesets them with, so
// that a page shows what the notebook shows.
//
// Each line of standard input is the formulas of one page, [{"tex": …, "display": …}, …]
// in their order: definitions and labels hold from one formula to the next. Each line
// of standard output answers one: {"formulas": [{"html": …} or {"error": …}, …],
// "glyphs": the shapes that the formulas of this page share}.
"use strict";
const readline = require("node:readline");
const { mathjax } = require("mathjax-full/js/mathjax.js");
const { TeX } = require("mathjax-full/js/input/tex.js");
const { AllPackages } = require("mathjax-full/js/input/tex/AllPackages.js");
const { SVG } = require("mathjax-full/js/output/svg.js");
const { liteAdaptor } = require("mathjax-full/js/adaptors/liteAdaptor.js");
const { RegisterHTMLHandler } = require("mathjax-full/js/handlers/html.js");
const { AssistiveMmlHandler } = require("mathjax-full/js/a11y/assistive-mml.js");

// Without these two a formula that does not parse would become red text, silently.
const packages = AllPackages.filter((name) => name !== "noerrors" && name !== "noundefined");

const adaptor = liteAdaptor();
AssistiveMmlHandler(RegisterHTMLHandler(adaptor));

// MathJax gives sizes in ex, the height of an x in the font around, and fonts differ much
// in it. In em a formula is as large beside its text on every system.
const exInEm = 0.48;

// What only MathJax's own menu and explorer read is half of the weight of a page.
function slim(html) {
  return html
    .replace(/ data-(?:mml-node|c|mjx-[a-z]+|semantic-[a-z]+)="[^"]*"/g, "")
    .replace(/ (?:unselectable|focusable)="[^"]*"/g, "")
    .replace(/ xmlns(?::xlink)?="[^"]*"/g, "")
    .replace(/xlink:href=/g, "href=")
    .replace(/<g><\/g>/g, "")
    .replace(/((?:width|height)="|(?:vertical-align|min-width): )(-?[\d.]+)ex/g, (_, before, n) => before + (n * exInEm).toFixed(3) + "em");
}

const hangul = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/;

// Words of the other language inside a formula say so. (HTML allows it in the picture, not
// in MathML.)
function marked(html) {
  return html.replace(/<text([^>]*)>([^<]*)/g, (all, attributes, text) =>
    hangul.test(text) ? `<text${attributes} lang="ko">${text}` : all);
}

function typeset(formulas, labels) {
  const input = new TeX({
    packages,
    formatError: (_, error) => { throw error; },
    ignoreDuplicateLabels: labels !== undefined,
  });
  const output = new SVG({ fontCache: "global" });
  const document = mathjax.document("", { InputJax: input, OutputJax: output });
  const tags = input.parseOptions.tags;
  Object.assign(tags.allLabels, labels);
  const answers = formulas.map(({ tex, display }) => {
    try {
      const container = document.convert(tex, { display, em: 16, ex: 8, containerWidth: 80 * 16 });
      return { html: marked(slim(adaptor.outerHTML(container))) };
    } catch (error) {
      return { error: String(error.message || error) };
    }
  });
  return { answers, glyphs: slim(adaptor.outerHTML(output.fontCache.getCache())), labels: tags.allLabels };
}

function page(formulas) {
  let result = typeset(formulas);
  const refers = formulas.some((f) => /\\(?:eq)?ref\b/.test(f.tex)); // perhaps before what it refers to
  if (refers && result.answers.every((a) => a.html)) {
    result = typeset(formulas, result.labels);
  }
  return { formulas: result.answers, glyphs: result.glyphs };
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(JSON.stringify(page(JSON.parse(line))) + "\n");
});
