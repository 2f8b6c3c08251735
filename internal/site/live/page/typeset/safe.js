// What the HTML of a cell may bring to the page, as sanitise.py has it. The page's content security
// policy blocks scripts too, but they should not even be in the page.
import DOMPurify from "dompurify";

const tags = `a abbr address article aside audio b bdi bdo big blockquote br caption center cite code col
colgroup data dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr
hgroup i img ins kbd label legend li mark meter ol p picture pre progress q rp rt ruby s samp section
small source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video
wbr math menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow
ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics`.split(/\s+/);
const attributes = `class id lang title style dir href src alt width height align controls type start reversed
value colspan rowspan scope valign bgcolor border cellpadding cellspacing span open color size min max datetime
accent accentunder columnalign columnspacing columnspan depth display displaystyle encoding fence form
linethickness lspace mathvariant movablelimits notation rowspacing rspace scriptlevel separator stretchy symmetric
voffset`.split(/\s+/);
const properties = /^(color|background(-color)?|font-(family|size|style|weight)|text-(align|decoration|indent|transform)[a-z-]*|line-height|letter-spacing|vertical-align|(min-|max-)?(width|height)|(margin|padding|border)[a-z-]*|white-space[a-z-]*|display|float|clear|list-style(-type)?|opacity|overflow[a-z-]*|gap|flex[a-z-]*|align-items|justify-content|grid-template-columns)$/;

const purifier = DOMPurify(window);
purifier.addHook("uponSanitizeAttribute", (element, attribute) => {
  if (attribute.attrName !== "style") return;
  const probe = document.createElement("span"); // in no document, so it loads nothing
  probe.style.cssText = attribute.attrValue;
  const kept = document.createElement("span");
  for (const name of probe.style) {
    const value = probe.style.getPropertyValue(name);
    if (properties.test(name) && !/url\(/i.test(value)) kept.style.setProperty(name, value);
  }
  attribute.attrValue = kept.style.cssText;
  attribute.keepAttr = attribute.attrValue !== "";
});
purifier.addHook("afterSanitizeAttributes", (element) => {
  // A link opens beside the page, so that the reader's work stays; what is embedded comes with the cell.
  if (element.nodeName === "A" && element.hasAttribute("href")) {
    const address = element.getAttribute("href");
    if (/^https?:/i.test(address)) element.rel = "noopener";
    else if (!/^(?:mailto:|#)/i.test(address)) element.removeAttribute("href");
    if (!address.startsWith("#")) element.target = "_blank";
  }
  if (element.hasAttribute?.("src") && !/^data:(image|audio|video)\//i.test(element.getAttribute("src"))) element.removeAttribute("src");
});

// A drawing becomes an image, in which no browser runs programs.
function asImage(drawing) {
  const clean = purifier.sanitize(drawing.outerHTML, { USE_PROFILES: { svg: true, svgFilters: true }, RETURN_DOM: true }).querySelector("svg");
  const image = document.createElement("img");
  if (!clean) return image;
  const source = new XMLSerializer().serializeToString(clean);
  image.src = "data:image/svg+xml;base64," + btoa(String.fromCharCode(...new TextEncoder().encode(source)));
  image.alt = drawing.getAttribute("aria-label") || drawing.querySelector("title, desc")?.textContent.trim() || "";
  for (const name of ["width", "height"]) {
    const size = /^(\d+(?:\.\d+)?)(?:px)?$/.exec(drawing.getAttribute(name) || "");
    if (size) image.setAttribute(name, Math.round(size[1]));
  }
  return image;
}

// Returns safe HTML as a fragment of the document.
export function safe(html) {
  if (/<svg\b/i.test(html)) {
    const parsed = new DOMParser().parseFromString(html, "text/html"); // runs nothing
    for (const drawing of parsed.querySelectorAll("svg")) if (!drawing.parentElement.closest("svg")) drawing.replaceWith(asImage(drawing));
    html = parsed.body.innerHTML;
  }
  return purifier.sanitize(html, {
    ALLOWED_TAGS: tags, ALLOWED_ATTR: attributes, ALLOW_DATA_ATTR: false, ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|[^a-z]|[a-z+.\-]+(?:[^a-z+.\-:]|$))/i, // it is asked for all attributes
    RETURN_DOM_FRAGMENT: true,
  });
}
