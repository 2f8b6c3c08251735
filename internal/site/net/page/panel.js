// The panel: what a number is made of. The other lenses are in lenses.js.

/* A number in the panel: a tap asks it. */
function factor(id, kind = "", first = true, absolute = false, digits = undefined) {
  const v = val(id), text = covered(id) ? "?" : digits ?? shown(id, absolute ? Math.abs(v) : v), bracketed = v < 0 && !first && !absolute && text !== "?";
  const button = explains(id) ? part("button", { type: "button", class: `f ${kind}`, "data-ask": id, title: spokenName(id), "aria-label": `${spokenName(id)} ${text}` }, text) : part("span", { class: `f ${kind}` }, text);
  return bracketed ? `(${button})` : button;
}

/* The text of a number that may be hidden, and the button that shows hidden ones. */
const uncovered = (id) => (covered(id) ? "?" : shown(id));
const revealButton = (ids, key = "reveal.all") => `<p><button type="button" class="button go" data-reveal="${ids.join(" ")}">${H(key)}</button></p>`;

/* An expression with its numbers. Negative factors are in brackets, except at the beginning; a
   negative summand becomes a subtraction. */
function expression(e, first = true, kind = "") {
  const own = e.class || kind, [a, b] = e.args || [];
  switch (e.op) {
    case "number": return factor(e.id, own, first);
    case "literal": return givenText(e.value);
    case "product": return `<span class="entry">${e.args.map((part, i) => (part.op === "sum" ? `(${expression(part, true, own)})` : expression(part, first && i === 0, own))).join("·")}</span>`;
    case "sum": return e.args.map((part, i) => {
      if (part.op !== "number") return `${i ? " + " : ""}${expression(part, i === 0, own)}`;
      const negative = val(part.id) < 0 && !covered(part.id), wrap = part.class || own;
      return `<span class="entry">${i ? (negative ? " − " : " + ") : negative ? "−" : ""}${factor(part.id, wrap, true, negative)}</span>`;
    }).join("");
    case "difference": return `${expression(a, true, own)} − ${b.op === "product" ? expression(b, false, own) : b.op === "number" ? factor(b.id, own, false) : expression(b, false, own)}`;
    case "square": return `${a.op === "number" && val(a.id) < 0 && !covered(a.id) ? `(${expression(a)})` : expression(a)}<sup>2</sup>`;
    case "tanh": return `tanh(${expression(a)})`;
    case "neglog": return `−log ${expression(a)}`;
    case "exp": return `<i>e</i><sup class="power">${expression(a)}</sup>`;
    case "quotient": return `<span class="frac"><span>${expression(a)}</span><span>${expression(b)}</span></span>`;
  }
  throw new Error(`there is no operation ${e.op}`);
}

/* The terms as bars, each from where the last one ended. */
function bars(x) {
  const own = x.total === x.id, total = val(x.total);
  let at = 0, low = Math.min(0, own ? total : 0), high = Math.max(0, own ? total : 0);
  const spans = x.terms.map((term) => {
    const from = own ? at : 0, to = from + term.value;
    at = to;
    low = Math.min(low, from, to);
    high = Math.max(high, from, to);
    return [from, to];
  });
  const percent = (v) => (100 * (v - low)) / (high - low || 1);
  const bar = (from, to, kind) => `${part("span", { class: `bar ${kind}`, style: `--zero:${percent(0).toFixed(2)}%` })}${part("span", { style: `--left:${percent(Math.min(from, to)).toFixed(2)}%;--width:${from === to ? "0px" : `max(3px, ${(percent(Math.max(from, to)) - percent(Math.min(from, to))).toFixed(2)}%)`}` }, "")}</span>`;
  const label = (term) => {
    if (term.key) return H("term." + term.key, ...term.ids.map((id) => `«${id}»`));
    const cell = /^c[UW]\.(\d+)\.(\d+)\./.exec(term.ids[0]);
    if (cell && term.ids.length === 1) return `${inline(`L_${cell[1]} → ${term.ids[0][1]}^{(${cell[2]})}`)} <small class="${term.class}">${H(term.class)}</small>`;
    return term.ids.map(named).join("·");
  };
  const unknown = (term) => term.ids.some(covered);
  const rows = x.terms.map((term, i) => `<li>${term.ask && explains(term.ask) ? `<button type="button" class="label" data-ask="${term.ask}">${label(term)} ›</button>` : `<span class="label">${label(term)}</span>`}${unknown(term) ? bar(0, 0, "") : bar(...spans[i], term.class)}${part("span", { class: `value ${term.class}` }, unknown(term) ? "?" : own ? signed(term.value) : computedText(term.value))}</li>`);
  if (own && x.terms.length > 1) rows.push(`<li class="all"><span class="label">${H("sum")}</span>${bar(0, total, "all")}${part("span", { class: "value" }, signed(total))}</li>`);
  return `<ul class="bars">${rows.join("")}</ul>`;
}

