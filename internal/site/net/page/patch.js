// How the page changes. Most of what an edit changes is the text of numbers, so these are found
// without building, parsing and comparing the elements around them.

/* An element whose attributes and text may change while what is around it stays. It is written into
   HTML as any other: with a text it is whole, without one its content and its end tag follow. An
   attribute that is false is left out; one that is a function is only heard, and may come later. In the HTML
   the place of the part in drawn stands for it. */
const drawn = []; // since draw began
function part(tag, attributes, text) {
  const place = `<${tag}\uE000${drawn.push({ attributes, text }) - 1}\uE001`;
  return text === undefined ? place : `${place}\uE002</${tag}>`;
}
const partHTML = ({ attributes, text = "" }) => ` data-part=""${Object.entries(attributes).map(([name, value]) => (value === false ? "" : ` ${name}="${escaped(typeof value === "function" ? value() : value)}"`)).join("")}>${escaped(text)}`;

/* Makes the children of an element those of the HTML. If only parts differ, only these are changed.
   Otherwise elements that are alike are kept, so that the focus stays, and a slider can be dragged
   while what is around it changes. */
const patched = new WeakMap(); // what was patched last: the HTML and that around the parts, the places of the parts, the parts, their elements, and all fields
function patch(element, html) {
  let was = patched.get(element), places = was?.places, around = was?.around;
  if (was?.html !== html) {
    places = [];
    around = html.replace(/\uE000(\d+)\uE001/g, (_, place) => { places.push(place); return "\uE000"; });
  }
  const own = places.map((place) => drawn[place]);
  if (was && was.around !== around) tell();
  if (was?.around === around) {
    let changed = false;
    for (let i = 0; i < own.length; i++) changed = patchPart(was.elements[i], was.own[i], own[i]) || changed;
    Object.assign(was, { html, places, own });
    if (!changed) return;
  } else {
    const template = document.createElement("template");
    let next = 0;
    template.innerHTML = around.replace(/\uE000\uE002?/g, () => partHTML(own[next++]));
    patchChildren(element, template.content);
    was = { html, around, places, own, elements: element.querySelectorAll("[data-part]"), fields: element.querySelectorAll("input, select") };
    patched.set(element, was);
  }
  was.fields.forEach(patchField);
}
function patchPart(element, was, now) {
  let changed = false;
  const set = (name, value) => {
    changed = true;
    if (value === false) element.removeAttribute(name); else element.setAttribute(name, value);
  };
  for (const name in now.attributes) {
    const value = now.attributes[name];
    if (typeof value === "function") untold.set(element, [name, value]); else if (value !== was.attributes[name]) set(name, value);
  }
  for (const name in was.attributes) if (!(name in now.attributes)) set(name, false);
  if (now.text !== was.text) {
    changed = true;
    if (element.firstChild) element.firstChild.data = now.text; else element.textContent = now.text;
  }
  return changed;
}
/* An edit changes what most numbers are called for a screen reader. This is written when no frame waits for it:
   shortly after the last edit, or when the focus moves. */
const untold = new Map(); // the attributes that are to be written, by element
function tell() {
  clearTimeout(tell.later);
  for (const [element, [name, value]] of untold) {
    const now = value();
    if (element.getAttribute(name) !== now) element.setAttribute(name, now);
  }
  untold.clear();
}
function tellSoon() {
  clearTimeout(tell.later);
  tell.later = setTimeout(tell, 50);
}
addEventListener("focusin", tell);
function patchChildren(old, fresh) {
  const now = [...old.childNodes], next = [...fresh.childNodes];
  next.forEach((child, i) => {
    const was = now[i];
    if (!was) old.append(child);
    else if (was.nodeType !== child.nodeType || was.nodeName !== child.nodeName || was.namespaceURI !== child.namespaceURI) was.replaceWith(child);
    else if (was.nodeType === Node.TEXT_NODE) { if (was.data !== child.data) was.data = child.data; }
    else if (!was.isEqualNode(child)) {
      for (const { name: attribute } of [...was.attributes]) if (!child.hasAttribute(attribute) && attribute !== "open") was.removeAttribute(attribute);
      for (const { name: attribute, value } of child.attributes) if (was.getAttribute(attribute) !== value) was.setAttribute(attribute, value);
      patchChildren(was, child);
    }
  });
  now.slice(next.length).forEach((child) => child.remove());
}
/* Makes a field hold what its HTML says, except what is being typed. */
function patchField(field) {
  if (field.nodeName === "SELECT") {
    if (!field.options[field.selectedIndex]?.defaultSelected) field.selectedIndex = [...field.options].findIndex((option) => option.defaultSelected);
  }
  else if (field.type === "checkbox") field.checked = field.defaultChecked;
  else if (field.value !== field.defaultValue && (field.type === "range" || field !== document.activeElement)) field.value = field.defaultValue;
}
