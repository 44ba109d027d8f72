/* Finding by words in the folder, without a network. The page reads well without it. */
(function () {
  "use strict";
  var data = window.CAUCE, place = document.getElementById("find");
  if (!data || !place) return;
  function folded(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }
  function made(name, text, into) {
    var one = document.createElement(name);
    if (text) one.textContent = text;
    return into.appendChild(one);
  }
  var things = data.things.map(function (one) {
    return { kind: data.kinds[one[0]], title: one[1], path: one[2],
             words: folded(one[1] + " " + data.kinds[one[0]] + " " + one[2]) };
  });
  var label = made("label", data.label + " ", place), input = made("input", "", label);
  input.type = "search"; input.autocomplete = "off";
  var told = made("p", "", place), list = made("ol", "", place);
  told.setAttribute("role", "status"); list.className = "list hits";
  input.addEventListener("input", function () {
    var asked = folded(input.value).split(/\s+/).filter(Boolean);
    list.textContent = ""; told.textContent = "";
    if (!asked.length) return;
    var found = things.filter(function (one) {
      return asked.every(function (word) { return one.words.indexOf(word) >= 0; });
    });
    told.textContent = found.length ? data.many.replace("{count}", found.length) : data.none;
    found.slice(0, 50).forEach(function (one) {
      var line = made("li", "", list), link = made("a", one.title, line);
      link.href = one.path;
      line.appendChild(document.createTextNode(" "));
      made("span", one.kind, line).className = "tag";
    });
  });
})();
