// A letter fills as one types. Nothing is sent, and nothing is kept. The server has the same rules.
(function () {
  "use strict";
  const form = document.getElementById("letter-form");
  const letter = document.getElementById("letter-text");
  const said = document.getElementById("letter-said");
  const strikes = new RegExp(form.dataset.strikes, "gu");

  // What a field puts into the letter: nothing where it is empty or can't be.
  function words(field) {
    if (field.type === "checkbox") return field.checked ? field.dataset.says : "";
    if (field.options) return field.selectedOptions[0].dataset.says || "";
    // What the server sent back is no fault of length to the browser, which only looks at what is typed.
    // No pattern sees what is too long.
    const short = field.maxLength <= 0 || field.value.length <= field.maxLength;
    const typed = short ? field.value.replace(/\s+/g, " ").trim() : "";
    // The letter has its own full stop.
    const left = field.type === "textarea" ? typed.replace(strikes, "＊＊＊").replace(/[。．.，,；;、 ]+$/, "") : typed;
    const right = short && field.validity.valid;
    document.getElementById(`wrong-${field.name}`).hidden = right;
    field.setAttribute("aria-invalid", !right);
    if (field.type === "textarea") document.getElementById(`struck-${field.name}`).hidden = !typed.match(strikes);
    if (!right) return "";
    const day = field.type === "date" && left.split("-").map(Number);
    if (left && day) return `${day[0]}年${day[1]}月${day[2]}日`;
    return field.pattern ? left.replace(/[元块 ]+$/, "") : left;
  }

  function fill() {
    const filled = {};
    for (const field of form.elements) {
      const text = field.name && words(field);
      if (text) {
        filled[field.name] = (filled[field.name] ? filled[field.name] + form.dataset.between : "") + text;
        filled[`${field.name}=${field.value}`] = text;
      }
    }
    for (const slot of letter.querySelectorAll("[data-slot]")) {
      slot.textContent = filled[slot.dataset.slot] || form.dataset.blank;
      slot.classList.toggle("by-hand", !filled[slot.dataset.slot]);
    }
    for (const paragraph of letter.querySelectorAll("[data-only]")) {
      paragraph.hidden = !paragraph.dataset.only.split(" ").some((condition) => filled[condition]);
    }
    said.textContent = "";
  }

  for (const place of document.querySelectorAll("[data-script]")) place.hidden = place.dataset.script === "none";
  form.addEventListener("input", fill);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.querySelector("[data-print]").hidden = !window.print; // WeChat has none
  document.querySelector("[data-print]").addEventListener("click", () => window.print());
  window.addEventListener("pageshow", fill); // back from elsewhere, the fields may be full
})();
