// The other lenses of the panel.

function copiesLens() {
  const { M, i, j } = ui.entry, T = S.x.length, n = nudge(), id = `${M}.${i}.${j}`, cellOf = (t, k) => `c${M}.${t}.${k}.${i}.${j}`;
  const parts = [`<h2 tabindex="-1">${H("copies.title", `«d${id}»`)}</h2><p class="row"><span class="choice" role="group" aria-label="${P("copies.matrix")}">${["W", "U"].map((m) => `<button type="button" data-matrix="${m}" aria-pressed="${M === m}">${inline(m)}</button>`).join("")}</span><span class="small">${H("copies.tap", `«${id}»`)}</span></p>`];
  const moved = !n.error && ui.by !== 0, cells = stepsOf().flatMap((t) => stepsOf().filter((k) => k <= t).map((k) => cellOf(t, k))), all = [...cells, ...stepsOf().map((k) => `k${M}.${k}.${i}.${j}`), "d" + id, "L.0", ...stepsOf().map((t) => `L.${t}`)];
  const cell = (t, k) => {
    const c = cellOf(t, k), kind = t === k ? "direct" : "indirect";
    const measured = moved && !covered(c) && (!ui.apart || ui.copy === 0 || ui.copy === k) ? part("small", {}, `${P("measured")} ${signed(n.measured[k][t])}`) : "";
    return `<td><button type="button" class="cell ${kind}" data-ask="${c}"><span class="hidden">${H("cell", t, k)} </span>${part("span", {}, covered(c) ? "?" : signed(val(c)))} ${measured}</button></td>`;
  };
  const source = (k) => (M === "W" ? `h_${S.mistakes & MISTAKES.after ? k : k - 1}[${j + 1}]` : `x_${k}[${j + 1}]`);
  parts.push(`<div class="scroll"><table class="paths${ui.fold ? " fold" : ""}"><thead><tr><td></td>${stepsOf().map((k) => `<th scope="col">${inline(`${M}^{(${k})}`)}</th>`).join("")}</tr></thead><tbody>${stepsOf().map((t) => `<tr><th scope="row">${inline("L_" + t)}</th>${stepsOf().map((k) => (k > t ? '<td class="none">·</td>' : cell(t, k))).join("")}</tr>`).join("")}</tbody>${ui.fold ? `<tfoot><tr><th scope="row">${H("sum")}</th>${stepsOf().map((k) => `<td>${part("button", { type: "button", class: "cell column", "data-ask": `k${M}.${k}.${i}.${j}` }, uncovered(`k${M}.${k}.${i}.${j}`))}<small>${inline(`δ_${k}[${i + 1}] · ${source(k)}`)}</small></td>`).join("")}</tr></tfoot>` : ""}</table></div>`);
  parts.push(`<p class="row between"><button type="button" class="button" data-fold aria-pressed="${ui.fold}">${H(ui.fold ? "copies.unfold" : "copies.fold")}</button><span>${H("copies.together")} ${part("b", {}, uncovered("d" + id))}</span></p>`);
  if (all.some(covered)) parts.push(revealButton(all));
  if (ui.fold) parts.push(`<p class="say">${H("copies.folded")}</p>`);
  if (M === "W" && val(`h.0.${j}`) === 0 && !(S.mistakes & MISTAKES.after) && !cells.some(covered)) parts.push(`<p class="verdict">${H("copies.zero")}</p>`);
  const which = ui.apart && ui.copy ? `«copy.${M}.${ui.copy}.${i}.${j}»` : `«${id}»`;
  parts.push(`<div class="part"><p class="row">${ui.apart ? `<span class="choice" role="group" aria-label="${P("copies.which")}">${stepsOf().map((k) => `<button type="button" data-nudged="${k}" aria-pressed="${ui.copy === k}">${inline(`${M}^{(${k})}`)}</button>`).join("")}</span><button type="button" class="button" data-apart="0">${H("copies.link")}</button>` : `<button type="button" class="button go" data-apart="1">${H("copies.unlink")}</button>`}</p>
<p class="say">${H(ui.apart ? "copies.apart" : "copies.linked")}</p>
<label class="small" for="by">${H("copies.move", which)} ${part("b", { class: "measured" }, signed(ui.by))}</label>${part("input", { type: "range", id: "by", min: -sizes.span, max: sizes.span, step: 0.05, value: ui.by, "data-by": "", "aria-valuetext": signed(ui.by) })}`);
  if (n.error) return parts.join("") + `<p class="verdict wrong">${H("bad.sums")}</p></div>`;
  const unknown = (t) => covered(`L.${t}`) || cells.some(covered);
  const row = (t) => { const d = n.changes[ui.copy][t], p = n.promises[ui.copy][t]; return `<tr><th scope="row">${H("copies.change", t ? `$L_${t}$` : "$L$")}</th>${part("td", { class: "measured" }, unknown(t) ? "?" : signed(d))}${part("td", { class: t && ui.copy ? (t === ui.copy ? "direct" : "indirect") : "" }, unknown(t) ? "?" : signed(p))}</tr>`; };
  parts.push(`<table class="compare"><thead><tr><td></td><th scope="col">${H("measured")}</th><th scope="col">${H("copies.promise")}</th></tr></thead><tbody>${stepsOf().map(row).join("")}${row(0)}</tbody></table>`);
  parts.push(`<div class="charts">${(ui.copy ? stepsOf().filter((t) => t >= ui.copy) : [0]).filter((t) => !unknown(t)).map((t) => nudgeChart(t, n)).join("")}</div><p class="small">${H("copies.legend")}${moved ? ` <span class="old">${H("copies.old")}</span>` : ""}</p></div>`);
  return parts.join("");
}

