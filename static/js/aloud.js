// 读给我听: the device reads the page. Only with a voice of its own: other voices send the text away.
(function () {
  "use strict";
  const SKIPPED =
    "nav, aside, form, button, sup, [role], [hidden], [aria-hidden=true], details:not([open]) > :not(summary), " +
    ".crumb, .cap, .case-head a, .sources, .after, .next, .second-phone, .missing, .meta, .printed, .screen";
  const BLOCKS = "h1, h2, h3, p, li, dt, dd, blockquote, td, th, summary, .call, .call b, .rows b, div, main";
  const main = document.getElementById("main");
  const button = document.querySelector("[data-aloud]");
  const speech = window.speechSynthesis;
  let voice, spoken;
  let waiting = [];
  let wrapped = [];

  // Sentences of a text.
  function sentences(text) {
    return text.match(/[^。！？!?；]+[。！？!?；]*[”’」』）]*|[^]/g) || [];
  }

  // Only telephone numbers, digit by digit.
  function digits(text) {
    return text.replace(/\d(?:[\d.,-]*\d)?(?![\d%年元块万条个次天笔])/g, (number) =>
      /^(1[12]\d|[19]\d{4}|1\d{10}|(0|400)\d*(-\d+)+|400\d{7})$/.test(number) ? number.match(/\d/g).join(" ") : number
    );
  }

  // Sentences of a block, by text node.
  function read(nodes) {
    let start = 0;
    return sentences(nodes.map((node) => node.data).join("")).map((text) => {
      const end = start + text.length;
      const ranges = [];
      let at = 0;
      for (const node of nodes) {
        const from = Math.max(start - at, 0);
        const to = Math.min(end - at, node.length);
        at += node.length;
        if (from < to && node.data.slice(from, to).trim()) {
          const range = document.createRange();
          range.setStart(node, from);
          range.setEnd(node, to);
          ranges.push(range);
        }
      }
      start = end;
      return { text: digits(text.replace(/\s+/g, " ").trim()), ranges };
    });
  }

  function collect() {
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const blocks = [];
    let last;
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (parent.closest(SKIPPED)) continue;
      const block = parent.closest(BLOCKS);
      if (block !== last) blocks.push([]);
      last = block;
      blocks[blocks.length - 1].push(walker.currentNode);
    }
    const all = [].concat(...blocks.map(read));
    return all.filter(({ text }) => /[\w\u4e00-\u9fff]/.test(text));
  }

  // Without highlights, an element goes around each part.
  function mark(ranges) {
    if (window.Highlight) {
      CSS.highlights.set("aloud", new window.Highlight(...ranges));
      return;
    }
    wrapped.forEach((part) => part.replaceWith(part.firstChild));
    wrapped = ranges.map((range) => {
      const part = document.createElement("read-aloud");
      range.surroundContents(part);
      return part;
    });
  }

  function stop() {
    spoken = null;
    speech.cancel();
    mark([]);
    button.textContent = "读给我听";
  }

  function next() {
    const sentence = waiting.shift();
    if (!sentence) return stop();
    const utterance = new SpeechSynthesisUtterance(sentence.text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.onend = () => spoken === utterance && next();
    utterance.onerror = () => spoken === utterance && stop();
    spoken = utterance;
    mark(sentence.ranges);
    sentence.ranges[0].startContainer.parentElement.scrollIntoView({ block: "nearest" });
    speech.speak(utterance);
  }

  function show() {
    const voices = speech.getVoices().filter((one) => one.localService === true && /^zh/i.test(one.lang));
    voice = voices.find(({ lang }) => /CN|Hans/i.test(lang)) || voices[0];
    button.hidden = !voice;
    document.body.classList.toggle("reads-aloud", !!voice);
  }

  window.aloud = { sentences, digits };
  if (!speech) return;
  show();
  speech.onvoiceschanged = show;
  window.addEventListener("pagehide", stop);
  button.addEventListener("click", () => {
    if (spoken) return stop();
    waiting = collect();
    button.textContent = "停下";
    next();
  });
})();
