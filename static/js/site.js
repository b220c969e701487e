// What htmx leaves to the page: focus after a swap, and a plain word when nothing came back.
(function () {
  "use strict";
  var alertBox = document.getElementById("alert");

  function say(text) {
    alertBox.textContent = "";
    var line = document.createElement("p");
    line.className = "notice danger";
    line.textContent = text;
    alertBox.appendChild(line);
    alertBox.scrollIntoView({ block: "center" });
  }

  document.addEventListener("htmx:beforeRequest", function () {
    alertBox.textContent = "";
  });

  // No connection, or no answer within the time that htmx-config allows.
  ["htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function () {
      say("没连上，刚才那一下没有记住。请再试一次。");
    });
  });

  // The place to read on from takes the focus; a short word goes to the status line, which was there before.
  document.addEventListener("htmx:afterSettle", function (event) {
    var place = event.detail.elt.querySelector("[data-focus]");
    var status = document.getElementById("said");
    if (!place) {
      return;
    }
    place.focus();
    place.scrollIntoView({ block: "nearest" });
    if (status) {
      status.textContent = place.getAttribute("data-said") || "";
    }
  });
})();
