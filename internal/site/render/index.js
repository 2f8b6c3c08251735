// Makes a search index: reads documents from standard input, writes a script to standard output.
"use strict";
require("../static/search.js");
const documents = JSON.parse(require("node:fs").readFileSync(0, "utf-8"));
process.stdout.write("window.rnn101Index = " + JSON.stringify(globalThis.rnn101Search.build(documents)) + ";\n");