/* What a field says of what was typed in it last and cannot be used: that stays in it, and the reason stands
   beside it. */
const refusedIn = (field) => ui.refused?.field === field && ui.refused;
const whyNot = (field) => (refusedIn(field) ? `<small id="why" class="why">${escaped(refusedIn(field).reason)}</small>` : "");

function slider(id) {
  const v = val(id), rate = id === "eta", bad = refusedIn(`type ${id}`);
  return `<div class="part"><h3>${H("change", `«${id}»`)}</h3><div class="row">${part("input", { type: "range", min: rate ? 0 : -2, max: 2, step: 0.05, value: v, "data-set": id, "aria-label": spokenName(id) })}${part("input", { type: "text", inputmode: "decimal", value: bad ? bad.text : shown(id).replace("−", "-"), "data-type": id, "aria-label": P("type", `«${id}»`), autocomplete: "off", "aria-invalid": bad && "true", "aria-describedby": bad && "why" })}${whyNot(`type ${id}`)}</div></div>`;
}

const renamed = () => ["in", "out"].some((kind) => ui.labels[kind].join() !== content[kind + "puts"].join());
const aboutLabels = () => `<p class="small">${H(renamed() ? "labels.onehot" : "labels.say")}</p>`;
function labelField(kind, i) {
  const bad = refusedIn(`label ${kind}.${i}`);
  return `<div><label class="field"><span>${inline(kind === "in" ? "x" : "y")} ${i + 1}</span><input type="text" value="${escaped(bad ? bad.text : ui.labels[kind][i])}" data-label="${kind}.${i}" autocomplete="off" maxlength="20"${bad ? ' aria-invalid="true" aria-describedby="why"' : ""}${korean(ui.labels[kind][i])}></label>${whyNot(`label ${kind}.${i}`)}</div>`;
}

