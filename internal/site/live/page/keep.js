// Keeps the reader's changes in the browser, by page and cell, with a hash of the code that was changed.
const place = "rnn101-work:" + location.pathname;

// A hash that tells versions of a cell apart (cyrb53).
export function hash(source) {
  let a = 0xdeadbeef, b = 0x41c6ce57;
  for (let i = 0; i < source.length; i++) {
    const c = source.charCodeAt(i);
    a = Math.imul(a ^ c, 2654435761);
    b = Math.imul(b ^ c, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}

export const kept = {
  works: true, // whether the browser keeps them
  cells: {}, // by key: {source, of: hash of the committed source}

  load() {
    try {
      localStorage.setItem("rnn101-try", "1");
      localStorage.removeItem("rnn101-try");
      this.cells = JSON.parse(localStorage.getItem(place) || "{}");
    } catch (e) {
      this.works = false;
    }
  },

  set(key, source, committed) {
    if (source === committed) delete this.cells[key]; else this.cells[key] = { source, of: hash(committed) };
    this.save();
  },

  save() {
    try {
      if (Object.keys(this.cells).length) localStorage.setItem(place, JSON.stringify(this.cells)); else localStorage.removeItem(place);
    } catch (e) { // full, or forbidden
      this.works = false;
    }
  },
};