function nudgeChart(t, n) {
  const slope = n.slopes[ui.copy][t], span = sizes.span, points = n.curve[t].map((y, i) => [span * ((2 * i) / (sizes.across - 1) - 1), y]);
  const ends = [-span * slope, span * slope], low = Math.min(...n.curve[t], ...ends), high = Math.max(...n.curve[t], ...ends), range = Math.max(high - low, 0.02), middle = (low + high) / 2;
  const X = (x) => 80 + (x * 72) / span, Y = (y) => 46 - ((y - middle) / range) * 72, kind = ui.copy && t !== ui.copy ? "indirect" : ui.copy ? "direct" : "ink", d = n.changes[ui.copy][t], p = n.promises[ui.copy][t];
  return `<figure><figcaption>${inline(t ? "L_" + t : "L")}</figcaption>${part("svg", { class: "chart", viewBox: "0 0 160 92", role: "img", "aria-label": P("chart.nudge", t ? "L " + t : "L", signed(d), signed(p)) })}${stroke("axis", `M4 ${Y(0)}H156M80 4V88`)}${stroke(`straight ${kind}`, `M${X(-span)} ${Y(ends[0])}L${X(span)} ${Y(ends[1])}`)}${stroke("true", curve(points, X, Y))}${stroke("gap", `M${X(ui.by)} ${Y(d)}V${Y(p)}`)}${part("circle", { class: "measured", cx: X(ui.by), cy: Y(d), r: 4.2 }, "")}</svg></figure>`;
}

