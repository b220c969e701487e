// What htmx leaves to the page: focus after a swap, and a plain word when nothing came back.
(function () {
  "use strict";

  // Looked up each time: HX-Location puts another body in place.
  function box() {
    return document.getElementById("alert");
  }

  function say(text) {
    var alertBox = box();
    alertBox.textContent = "";
    var line = document.createElement("p");
    line.className = "notice danger";
    line.textContent = text;
    alertBox.appendChild(line);
    alertBox.scrollIntoView({ block: "center" });
  }

  document.addEventListener("htmx:beforeRequest", function () {
    box().textContent = "";
  });

  // Cookies are off: the answer can't be kept, and the next page would be the first to say so.
  if (!navigator.cookieEnabled) {
    say("这个浏览器没有让我们记东西，答了也记不住。请换一个浏览器，或在设置里允许 Cookie。");
  }

  // No connection, or no answer within the time that htmx-config allows.
  ["htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function () {
      say("没连上，刚才那一下没有记住。请再试一次。");
    });
  });

  // Our own error pages come with words; what a proxy says of itself has none for the reader.
  document.addEventListener("htmx:responseError", function () {
    if (box().textContent.trim()) {
      box().scrollIntoView({ block: "center" });
    } else {
      say("出了点问题，刚才那一下没有记住。请再试一次。");
    }
  });

  // Answers that cross know nothing of each other: the page that knows both is fetched.
  var underway = 0;
  var crossed = false;
  document.addEventListener("htmx:beforeSend", function (event) {
    underway += 1;
    crossed = underway > 1 || crossed;
    // On the request itself: an event on a form that was swapped away does not bubble up to here.
    event.detail.xhr.addEventListener("loadend", function () {
      underway -= 1;
      if (underway === 0 && crossed) {
        crossed = false;
        if (event.detail.xhr.status === 200) {
          location.reload();
        }
      }
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

  // Buttons that need a script show themselves. Older phones have no clipboard for pages: what is selected is copied.
  function each(selector, wire) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        wire(button);
      });
    });
  }

  each("[data-copy]", function (button) {
    var text = document.getElementById(button.getAttribute("data-copy"));
    text.focus();
    text.setSelectionRange(0, text.value.length);
    if (document.execCommand("copy")) {
      button.textContent = button.getAttribute("data-copied");
    }
  });

  each("[data-print]", function () {
    window.print();
  });
})();
