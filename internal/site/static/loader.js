(function () {
  // Sets the reader's colours, and whether code is shown, before the page is painted, then loads the
  // site's script, which the content security policy allows this script to do.
  var root = document.documentElement, here = document.currentScript.dataset, code = null;
  root.classList.add("js");
  try {
    var colours = localStorage.getItem("rnn101-colours");
    if (colours) root.dataset.colours = colours;
    code = localStorage.getItem("rnn101-code");
  } catch (e) { /* the browser has no storage for files */ }
  // A page that can be read without its code begins without it where there is little room.
  if (code ? code === "off" : here.code === "aside" && matchMedia("(max-width: 36rem)").matches) root.dataset.code = "off";
  if (here.script) {
    var script = document.createElement("script");
    script.src = here.script;
    document.head.appendChild(script);
  }
})();