function breakLens() {
  const parts = [`<h2 tabindex="-1">${H("break.title")}</h2><p class="say">${H("break.say")}</p><p class="equation small">${inline("δ_t = (1 − h_t^2) ⊙ (V^⊤(ŷ_t − y_t) + W^⊤δ_{t+1})")}<br>${inline("∂L/∂W = Σ_t δ_t h_{t−1}^⊤")}, ${inline("∂L/∂U = Σ_t δ_t x_t^⊤")}</p>`];
  for (const mistake of Object.keys(MISTAKES)) parts.push(`<label class="switch"><input type="checkbox" data-mistake="${mistake}"${S.mistakes & MISTAKES[mistake] ? " checked" : ""}><span>${H("break." + mistake)}</span></label>`);
  const compared = ["W", "U"].flatMap((M) => S[M].flatMap((r, i) => r.map((_, j) => `d${M}.${i}.${j}`)));
  parts.push(`<p class="small">${H("break.how")}${S.carry ? ` ${H("break.fixed")}` : ""}</p>`);
  if (compared.some(covered)) parts.push(revealButton(compared));
  for (const M of ["W", "U"]) {
    const wrong = wrongEntries(M), rows = S[M].flatMap((r, i) => r.map((_, j) => [i, j])).filter(([, j]) => M === "W" || S.x.includes(j)).map(([i, j]) => {
      const bad = wrong.some(([a, b]) => a === i && b === j), id = `${M}.${i}.${j}`, [computed, measured] = unlike(val("d" + id), val("f" + id));
      if (covered("d" + id)) return `<tr><th scope="row">${named("d" + id)}</th><td>${factor("d" + id)}</td><td class="measured">?</td><td></td></tr>`;
      return `<tr><th scope="row">${named("d" + id)}</th><td>${factor("d" + id, bad ? "indirect" : "", true, false, bad ? computed : undefined)}</td>${part("td", { class: "measured" }, bad ? measured : shown("f" + id))}<td class="${bad ? "indirect" : "measured"}"><span aria-hidden="true">${bad ? "✗" : "✓"}</span><span class="hidden">${H(bad ? "wrong" : "agrees")}</span></td></tr>`;
    });
    parts.push(`<div class="part"><table class="compare"><thead><tr><td></td><th scope="col">${H("computed")}</th><th scope="col">${H("measured")}</th><td></td></tr></thead><tbody>${rows.join("")}</tbody></table>${compared.some(covered) ? "" : `<p class="verdict ${wrong.length ? "wrong" : "right"}">${wrong.length ? H("break.found", wrong.length, M) : H(S.mistakes ? "break.blind" : "break.none", M)}</p>`}</div>`);
  }
  if (!compared.some(covered)) parts.push(`<p class="small">${H("break.try")}</p>`);
  return parts.join("");
}

/* The steps of the calculation: the numbers of each, and what to say. */
function steps() {
  const all = [], vectorOf = (table, t, n = sizes.hidden) => indices(n).map((i) => `${table}.${t}.${i}`), T = S.x.length, { inputs, outputs } = sizes;
  const add = (ids, symbol, key, ...args) => all.push({ ids, symbol, key, args });
  for (let t = 1; t <= T; t++) {
    add(vectorOf("x", t, inputs), "x_" + t, "step.x", t, ui.labels.in[S.x[t - 1]]);
    add(vectorOf("a", t), "a_" + t, "step.a", t - 1, t);
    add(vectorOf("h", t), "h_" + t, "step.h");
    add(vectorOf("o", t, outputs), "o_" + t, "step.o");
    add(vectorOf("y", t, outputs), "ŷ_" + t, "step.y");
    add([`L.${t}`], "L_" + t, "step.L", ui.labels.out[S.y[t - 1]]);
  }
  add(["L.0"], "L", "step.total");
  for (let t = T; t >= 1; t--) {
    add(vectorOf("d", t, outputs), `ŷ_${t} − y_${t}`, "step.d", t);
    if (t === T) add(vectorOf("de", t), "δ_" + t, "step.last", t);
    else add(vectorOf("de", t), "δ_" + t, "step.de", t, t + 1);
  }
  const grid = (M) => S[M].flatMap((row, i) => row.map((_, j) => `d${M}.${i}.${j}`));
  add(grid("V"), "∂L/∂V", "step.dV");
  add(grid("W"), "∂L/∂W", "step.dW");
  add(grid("U"), "∂L/∂U", "step.dU");
  add([], "W′ = W − η ∂L/∂W", "step.update");
  return all;
}

