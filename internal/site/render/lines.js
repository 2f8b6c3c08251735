// Answers one line of standard input after another: each is a value in JSON, and so is the answer. An
// error is answered with {"failed": what it says}, so that it concerns one page and not those after it.
"use strict";

exports.answerLines = function (answer) {
  const readline = require("node:readline"); // not at the top: pages that run their code use these programs, too
  readline.createInterface({ input: process.stdin }).on("line", (line) => {
    let result;
    try {
      result = answer(JSON.parse(line));
    } catch (error) {
      result = { failed: String((error && error.message) || error) };
    }
    process.stdout.write(JSON.stringify(result) + "\n");
  });
};
