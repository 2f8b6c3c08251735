// The stage: the unrolled net with its numbers.

/* The length of a bar, which the elements inside do not inherit, so that they need no new style. The rule
   @property would say the same; the HTML checker does not know it. */
CSS.registerProperty?.({ name: "--p", syntax: "*", inherits: false });

const marks = { on: "", parents: new Set(), now: new Set(), later: new Set(), bad: new Set() };
const editable = (id) => /^(U|W|V|eta|h\.0)(\.|$)/.test(id);
const covered = (id) => (ui.sheet || (ui.cover && !ui.seen.has(id))) && !isGiven(id);
/* A gradient whose sign is to be guessed first. */
const guessing = (id) => ui.trail.at(-1) === id && ui.guess && ui.lens === "ask" && /^d[UWV]\./.test(id) && !(id in ui.said) && val(id) !== 0;

/* Which numbers are marked: the one that is asked and its parents, or those of a step. */
function setMarks() {
  marks.on = "";
  for (const set of [marks.parents, marks.now, marks.later, marks.bad]) set.clear();
  if (ui.lens === "ask") {
    marks.on = ui.trail.at(-1);
    if (!guessing(marks.on)) explain(marks.on).parents.forEach((id) => marks.parents.add(id));
  }
  if (ui.lens === "copies") marks.on = `d${ui.entry.M}.${ui.entry.i}.${ui.entry.j}`;
  if (ui.lens === "step") steps().forEach((step, i) => step.ids.forEach((id) => (i === ui.step ? marks.now : i > ui.step ? marks.later : new Set()).add(id)));
  if (S.mistakes) for (const M of ["U", "W", "V"]) wrongEntries(M).forEach(([i, j]) => marks.bad.add(`d${M}.${i}.${j}`));
}
const wrongEntries = (M) => S[M].flatMap((row, i) => row.map((_, j) => [i, j])).filter(([i, j]) => Math.abs(val(`d${M}.${i}.${j}`) - val(`f${M}.${i}.${j}`)) > 1e-6);

/* The number that the stage shows: while a copy is nudged, what the forward pass gives with it. */
function staged(id) {
  if (moves()) {
    const [table, t, i] = id.split("."), run = nudge();
    if (/^[ahoyL]$/.test(table)) {
      const v = i === undefined ? run[table]?.[t] : run[table]?.[t]?.[i];
      if (v !== undefined && v !== null) return v;
    }
  }
  return val(id);
}
/* While a copy is nudged, these numbers are still those of the net before: nothing computes them anew. */
function outdated(id) {
  if (!moves()) return false;
  const [table, t] = id.split(".");
  return (table === "de" || (table === "d" && indices(sizes.outputs).some((q) => staged(`y.${t}.${q}`) !== val(`y.${t}.${q}`))));
}
function copyValue(M, i, j, t) {
  const here = moves() && ui.entry.M === M && ui.entry.i === i && ui.entry.j === j && (ui.copy === 0 || ui.copy === t);
  return val(`${M}.${i}.${j}`) + (here ? ui.by : 0);
}

/* The places of the engine's cells that sum to a gradient, of the direct paths and of the others. */
function pathsOf(id) {
  const T = S.x.length, known = layout(T).paths;
  if (known.has(id)) return known.get(id);
  const paths = { direct: [], indirect: [] }, [table, ...at] = id.split(".");
  for (let k = 1; k <= T; k++) for (let t = k; t <= T; t++) {
    if (table !== "de" || k === +at[0]) paths[t === k ? "direct" : "indirect"].push(place(table === "de" ? `e.${t}.${k}.${at[1]}` : `c${table[1]}.${t}.${k}.${at.join(".")}`));
  }
  known.set(id, paths);
  return paths;
}
/* The share of the direct paths in a gradient, in percent, from the sizes of the cells. */
function share(id) {
  if (id.startsWith("dV")) return 100;
  const paths = pathsOf(id), size = (places) => places.reduce((sum, at) => sum + Math.abs(values[at]), 0), direct = size(paths.direct), all = direct + size(paths.indirect);
  return all ? Math.round((100 * direct) / all) : 100;
}