function stepLens() {
  const all = steps(), step = all[Math.min(ui.step, all.length - 1)], last = ui.step >= all.length - 1;
  return `<h2 tabindex="-1">${H("step.title")}</h2><div class="stepping"><p class="large">${inline(step.symbol)}</p><p class="say">${H(step.key, ...step.args)}</p></div><p class="row"><button type="button" class="button" data-step="-1" aria-disabled="${ui.step === 0}">← ${H("step.back")}</button><button type="button" class="button go" data-step="1" aria-disabled="${last}">${H("step.next")} →</button><span class="small">${ui.step + 1} / ${all.length}</span></p><input type="range" min="0" max="${all.length - 1}" value="${ui.step}" data-step-to aria-label="${P("step.place")}" aria-valuetext="${escaped(plain(step.symbol))}"><p class="small">${H("step.ask")}</p>${last ? updateTable() : ""}`;
}

/* One update, matrix by matrix. */
function updateTable() {
  const grid = (table, M) => { const rows = S[M].length, columns = S[M][0].length; return `<span class="matrix" style="grid-template-columns:repeat(${columns},minmax(max-content,1fr))">${indices(rows * columns).map((q) => factor(`${table}${M}.${Math.floor(q / columns)}.${q % columns}`)).join("")}</span>`; };
  return `<div class="part"><h3>${H("update.title")}</h3>${["W", "U", "V"].map((M) => `<div class="update">${inline(`${M}′ =`)} ${grid("n", M)}</div>`).join("")}${part("p", {}, P("update.loss", uncovered("L.0"), uncovered("nL")))}<p><button type="button" class="button go" data-train="1">${H("update.take")}</button></p></div>`;
}

function trainLens() {
  const parts = [`<h2 tabindex="-1">${H("train.title")}</h2><p class="row"><span class="choice" role="group" aria-label="${P("train.on")}">${[[true, "train.both"], [false, "train.this"]].map(([both, key]) => `<button type="button" data-both="${both}" aria-pressed="${ui.both === both}">${H(key)}</button>`).join("")}</span><span>${inline("η")} = ${factor("eta")}</span></p><p class="row">${[1, 10, 50, 500].map((n) => `<button type="button" class="button${n === 50 ? " go" : ""}" data-train="${n}">+${n}</button>`).join("")}<button type="button" class="button" data-untrain aria-disabled="${!ui.untrained}">${H("train.undo")}</button></p>`];
  const h = ui.history || firstHistory(), n = h.losses.length - 1;
  if (h.error) return parts.join("") + `<p class="verdict wrong">${H("bad.training")}</p>`;
  const most = Math.max(...h.losses, 0.1), X = (s) => 30 + (s / Math.max(n, 10)) * 320, Y = (l) => 104 - (l / most) * 94;
  if (ui.both) parts.push(`<p class="say">${H(S.carry ? "train.carried" : "train.zero", ...["p1", "p2"].map((p) => wordsOf(p).join(" ")))}</p>`);
  if (covered("training")) return parts.join("") + revealButton(["training"]) + updateTable();
  const own = ui.both ? [P("train.parts", ...["p1", "p2"].flatMap((p, i) => [wordsOf(p).join(" "), computedText(h.parts[i])]))] : [];
  parts.push(`${part("p", {}, [P("train.after", n, computedText(h.losses[n])), ...own].join(" "))}${part("svg", { class: "chart", viewBox: "0 0 360 124", role: "img", "aria-label": P("chart.loss", computedText(h.losses[0]), computedText(h.losses[n]), n) })}<path class="axis" d="M30 10V104H350"/>${ui.both && most > 1.3863 ? `${stroke("dots", `M30 ${Y(2 * Math.LN2)}H350`)}${part("text", { x: 350, y: Y(2 * Math.LN2) - 4, "text-anchor": "end" }, P("train.floor"))}` : ""}${stroke("line", curve(h.losses.map((l, s) => [s, l]), X, Y))}${part("text", { x: 4, y: 16 }, most.toFixed(1))}<text x="16" y="107">0</text><text x="350" y="119" text-anchor="end">${Math.max(n, 10)}</text></svg>`);
  const px = (v) => 150 + v * 112, py = (v) => 150 - v * 112, words = h.words.length, last = h.hidden.at(-1);
  const targets = ui.both ? [...presetState("p1").y, ...presetState("p2").y] : S.y, target = (w) => `${ui.labels.out[targets[w]]} ${(100 * h.chances[w]).toFixed(0)} %`;
  parts.push(`<h3>${H("train.plane")}</h3>${part("svg", { class: "chart plane", viewBox: "0 0 360 300", role: "img", "aria-label": `${P("chart.plane")} ${indices(words).map(target).join(", ")}` })}<rect class="axis" x="38" y="38" width="224" height="224"/><path class="axis" d="M150 38V262M38 150H262"/>${indices(words).map((w) => { const [a, b] = last[w]; return `${stroke("dots solid", curve(h.hidden.map((s) => s[w]), px, py))}${h.words[w] ? part("rect", { class: "ink", x: px(a) - 5, y: py(b) - 5, width: 10, height: 10 }, "") : part("circle", { class: "ink", cx: px(a), cy: py(b), r: 5.5 }, "")}${part("text", { class: "strong", x: px(a) + 10, y: py(b) + 4 }, target(w))}`; }).join("")}<text x="262" y="276" text-anchor="end">h[1]</text><text x="34" y="34">h[2]</text></svg><p class="small">${H("train.legend")}</p>`);
  return parts.join("") + updateTable();
}
const firstHistory = () => { const t = engine.train(ui.both, 0); return t.error ? { error: t.error, losses: [0] } : t; };

