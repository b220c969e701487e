// A button beside each text marked [data-copy]. Without this script there is no button, and the text is there to copy by hand.
(function () {
  "use strict";

  function text(place) {
    return "value" in place ? place.value : place.innerText.trim();
  }

  function select(place) {
    if (place.select) {
      place.focus();
      place.select();
      return;
    }
    var range = document.createRange();
    range.selectNodeContents(place);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  // The older way: browsers inside chat apps refuse the clipboard, and so does a page without https.
  function copyMarked(place) {
    select(place);
    try {
      return document.execCommand("copy");
    } catch (refused) {
      return false;
    }
  }

  function copy(place, said) {
    function done() {
      said.textContent = "复制好了";
    }
    function byHand() {
      if (copyMarked(place)) {
        window.getSelection().removeAllRanges();
        done();
      } else {
        select(place);
        said.textContent = "已经选中了，长按，复制";
      }
    }
    said.textContent = "";
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(text(place)).then(done, byHand);
    } else {
      byHand();
    }
  }

  function addButton(place) {
    if (place.hasAttribute("data-copied")) {
      return;
    }
    place.setAttribute("data-copied", "");
    var line = document.createElement("p");
    var button = document.createElement("button");
    var said = document.createElement("span");
    line.className = "copy";
    button.type = "button";
    button.className = "button ghost";
    button.textContent = place.getAttribute("data-copy") || "复制这句话";
    said.setAttribute("role", "status");
    line.appendChild(button);
    line.appendChild(said);
    place.parentNode.insertBefore(line, place.nextSibling);
    button.addEventListener("click", function () {
      copy(place, said);
    });
  }

  function addButtons() {
    Array.prototype.forEach.call(document.querySelectorAll("[data-copy]"), addButton);
  }

  addButtons();
  // What htmx brings in later.
  document.addEventListener("htmx:load", addButtons);
})();
