(function () {
  // Sets the reader's colours before the page is painted, then loads the site's script, which the
  // content security policy allows this script to do.
  var root = document.documentElement, here = document.currentScript.dataset;
  root.classList.add("js");
  try {
    var colours = localStorage.getItem("rnn101-colours");
    if (colours) root.dataset.colours = colours;
  } catch (e) { /* the browser has no storage for files */ }
  if (here.script) {
    var script = document.createElement("script");
    script.src = here.script;
    document.head.appendChild(script);
  }
})();