function farLens() {
  const far = engine.far(ui.reach, ui.far), reach = ui.reach, at = Math.min(ui.at, reach);
  const scaled = far.error ? "" : `<span class="update">${inline(`${ui.far.toFixed(2)} · W =`)} <span class="matrix" style="grid-template-columns:repeat(${sizes.hidden},max-content)">${far.W.flat().map((w) => `<span class="f">${givenText(w)}</span>`).join("")}</span></span>`;
  const marks = [[1, `× 1`], ...(far.unit ? [[round(far.unit), P("far.unit")]] : [])].filter(([v]) => v >= 0.2 && v <= 6);
  const controls = `<div class="part"><label class="small" for="far">${H("far.scale")} <b>${ui.far.toFixed(2)}</b></label><input id="far" type="range" min="0.2" max="6" step="0.05" value="${ui.far}" data-far><p class="row">${scaled}${marks.map(([v, text]) => `<button type="button" class="button" data-far-to="${v}" aria-pressed="${v === ui.far}">${escaped(text)}</button>`).join("")}</p><label class="small" for="reach">${H("far.steps")} <b>${reach}</b></label><input id="reach" type="range" min="2" max="${sizes.steps}" step="1" value="${reach}" data-reach></div>`;
  const parts = [`<h2 tabindex="-1">${H("far.title")}</h2><p class="say">${H("far.say", reach)}</p>`];
  if (far.error) return parts.join("") + `<p class="verdict wrong">${H("bad.sums")}</p>` + controls;
  if (covered("reach")) return parts.join("") + revealButton(["reach"]) + controls;
  // The towers stand on a logarithmic scale of whole powers of ten.
  const norms = far.norms.slice(1), logs = norms.map((v) => Math.log10(Math.max(v, 1e-300))), top = Math.ceil(Math.max(...logs)), bottom = Math.min(top - 2, Math.floor(Math.min(...logs)));
  const wide = 326 / reach, X = (k) => 40 + (k - 1) * wide, Y = (log) => 100 - (90 * (log - bottom)) / (top - bottom), ticks = [top, Math.round((top + bottom) / 2), bottom];
  const power = (n) => "10" + [...String(n)].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c])).join("");
  const towers = norms.map((v, q) => { const ink = Math.max(0.03, Math.min(1, 1 + (logs[q] - logs.at(-1)) / 6)); return `<rect class="square${q + 1 === at ? " chosen" : ""}" x="${X(q + 1) + 1}" y="106" width="${wide - 2}" height="16" rx="3" style="--left:${ink.toFixed(3)}"/><rect class="tower" x="${X(q + 1) + wide / 4}" y="${Y(logs[q]) - 1}" width="${wide / 2}" height="${101 - Y(logs[q])}" rx="2"/>${q === 0 || q === reach - 1 || q === Math.floor(reach / 2) - 1 ? `<text x="${X(q + 1) + wide / 2}" y="137" text-anchor="middle">${q + 1}</text>` : ""}`; });
  parts.push(`<svg class="chart" viewBox="0 0 366 142" role="img" aria-label="${P("chart.far", reach, computedText(far.ratio))}">${ticks.map((n) => `<path class="axis" d="M38 ${Y(n)}H366"/><text x="34" y="${Y(n) + 4}" text-anchor="end">${power(n)}</text>`).join("")}${towers.join("")}</svg><p class="small">${H("far.legend")}</p>${controls}`);
  parts.push(`<div class="part"><label class="small" for="at">${H("far.look")} <b>${at}</b></label><input id="at" type="range" min="1" max="${reach}" step="1" value="${at}" data-at aria-valuetext="${P("far.at", at, computedText(norms[at - 1]))}"><p>${H("far.at", at, computedText(norms[at - 1]))}</p></div>`);
  parts.push(`<table class="compare"><tbody>${[["far.ratio", far.ratio, reach], ["far.singular", far.singular], ["far.radius", far.radius]].map(([key, v, ...args]) => `<tr><th scope="row">${H(key, ...args)}</th><td>${computedText(v)}</td></tr>`).join("")}<tr><th scope="row">${H("far.slopes")}</th><td>${far.slopes.map(computedText).join("\u00a0– ")}</td></tr></tbody></table><p class="verdict">${H(far.ratio < 0.1 ? "far.fades" : far.ratio > 10 ? "far.grows" : "far.stays")}</p><p class="say">${H("far.rule")} ${H(far.singular < 1 ? "far.must" : "far.may")}</p><p class="small">${H("far.stage")}</p>`);
  return parts.join("");
}

