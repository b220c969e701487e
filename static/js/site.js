// What the page adds where scripts run: a plain word when nothing came back, focus after a swap, pages kept for no network.
(function () {
  "use strict";

  var SLOW = 3000;
  var SENDING = "正在送……";
  var pressed = null;
  var underway = [];

  // Looked up each time: HX-Location puts another body in place.
  function box() {
    return document.getElementById("alert");
  }

  // Beside what was tapped: under the row or the form, so that one sees it where one looks.
  function stand(form) {
    var main = document.getElementById("main");
    var row = form && main.contains(form) && (form.closest("#plan li") || form);
    if (!row) {
      main.insertBefore(box(), main.firstChild);
    } else if (row.tagName === "LI") {
      row.appendChild(box());
    } else {
      row.parentNode.insertBefore(box(), row.nextSibling);
    }
  }

  function clear() {
    box().textContent = "";
  }

  function line(text, kind) {
    clear();
    var words = document.createElement("p");
    words.className = "notice " + kind;
    words.textContent = text;
    box().appendChild(words);
  }

  function offer(again) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "button ghost";
    button.textContent = "再试一次";
    button.addEventListener("click", again);
    box().appendChild(button);
    // What had the focus was the offer before this one, or is switched off while it waits.
    if (document.activeElement === document.body) {
      button.focus();
    }
    box().scrollIntoView({ block: "center" });
  }

  function refuse(text, again) {
    line(text, "danger");
    offer(again);
  }

  // A citation leads to a source in a fold, which browsers before Chrome 97 and Safari 17.2 leave closed.
  function unfold() {
    var target = document.querySelector(":target");
    var fold = target && target.closest("details:not([open])");
    if (fold) {
      fold.open = true;
      target.scrollIntoView();
    }
  }

  window.addEventListener("hashchange", unfold);
  unfold();

  // What was tapped, tapped again: the form has all that was chosen and written.
  document.addEventListener(
    "click",
    function (event) {
      pressed = event.target.closest("button");
    },
    true
  );

  function repeat(form) {
    var button = pressed && form.contains(pressed) ? pressed : form.querySelector("button:not([type=button])");
    return function () {
      // A plan that came meanwhile has a form of its own for the same step.
      var same = 'form[action="' + form.getAttribute("action") + '"] button[value="' + button.value + '"]';
      var there = document.contains(button) ? button : document.querySelector(same);
      if (there) {
        there.click();
      } else {
        location.reload();
      }
    };
  }

  function still(form) {
    return form.querySelector("textarea, input:not([type=hidden])") ? "选的、写的都还在。" : "";
  }

  function formOf(event) {
    return event.detail.elt.form || event.detail.elt;
  }

  // A second tap before the answer does nothing twice.
  document.addEventListener("htmx:confirm", function (event) {
    if (underway.indexOf(event.detail.elt) >= 0 && event.detail.elt.tagName === "FORM") {
      event.preventDefault();
    }
  });

  // While somebody composes 汉字 from pinyin, the half-typed syllables are no query: search waits for the end.
  document.addEventListener(
    "input",
    function (event) {
      if (event.isComposing) {
        event.stopPropagation();
      }
    },
    true,
  );
  document.addEventListener("compositionend", function (event) {
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });

  document.addEventListener("htmx:beforeRequest", function (event) {
    clear();
    stand(formOf(event));
  });

  // A new plan takes the place of the old one, but not of what is said in it.
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.target.contains(box()) && event.detail.target !== box()) {
      stand(null);
    }
  });

  // Browsers that refuse cookies refuse storage too, and some of them call cookies enabled all the same.
  function keepsCookies() {
    if (!navigator.cookieEnabled) {
      return false;
    }
    try {
      return window.localStorage !== undefined;
    } catch (refused) {
      return false;
    }
  }

  // Cookies are off: the answer can't be kept, and the next page would be the first to say so.
  var keeps = keepsCookies();
  if (!keeps) {
    line("这个浏览器没有让我们记东西，答了也记不住。请换一个浏览器，或在设置里允许 Cookie。", "danger");
  }

  // No connection, or no answer within the time that htmx-config allows. What is kept comes with the answer
  // as a cookie: without the answer nothing was kept.
  ["htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      var form = formOf(event);
      var said = form.method === "get" ? "没连上，没有找成。" : "没连上，刚才这一下没有记下。";
      stand(form);
      refuse(said + still(form), repeat(form));
    });
  });

  // Our own error pages come with words; what a proxy says of itself has none for the reader.
  document.addEventListener("htmx:responseError", function (event) {
    var form = formOf(event);
    if (!box().textContent.trim()) {
      stand(form);
      line("出了点问题，刚才这一下没有记下。", "danger");
    }
    offer(repeat(form));
  });

  // Forms without htmx. With no network they stay where they are: the browser's own page would lose what was written.
  var sent = [];
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented) {
      return;
    }
    if (navigator.onLine === false) {
      event.preventDefault();
      stand(form);
      refuse("没连上，还没有送出去。" + still(form), repeat(form));
    } else if (sent.indexOf(form) >= 0) {
      event.preventDefault();
    } else {
      clear();
      sent.push(form);
      setTimeout(function () {
        sent.splice(sent.indexOf(form), 1);
      }, SLOW);
    }
  });

  // Answers that cross know nothing of each other: the page that knows both is fetched.
  var crossed = false;
  document.addEventListener("htmx:beforeSend", function (event) {
    var elt = event.detail.elt;
    underway.push(elt);
    crossed = underway.length > 1 || crossed;
    var slow = setTimeout(function () {
      line(SENDING, "");
    }, SLOW);
    // On the request itself: an event on a form that was swapped away does not bubble up to here.
    event.detail.xhr.addEventListener("loadend", function () {
      clearTimeout(slow);
      underway.splice(underway.indexOf(elt), 1);
      if (box().textContent === SENDING) {
        clear();
      }
      // Refused after another answer took its form away: no event of it comes to those who say so above.
      if (event.detail.xhr.status !== 200 && !document.contains(elt)) {
        stand(null);
        refuse("没连上，刚才这一下没有记下。", repeat(formOf(event)));
      }
      if (underway.length === 0 && crossed) {
        crossed = false;
        // Not over a tick that was refused: the reader has not read it yet.
        if (event.detail.xhr.status === 200 && !box().textContent) {
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
      // What is called kept is not, where cookies are off.
      var kept = keeps && place.getAttribute("data-kept");
      status.textContent = place.getAttribute("data-said") || kept || "";
    }
  });

  // Buttons that need a script show themselves.
  function each(selector, wire) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        wire(button);
      });
    });
  }

  // A letter is copied without the paragraphs that do not stand in it, one line each.
  function textOf(place) {
    var paragraphs = place.querySelectorAll("p:not([hidden])");
    var lines = Array.prototype.map.call(paragraphs, function (paragraph) {
      return paragraph.textContent;
    });
    return "value" in place ? place.value : lines.join("\n") || place.innerText.trim();
  }

  function select(place) {
    if ("value" in place) {
      place.focus();
      place.setSelectionRange(0, place.value.length);
    } else {
      getSelection().selectAllChildren(place);
    }
  }

  // Browsers inside chat apps and pages without https refuse the clipboard: then the older way, and at last the reader's
  // own finger. The text stays selected for it.
  function copy(button) {
    var place = document.getElementById(button.getAttribute("data-copy"));
    var status = button.parentNode.parentNode.querySelector("[role=status]");
    function done() {
      status.textContent = status.getAttribute("data-copied") || "复制好了";
    }
    function copySelected() {
      var copied = false;
      select(place);
      try {
        copied = document.execCommand("copy");
      } catch (refused) {
        // Not copied.
      }
      if (copied) {
        getSelection().removeAllRanges();
        button.focus();
        done();
      } else {
        status.textContent = status.getAttribute("data-refused") || "已经选中了，长按，复制";
      }
    }
    status.textContent = "";
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(textOf(place)).then(done, copySelected);
    } else {
      copySelected();
    }
  }

  each("button[data-copy]", copy);
  // What is swapped in: a button that was wired is not hidden any more.
  document.addEventListener("htmx:afterSettle", function () {
    each("button[data-copy][hidden]", copy);
  });

  if (window.print) {
    each("[data-print][hidden]", function () {
      window.print();
    });
  }

  // 读给我听 has a script of its own. It comes when the device names its voices: pages with drawings make four requests.
  var aloud = document.querySelector("[data-aloud]");
  function fetchAloud() {
    if (aloud && speechSynthesis.getVoices().length) {
      var script = document.createElement("script");
      script.src = aloud.getAttribute("data-aloud");
      document.head.appendChild(script);
      aloud = null;
    }
  }

  if (aloud && window.speechSynthesis) {
    speechSynthesis.onvoiceschanged = fetchAloud;
    window.addEventListener("load", fetchAloud);
  }

  // The keyboard comes up over the lower half: the field that is written in moves to where one sees it.
  (window.visualViewport || window).addEventListener("resize", function () {
    if (document.activeElement.matches("input:not([type=checkbox]):not([type=radio]), textarea, select")) {
      document.activeElement.scrollIntoView({ block: "center" });
    }
  });

  // What has words for WeChat only.
  var inWeChat = /MicroMessenger/i.test(navigator.userAgent);
  Array.prototype.forEach.call(document.querySelectorAll("[data-wechat]"), function (words) {
    words.hidden = !inWeChat;
  });

  // Pages for no network: /sw.js keeps them. Not within WeChat, where nobody can see or clear them.
  var PLAN = "plan 2"; // as in sw.js
  var worker = window.isSecureContext && keeps && !inWeChat && window.caches && navigator.serviceWorker;
  var erased = document.querySelector("[data-erased]");
  if (!worker) {
    return;
  }

  function forgetPages() {
    return Promise.all([worker.getRegistrations(), caches.keys()]).then(function (found) {
      var going = found[0].map(function (registration) {
        return registration.unregister();
      });
      var cleared = found[1].map(function (name) {
        return caches.delete(name);
      });
      return Promise.all(going.concat(cleared));
    });
  }

  // Browsers that pass over Clear-Site-Data.
  if (erased) {
    forgetPages().then(
      function () {
        erased.textContent = erased.getAttribute("data-erased");
      },
      function () {
        erased.textContent = erased.getAttribute("data-failed");
      }
    );
    return;
  }

  // Switched off: to register it now would bring back the one that takes itself away.
  if (document.body.hasAttribute("data-no-worker")) {
    forgetPages().catch(function () {});
    return;
  }

  window.addEventListener("load", function () {
    worker.register("/sw.js").catch(function () {
      // A full phone, a browser that refuses: every page works without.
    });
  });

  // The plan is kept only after 留一份离线的, and is then as new as the last page seen.
  var card = document.getElementById("keep-plan");
  if (!card) {
    return;
  }

  function show(state, said) {
    Array.prototype.forEach.call(card.querySelectorAll("[data-when]"), function (part) {
      part.hidden = part.getAttribute("data-when") !== state;
    });
    card.querySelector("[role=status]").textContent = said ? card.getAttribute("data-" + said) : "";
    card.hidden = false;
    // The button that was tapped is gone: the focus goes to the one in its place.
    if (said) {
      card.querySelector("[data-when=" + state + "] button").focus();
    }
  }

  function keepPlan() {
    return fetch(location.pathname).then(function (answer) {
      if (!answer.ok || answer.redirected) {
        throw new Error("no plan");
      }
      var copy = answer.clone();
      return Promise.all([answer.text(), caches.open(PLAN)]).then(function (found) {
        var assets = found[0].match(/\/static\/[^"#]+(?=")/g);
        return Promise.all([found[1].put(location.pathname, copy), found[1].addAll(Array.from(new Set(assets)))]);
      });
    });
  }

  function isKept() {
    return caches.has(PLAN).then(function (has) {
      return has && caches.match(location.pathname, { cacheName: PLAN });
    });
  }

  function wire(name, act) {
    card.querySelector("[data-" + name + "]").addEventListener("click", act);
  }

  wire("keep", function () {
    keepPlan().then(
      function () {
        show("kept", "said-kept");
      },
      function () {
        caches.delete(PLAN);
        show("open", "said-failed");
      }
    );
  });

  wire("drop", function () {
    caches.delete(PLAN).then(function () {
      show("open", "said-dropped");
    });
  });

  function renew() {
    isKept().then(function (kept) {
      if (kept) {
        keepPlan().catch(function () {
          // No network: the copy stays as it was, and says of which day it is.
        });
      }
    });
  }

  worker.ready.then(isKept).then(function (kept) {
    show(kept ? "kept" : "open");
    renew();
  });
  document.addEventListener("htmx:afterSettle", renew);
})();