/* A number as a button. copy is the step whose copy of W it belongs to. */
function number(id, copy = 0) {
  const own = val(id), still = !moves(), later = marks.later.has(id), on = !copy && marks.on === id;
  let v = own, called = id;
  if (copy) {
    const [table, i, j] = id.split(".");
    if (!still) v = copyValue(table, +i, +j, copy);
    called = `copy.${table}.${copy}.${i}.${j}`;
  } else if (!still) v = staged(id);
  const cover = covered(id), hidden = cover || guessing(id), bad = marks.bad.has(id) && !hidden, old = outdated(id);
  const gradient = /^d[UWVe]/.test(id), movable = copy ? ui.apart : editable(id), moved = Math.abs(v - own) > 1e-12, text = hidden || later ? P("hidden") : copy ? short(v) : shown(id, v);
  return part("button", {
    type: "button", class: `n${copy ? " copy" : ""}${gradient ? " gradient" : ""}${movable ? " movable" : ""}${cover ? " covered" : ""}${v === 0 && !movable ? " zero" : ""}${moved ? " moved" : ""}${on ? " on" : !copy && marks.parents.has(id) ? " parent" : ""}${marks.now.has(id) ? " now" : ""}${later ? " later" : ""}${bad ? " bad" : ""}${old ? " old" : ""}`,
    "data-id": id, "aria-current": on && "true", "data-copy": copy || false, style: gradient && !hidden && `--share:${share(id)}%`,
    "aria-label": () => `${spokenName(called)}, ${text}${movable ? `, ${P("movable")}` : ""}${moved ? `, ${P("moved")}` : ""}${bad ? `, ${P("wrong")}` : ""}${old ? `, ${P("old")}` : ""}`,
  }, later ? "" : hidden ? "?" : text);
}
/* On the arrows there is room for two decimals. */
const short = (v) => minus(String(+v.toFixed(2)));
const indices = (n) => Array.from({ length: n }, (_, i) => i);
const stepsOf = () => indices(S.x.length).map((i) => i + 1);
const matrix = (table, rows, columns, copy) => `<span class="matrix" style="grid-template-columns:repeat(${columns},minmax(max-content,1fr))">${indices(rows * columns).map((q) => number(`${table}.${Math.floor(q / columns)}.${q % columns}`, copy)).join("")}</span>`;
const vector = (table, t) => `<span class="matrix">${indices(sizes.hidden).map((i) => number(`${table}.${t}.${i}`)).join("")}</span>`;
const korean = (label) => (/[가-힣]/.test(label) ? ' lang="ko"' : "");
const gloss = (q) => (ui.lang !== "ko" && ui.labels.out[q] === content.outputs[q] ? `<small>${escaped(content.glosses[q])}</small>` : "");

/* The words of one of the lecture's sequences, as they are called now. */
const wordsOf = (preset) => presetState(preset).x.map((w) => ui.labels.in[w]);

function knobs() {
  const { inputs, hidden, outputs } = sizes;
  const pair = (M, rows, columns) => `<div class="pair ${M}" id="knob${M}"><span class="m"><i>${M}</i> =</span>${matrix(M, rows, columns)}<span>${fraction(M)} =</span>${matrix("d" + M, rows, columns)}</div>`;
  return `<h2 class="hidden">${H("parameters")}</h2>` + pair("U", hidden, inputs) + pair("W", hidden, hidden) + pair("V", outputs, hidden);
}

function net() {
  const zero = !S.carry && S.h0.every((h) => h === 0);
  const start = `<div class="start"><div class="vector" id="H0">${inline("h_0")}${vector("h", 0)}</div><span class="choice down" role="group" aria-label="${P("h0")}"><button type="button" data-start="carried" aria-pressed="${S.carry}" aria-label="${escaped(plain(T("carried.after", ...wordsOf("p1"))))}">${H("carried")}</button><button type="button" data-start="zero" aria-pressed="${zero}">${H("zero")}</button></span><small class="from">${S.carry ? H("start.carried", ...wordsOf("p1")) : H(zero ? "start.zero" : "start.typed")}</small></div>`;
  const apart = ui.lens === "copies" && ui.apart;
  return start + stepsOf().map((t) => {
    const sup = apart ? `^{(${t})}` : "", chosen = ui.lens === "copies" && ui.entry.M === "W" && moves() && (ui.copy === 0 || ui.copy === t);
    const word = `<div class="word"><select style="field-sizing: content" data-word="${t}" aria-label="${P("word", t)}">${ui.labels.in.map((w, q) => `<option value="${q}"${S.x[t - 1] === q ? " selected" : ""}${korean(w)}>${escaped(w)}</option>`).join("")}</select><span class="hot">${inline("x_" + t)} = (${indices(sizes.inputs).map((j) => number(`x.${t}.${j}`)).join("")})</span></div>`;
    const W = `<div class="vector weight" id="W${t}">${part("button", { type: "button", class: chosen ? "knot moved" : "knot", "data-id": `W.${ui.entry.M === "W" ? `${ui.entry.i}.${ui.entry.j}` : "0.1"}`, "data-copy": t, "aria-label": P("copy", t) })}${inline("W" + sup)}</button>${inline("W" + sup)}${matrix("W", sizes.hidden, sizes.hidden, t)}</div>`;
    const change = moves() && !covered(`L.${t}`) ? nudge().changes[ui.copy][t] : 0;
    const rows = ui.labels.out.map((w, q) => `<tr class="${S.y[t - 1] === q ? "target" : ""}"><th scope="row"><span${korean(w)}>${escaped(w)}</span>${gloss(q)}</th><td>${number(`o.${t}.${q}`)}</td>${part("td", { class: "share", style: `--p:${covered(`y.${t}.${q}`) ? 0 : staged(`y.${t}.${q}`).toFixed(3)}` })}${number(`y.${t}.${q}`)}</td><td>${number(`d.${t}.${q}`)}</td></tr>`).join("");
    return `<section class="step" data-t="${t}" aria-label="${P("step", t)}">${word}${W}<div class="vector" id="A${t}">${inline("a_" + t)}${vector("a", t)}</div><div class="vector" id="H${t}">${inline("h_" + t)}${vector("h", t)}</div>
<div class="lane"></div><div class="vector delta" id="D${t}">${vector("de", t)}<span class="m"><i>δ</i><sub>${t}</sub><span class="long"> = ∂<i>L</i>/∂<i>a</i><sub>${t}</sub></span></span></div>
<table class="out" id="O${t}"><thead><tr><td></td><th scope="col">${inline("o_" + t)}</th><th scope="col">${inline("ŷ_" + t)}</th><th scope="col">${inline(`ŷ_${t} − y_${t}`)}</th></tr></thead><tbody>${rows}</tbody></table>
<div class="loss"><label><span class="long">${H("target")} </span><select style="field-sizing: content" aria-label="${P("target.step", t)}" data-target="${t}">${ui.labels.out.map((w, q) => `<option value="${q}"${S.y[t - 1] === q ? " selected" : ""}${korean(w)}>${escaped(w)}</option>`).join("")}</select></label>${change ? part("span", { class: "change" }, signed(change)) : ""}<span>${inline("L_" + t)} =</span>${number(`L.${t}`)}</div></section>`;
  }).join("");
}