function moreLens() {
  const T = S.x.length, check = (key, on, attribute) => `<label class="switch"><input type="checkbox" ${attribute}${on ? " checked" : ""}><span>${H(key)}</span></label>`;
  return `<h2 tabindex="-1">${H("more.title")}</h2>
<div class="part"><h3>${H("more.words")}</h3><p class="row"><button type="button" class="button" data-words="-1" aria-disabled="${T <= 2}">− ${H("more.less")}</button><span>${H("more.count", T)}</span><button type="button" class="button" data-words="1" aria-disabled="${T >= 4}">+ ${H("more.longer")}</button></p></div>
<div class="part"><h3>${H("labels")}</h3>${aboutLabels()}<div class="fields">${content.inputs.map((_, i) => labelField("in", i)).join("")}</div><div class="fields">${content.outputs.map((_, i) => labelField("out", i)).join("")}</div><p class="row"><button type="button" class="button" data-pear>${H("labels.pear")}</button></p></div>
<div class="part"><h3>${H("lecture")}</h3>${check("lecture.big", ui.big, "data-big-box")}${check("lecture.cover", ui.cover, "data-cover")}${check("lecture.guess", ui.guess, "data-guess-box")}<p class="row"><button type="button" class="button" data-theme-switch>${H(isDark() ? "light" : "dark")}</button><button type="button" class="button" data-reset>${H("reset")}</button></p><p><a href="${escaped(location.href.split("#")[0])}#p2/lplan/a${ui.lang}">${H("plan")} →</a></p></div>
<div class="part"><h3>${H("student")}</h3><p class="small">${H("student.say")}</p><p class="row"><input type="text" id="student" value="${escaped(ui.typing ?? ui.student)}" data-student maxlength="40" autocomplete="off" aria-label="${P("student")}"><button type="button" class="button go" data-student-go>${H("student.go")}</button></p><p class="row"><button type="button" class="button" data-print="sheet">${H("student.sheet")}</button><button type="button" class="button" data-print="key">${H("student.key")}</button></p></div>
<div class="part"><h3>${H("share")}</h3><p class="small">${H("share.say")}</p>${qrImage(sharedAddress())}<p class="row"><button type="button" class="button" data-copy-address>${H(ui.copied === "address" ? "code.copied" : "share.copy")}</button></p></div>
<div class="part"><h3>${H("code")}</h3><p class="small">${H("code.say")}</p><p class="row"><span class="choice" role="group" aria-label="${P("code")}">${["go", "numpy", "pytorch"].map((l) => `<button type="button" data-program="${l}" aria-pressed="${ui.program === l}">${{ go: "Go", numpy: "NumPy", pytorch: "PyTorch" }[l]}</button>`).join("")}</span><button type="button" class="button" data-copy-code>${H(ui.copied === "code" ? "code.copied" : "code.copy")}</button></p><pre class="code" tabindex="0">${escaped(engine.code(ui.program))}</pre></div>
<p class="small">${H("licence", content.version)}</p>`;
}

