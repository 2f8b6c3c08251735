// Colours Go code that the reader has changed, in the classes of the page's own code, while the editor
// is not loaded.
const token = /(?<c1>\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))|(?<s>"(?:\\.|[^"\\\n])*"?|`[^`]*`?|'(?:\\.|[^'\\\n])+'?)|\b(?<k>break|case|chan|const|continue|default|defer|else|fallthrough|for|func|go|goto|if|import|interface|map|package|range|return|select|struct|switch|type|var)\b|\b(?<kt>bool|byte|complex64|complex128|error|float32|float64|int|int8|int16|int32|int64|rune|string|uint|uint8|uint16|uint32|uint64|uintptr|any)\b|(?<![\w.])(?<mi>\d[\w.]*)/g;

export function coloured(source) {
  const parts = document.createDocumentFragment();
  let at = 0;
  for (const found of source.matchAll(token)) {
    const name = Object.keys(found.groups).find((key) => found.groups[key] !== undefined);
    const span = document.createElement("span");
    span.className = name;
    span.textContent = found[0];
    parts.append(source.slice(at, found.index), span);
    at = found.index + found[0].length;
  }
  parts.append(source.slice(at) + "\n");
  return parts;
}
