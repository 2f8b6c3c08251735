// The lines of the stage: where numbers go, what ties the copies to W, and the routes of a gradient.

const isNarrow = () => !document.documentElement.classList.contains("printing") && matches("(max-width: 760px)");

function drawWires() {
  if (ui.lens === "plan") return; // the stage is not shown
  const frame = $("#stage").getBoundingClientRect(), narrow = isNarrow(), T = S.x.length;
  const box = (selector) => {
    const element = $(selector), knot = element.querySelector(".knot");
    const b = (knot?.offsetWidth ? knot : element.querySelector(".matrix") || element).getBoundingClientRect();
    return { left: b.left - frame.left, right: b.right - frame.left, top: b.top - frame.top, bottom: b.bottom - frame.top, x: (b.left + b.right) / 2 - frame.left, y: (b.top + b.bottom) / 2 - frame.top };
  };
  let lines = '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M1 1L7 4L1 7"/></marker></defs>';
  const wire = (d) => { lines += `<path class="wire" d="${d}" marker-end="url(#arrow)"/>`; };
  const letter = (x, y, text) => { lines += `<text x="${x}" y="${y}">${text}</text>`; };
  for (let t = 1; t <= T; t++) {
    const W = box(`#W${t}`), A = box(`#A${t}`), H = box(`#H${t}`), before = box(`#H${t - 1}`), out = box(`#O${t}`), word = box(`.step[data-t="${t}"] .hot`);
    if (!narrow) wire(`M${before.right + 3} ${before.y}H${W.left - 3}`);
    else if (t === 1) wire(`M${before.x} ${before.bottom + 3}V${before.bottom + 14}H${W.x}V${W.top - 22}`);
    else wire(`M${before.right + 3} ${before.y}H${frame.width - 5}V${$(`.step[data-t="${t}"]`).getBoundingClientRect().top - frame.top - 16}H${W.x}V${W.top - 22}`);
    wire(`M${W.right + 3} ${W.y}H${A.left - 3}`);
    if (H.left - A.right > 10) wire(`M${A.right + 3} ${A.y}H${H.left - 3}`);
    if (H.left - A.right > 34) letter((A.right + H.left) / 2 - 13, A.y - 6, '<tspan class="word">tanh</tspan>');
    wire(`M${A.x} ${word.bottom + 2}V${A.top - 20}`);
    letter(A.x + 6, (word.bottom + A.top - 18) / 2 + 5, "U");
    wire(`M${H.x + 14} ${H.bottom + 3}V${out.top - 1}`);
    letter(H.x + 20, out.top - 8, "V");
  }
  if (!narrow && !(ui.lens === "copies" && ui.apart)) {
    const knob = box("#knobW");
    for (let t = 1; t <= T; t++) {
      const W = box(`#W${t}`), side = W.x < knob.x ? 6 : -6;
      lines += `<path class="thread" d="M${knob.x} -9V-1Q${knob.x} 5 ${knob.x - side} 5H${W.x + side}Q${W.x} 5 ${W.x} 11V${W.top - 25}"/>`;
    }
  }
  for (const [t, k] of routes()) {
    const out = box(`#O${t}`), H = box(`#H${t}`), W = box(`#W${k}`), direct = t === k, depth = direct ? 10 : 17 + 6 * (t - k - 1) + (t > 2 ? 3 * (t - 2) : 0);
    const x = H.x - (direct ? 4 : 14), y = H.bottom + depth, to = W.x + (direct ? 5 : -5);
    let d = `M${x} ${out.top - 2}V${y + 6}Q${x} ${y} ${x - 6} ${y}H${to + 6}Q${to} ${y} ${to} ${y - 6}V${W.bottom + 5}`;
    if (narrow) d = direct ? `M${x} ${out.top - 2}V${y}H${to}V${W.bottom + 5}` : `M${x} ${out.top - 2}V${y}H${6 + 3 * (t - k - 1)}V${W.bottom + 20}H${to}V${W.bottom + 5}`;
    lines += `<path class="path-${direct ? "direct" : "indirect"}" d="${d}"/><circle class="${direct ? "direct" : "indirect"}" cx="${to}" cy="${W.bottom + 5}" r="4"/>`;
  }
  const wires = $("#wires");
  if (wires.lines === lines) return;
  const fresh = wires.cloneNode(false);
  fresh.innerHTML = wires.lines = lines;
  patchChildren(wires, fresh); // a route that only moves does not appear anew
}

/* The routes to draw, [t, k] each: of what is asked, or of the nudged copy. Those that carry nothing are left out. */
function routes() {
  if (ui.lens === "copies") {
    const { M, i, j } = ui.entry, all = [];
    for (let k = 1; k <= S.x.length; k++) for (let t = k; t <= S.x.length; t++) if ((!ui.apart || ui.copy === 0 || k === ui.copy) && val(`c${M}.${t}.${k}.${i}.${j}`) !== 0) all.push([t, k]);
    return all;
  }
  const id = ui.trail.at(-1);
  if (ui.lens !== "ask" || guessing(id) || covered(id)) return [];
  const x = explain(id);
  return x.paths.filter((_, q) => x.paths.length !== x.terms.length || x.terms[q].value !== 0);
}