/* A lecture of two halves of 75 minutes: from which minute, for how many seconds to wait, with
   which state; the question, what to do, and the answer are texts. */
const PLAN = [
  [[0, 30, "p1/qx.1.0", "onehot"], [7, 60, "p1/lstep/t1", "forward"], [22, 30, "p1/qy.2.2/v", "likely"], [30, 60, "p1/qL.2/v", "surprise"], [38, 60, "p1/qd.2.2/v", "sign"],
    [50, 60, "p1/qdV.0.0", "paths"], [60, 60, "p1/qde.2.0/v", "delta"]],
  [[0, 60, "p2/qdW.0.1", "grows"], [10, 60, "p2/lcopies/k1_0_W01", "copy"], [20, 60, "p2/lcopies/z/k_0_W01/v", "zero"], [25, 60, "p2/qh.0.0", "cut"], [32, 90, "p4/lcopies/k_0_W01", "fold"],
    [42, 60, "p2/qdU.0.1/v", "words"], [47, 60, "p2/qnW.0.1/v", "update"], [52, 30, "p1/lbreak/m1/v", "blind"], [57, 30, "p4/lbreak/m1/v", "sees"], [61, 60, "p1/ltrain", "corners"], [66, 60, "p2/lfar/z/r1_20/v", "fades"]],
];
const HALF = 75;

/* The plan as a page for the teacher, beside the page that the class sees: its links open in a
   window of their own. */
function planLens() {
  const line = ([minute, pause, state, key], q, half) => `<li><h4><span class="small">${minute}′–${half[q + 1]?.[0] ?? HALF}′</span> ${H("ask." + key)}</h4><p><a href="#${state}/b/a${ui.lang}" target="rnn101-net">${H("plan.open")}</a> ${H("do." + key)} <span class="small">${H("plan.pause", pause)}</span></p><details><summary>${H("plan.answer")}</summary><p>${H("answer." + key)}</p></details></li>`;
  return `<h2 class="large" tabindex="-1">${H("plan")}</h2><p class="say">${H("plan.say")}</p><p class="row"><button type="button" class="button" data-lens="ask">← ${H("plan.back")}</button></p>${PLAN.map((half, i) => `<section><h3>${H("plan.half", i + 1)}</h3><ol class="plan">${half.map(line).join("")}</ol></section>`).join("")}`;
}

/* A QR code, with the margin that readers of it need. */
function qrImage(text) {
  const { size, squares, error } = engine.qr(text);
  if (error) return "";
  const path = indices(size * size).filter((i) => squares[i] === "1").map((i) => `M${(i % size) + 4} ${Math.floor(i / size) + 4}h1v1h-1z`).join("");
  return `<svg class="qr" viewBox="0 0 ${size + 8} ${size + 8}" role="img" aria-label="${P("share.qr")}" shape-rendering="crispEdges"><path d="${path}"/></svg>`;
}

const lenses = { ask: askLens, copies: copiesLens, break: breakLens, step: stepLens, train: trainLens, far: farLens, more: moreLens, plan: planLens };