function total() {
  const line = (kind) => `<svg width="26" height="8" aria-hidden="true"><path d="M1 4H25" class="path-${kind}"/></svg>`;
  const change = moves() && !covered("L.0") ? nudge().changes[ui.copy][0] : 0;
  return `<span class="key"><span>${line("direct")}<b class="direct">${H("direct")}</b></span><span>${line("indirect")}<b class="indirect">${H("indirect.long")}</b></span><span class="drag"><u>0.4</u> <span>${H("drag")}</span><span>${H("drag.touch")}</span></span><span class="rate">${inline("η")} = ${number("eta")}</span></span><span class="sum">${change ? part("span", { class: "change" }, signed(change)) : ""}${inline("L = " + stepsOf().map((t) => "L_" + t).join(" + "))} = ${number("L.0")}</span>`;
}

/* What the net does. */
const intro = () => H("intro");

/* The questions to begin with, each a link to a state, and the plan for teachers. */
function questions() {
  const links = [["p2/lask/qdW.0.1", "try.grow"], ["p2/lcopies/qdW.0.1/k1_0.1_W01", "try.copy"], ["p2/lcopies/qdW.0.1/z/k_0.1_W01", "try.zero"],
    ["p1/lbreak/qdW.0.1/m1", "try.blind"], ["p4/lbreak/qdW.0.1/m1", "try.sees"], ["p2/ltrain/qdW.0.1", "try.train"], ["p2/lfar/qdW.0.1", "try.far"], ["p2/lstep/qdW.0.1", "try.step"]];
  return `<details><summary>${H("try")}</summary><ol>${links.map(([link, key]) => `<li><a href="#${link}/a${ui.lang}">${H(key)}</a></li>`).join("")}</ol></details><a href="#p2/lplan/a${ui.lang}">${H("intro.plan")} →</a>`;
}

function header() {
  const pressed = (attribute, value, on, text, label = "") => `<button type="button" data-${attribute}="${value}" aria-pressed="${on}"${label ? ` aria-label="${label}"` : ""}>${text}</button>`;
  const front = content.languages.find((l) => l.tag === ui.lang).home || content.languages[0].home;
  const home = front ? `<a class="home" href="${escaped(front)}" aria-label="${P("home")}">←</a>` : "";
  return `${home}<h1>${ui.student ? H("student.net", ui.student) : `${H("title")}<span class="more">: ${H("subtitle")}</span>`}</h1><span class="space"></span>
<span class="choice presets" role="group" aria-label="${P("presets")}">${[["p1", "preset.one"], ["p2", "preset.two"], ["p4", "preset.four"]].map(([k, key]) => pressed("preset", k, ui.preset === k, H(key))).join("")}</span>
<span class="choice" role="group" aria-label="${P("language")}">${content.languages.map((l) => `<button type="button" data-language="${l.tag}" lang="${l.tag}" aria-pressed="${l.tag === ui.lang}">${l.name}</button>`).join("")}</span>
<button type="button" class="button wide" data-theme-switch>${H(isDark() ? "light" : "dark")}</button><button type="button" class="button wide" data-big aria-pressed="${ui.big}" aria-label="A+, ${P("big")}">A+</button><button type="button" class="button wide" data-reset>${H("reset")}</button>`;
}
const isDark = () => { const own = document.documentElement.dataset.theme; return own ? own === "dark" : matches("(prefers-color-scheme: dark)"); };
