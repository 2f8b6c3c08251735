// Turns the text of a terminal into HTML, as nbconvert does: its colours become classes.
const colours = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
const escaped = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

export function terminal(text) {
  let html = "", at = 0;
  let style = {};
  const add = (part) => {
    if (!part) return;
    const { front, back, bold, underline, inverse } = style;
    const classes = [];
    const [f, b] = inverse ? [back ?? "default-inverse", front ?? "default-inverse"] : [front, back];
    if (f) classes.push(`ansi-${f}-fg`);
    if (b) classes.push(`ansi-${b}-bg`);
    if (bold) classes.push("ansi-bold");
    if (underline) classes.push("ansi-underline");
    const safe = part.replace(/[&<>]/g, (c) => escaped[c]);
    html += classes.length ? `<span class="${classes.join(" ")}">${safe}</span>` : safe;
  };
  for (const found of text.matchAll(/\x1b\[([\d;:]*)([A-Za-z])/g)) {
    add(text.slice(at, found.index));
    at = found.index + found[0].length;
    if (found[2] !== "m") continue;
    const codes = found[1].split(/[;:]/).map(Number);
    for (let i = 0; i < codes.length; i++) {
      const n = codes[i], tens = Math.floor(n / 10), colour = colours[n % 10];
      if (n === 0) style = {};
      else if (n === 1) style.bold = true;
      else if (n === 4) style.underline = true;
      else if (n === 7) style.inverse = true;
      else if (n === 21 || n === 22) delete style.bold;
      else if (n === 24) delete style.underline;
      else if (n === 27) delete style.inverse;
      else if (n === 39) delete style.front;
      else if (n === 49) delete style.back;
      else if (n === 38 || n === 48) i += codes[i + 1] === 5 ? 2 : 4; // of 256 or all colours, which the page has not
      else if (tens === 3) style.front = colour;
      else if (tens === 4) style.back = colour;
      else if (tens === 9) style.front = colour + "-intense";
      else if (tens === 10) style.back = colour + "-intense";
    }
  }
  add(text.slice(at));
  return html;
}