function askLens() {
  const id = ui.trail.at(-1), x = explain(id), parts = [];
  if (ui.trail.length > 1) parts.push(`<nav class="trail" aria-label="${P("trail")}">${ui.trail.slice(0, -1).map((q, i) => `<button type="button" data-back="${i}">${named(q)}</button> › `).join("")}<span>${named(id)}</span></nav>`);
  if (guessing(id)) {
    parts.push(`<h2 class="large" tabindex="-1">${H("guess.question", `«${x.weight}»`)}</h2><p class="say">${H("guess.say", `«${x.weight}»`)}</p><div class="guess"><button type="button" data-guess="1">↗ ${H("guess.grows")}</button><button type="button" data-guess="-1">↘ ${H("guess.falls")}</button></div><p><button type="button" class="button" data-guess="0">${H("guess.show")}</button></p>`);
    parts.push(slider(x.weight));
    return parts.join("");
  }
  parts.push(`<h2 class="large" tabindex="-1">${named(id)} = ${part("span", { class: "v" }, uncovered(id))}</h2>`);
  if (covered(id)) return parts.join("") + revealButton([id], "reveal");
  if (x.weight && ui.said[id] && ui.said[id] !== "0") {
    const right = Math.sign(val(id)) === +ui.said[id];
    parts.push(`<p class="verdict ${right ? "right" : "wrong"}">${H(right ? "guess.right" : "guess.wrong")} ${H(val(id) > 0 ? "slope.up" : "slope.down")}</p>`);
  }
  parts.push(`<p class="say">${H("say." + x.says, ...x.args)}</p>`);
  if (x.formula) parts.push(`<p class="equation">${inline(x.formula)}</p>`);
  if (x.lines.length) parts.push(`<p class="equation">${named(id)}${x.lines.map((line) => ` = ${expression(line)}<br>`).join("")} = ${part("b", {}, shown(id))}</p>`);
  if (/^h\.[1-9]/.test(id) && !covered(x.parents[0])) parts.push(tanhChart(val(x.parents[0]), val(id)));
  if (x.terms.length) parts.push(bars(x));
  if (x.given && editable(id)) parts.push(slider(id));
  if (/^x\./.test(id)) parts.push(`<div class="part"><h3>${H("labels")}</h3>${aboutLabels()}<div class="fields">${content.inputs.map((_, i) => labelField("in", i)).join("")}</div></div>`);
  if (/^(o|y|d)\./.test(id)) parts.push(`<div class="part"><h3>${H("labels")}</h3><div class="fields">${content.outputs.map((_, i) => labelField("out", i)).join("")}</div></div>`);
  if (x.gradient) parts.push(`<div class="part"><h3>${H("guess.question", `«${id}»`)}</h3><div class="chips"><button type="button" class="f" data-ask="${x.gradient}">${named(x.gradient)} ›</button></div></div>`);
  const M = /^(?:d?)([UW])\./.exec(id)?.[1];
  if (M) parts.push(`<p><button type="button" class="button go" data-copies="${M}${id.split(".").slice(1).join("")}">${H("copies.open")} →</button></p>`);
  if (x.measured) parts.push(`<p class="small">${H("measured.how", `«${x.weight}»`)} ${part("b", { class: "measured" }, shown(x.measured))}</p>`);
  if (x.measured && S.carry && M) parts.push(`<p class="small">${H("measured.cut", `«${x.weight}»`)} ${part("b", { class: "measured" }, computedText(engine.uncut(M, ...id.split(".").slice(1).map(Number))))}</p>`);
  if (x.into.length) parts.push(`<div class="part"><h3>${H("into")}</h3><div class="chips">${x.into.map((q) => `<button type="button" class="f" data-ask="${q}">${named(q)}</button>`).join("")}</div></div>`);
  return parts.join("");
}

/* A line of a chart, and a curve through points, to scale. */
const stroke = (kind, d) => part("path", { class: kind, d }, "");
const curve = (points, X, Y) => points.map(([x, y], i) => `${i ? "L" : "M"}${X(x).toFixed(1)} ${Y(y).toFixed(1)}`).join("");

function tanhChart(a, h) {
  const X = (x) => 130 + x * 40, Y = (y) => 45 - y * 36, at = Math.max(-3, Math.min(3, a));
  const points = indices(61).map((i) => [i / 10 - 3, Math.tanh(i / 10 - 3)]); // the curve, to draw it
  return `${part("svg", { class: "chart", viewBox: "0 0 260 92", role: "img", "aria-label": P("chart.tanh", computedText(a), computedText(h)) })}<path class="axis" d="M10 45H250M130 5V88"/><path class="line" d="${curve(points, X, Y)}"/>${stroke("dots", `M${X(at)} 45V${Y(h)}H130`)}${part("circle", { class: "ink", cx: X(at), cy: Y(h), r: 4 }, "")}</svg>`;
}
