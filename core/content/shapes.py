"""Give parts of a rendered text the classes and elements that their design needs.

- A claim (###) below `## title {#claims-wrong}` gets the stamp 不对; so with `#claims-half` and `#claims-unsourced`.
  The claims of a section are rows, each with its text folded.
- A verdict at the beginning of a paragraph (**不对。**) becomes a stamp, before the title if one precedes.
- A quotation that begins with **没查实的** is the box for what could not be verified; any other is words to copy.
- In a numbered step, and below a heading where one has to call the police at once (马上打110), a telephone number
  gets a button to call, once a text.
- A numbered list in which every item begins with a link is shown as rows.
"""

import re
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.treeprocessors import Treeprocessor

from core.content.telephone import spoken

#: The words of each stamp, by its class.
STAMPS = {"wrong": "不对", "unfound": "没查到", "partly": "一部分"}
#: The stamp of all claims in a section, by the id of its heading.
SECTIONS = {"claims-wrong": "wrong", "claims-half": "partly", "claims-unsourced": "unfound"}
#: The stamp for the verdict that a paragraph begins with.
VERDICTS = {
    "不对": "wrong",
    "有依据说明不对": "wrong",
    "没查到": "unfound",
    "没查到依据": "unfound",
    "一部分": "partly",
}
UNPROVEN = "没查实的"
#: Where its button is as wide as the page.
POLICE = "110"
#: What stands before that number where the reader has to call it at once.
URGENT = re.compile(r"(?<!请[他她])马上打$")


class Shapes(Treeprocessor):
    """Markdown tree processor for one text after another; `names` are those of the telephone numbers to call."""

    def __init__(self, md: markdown.Markdown, names: Mapping[str, str]) -> None:
        super().__init__(md)
        self.names = names
        self.begin()

    def begin(self) -> None:
        """Begin a text: nothing was called yet, and no heading was read."""
        self.called: set[str] = set()
        self.section = ""

    def run(self, root: Element) -> None:
        for before, element in zip([None, *root], list(root), strict=False):
            if element.tag == "h2":
                self.section = element.get("id", "")
            elif element.tag == "h3" and self.section in SECTIONS:
                _stamp_title(element, SECTIONS[self.section])
            elif element.tag == "p":
                _stamp(element, before)
                self._shape_urgent([element])
            elif element.tag == "blockquote":
                _name_quotation(element)
            elif element.tag == "ol":
                self._shape_steps(element)
            elif element.tag == "ul":
                self._shape_urgent(element)
        _fold_claims(root)

    def _shape_steps(self, steps: Element) -> None:
        if all(_begins_with_link(item) for item in steps):
            steps.set("class", "hub")
            return
        for item in steps:
            self._add_calls(item)

    def _shape_urgent(self, texts: Iterable[Element]) -> None:
        for text in texts:
            if self.section and _is_urgent(text):
                self._add_calls(text)

    def _add_calls(self, item: Element) -> None:
        """Replace the links of telephone numbers in a step or a paragraph by buttons at its end."""
        due = [link for link in item.iter("a") if link.get("class") == "tel" and link.text not in self.called]
        if not due:
            return
        calls = Element("span", {"class": "calls"})
        for link in due:
            number = link.text or ""
            if number not in self.called:
                self.called.add(number)
                calls.append(call_button(number, self.names.get(number, "")))
            link.tag, link.attrib = "b", {"class": "digits"}
        item.append(calls)


def _is_urgent(text: Element) -> bool:
    """Tell whether the reader has to call the police at once, and does not ask another to."""
    for parent in text.iter():
        before = parent.text or ""
        for child in parent:
            if child.get("class") == "tel" and child.text == POLICE and URGENT.search(before):
                return True
            before = child.tail or ""
    return False


def call_button(number: str, name: str) -> Element:
    """Return a link that dials `number`, with the name of the channel."""
    now = " now" if number == POLICE else ""
    said = spoken(f"打{number}{'' if now else name}", number)
    button = Element("a", {"class": f"call{now}", "href": f"tel:{number}", "aria-label": said})
    icon = SubElement(button, "svg", {"aria-hidden": "true"})
    SubElement(icon, "use", {"href": "#icon-help"})
    words = SubElement(button, "span")
    SubElement(words, "b").text = f"打{number}"
    if not now:
        words[0].tail = name
    return button


def _stamp(paragraph: Element, before: Element | None) -> None:
    """Turn the verdict that a paragraph begins with into a stamp, before the title if one precedes."""
    if (paragraph.text or "").strip() or not len(paragraph) or paragraph[0].tag != "strong":
        return
    verdict = paragraph[0]
    stamp = VERDICTS.get((verdict.text or "").removesuffix("。"))
    if stamp and before is not None and before.tag == "h3":
        paragraph.text = verdict.tail
        paragraph.remove(verdict)
        _stamp_title(before, stamp)
    elif stamp:
        verdict.tag, verdict.text = "b", STAMPS[stamp]
        verdict.set("class", f"stamp {stamp}")


def _stamp_title(title: Element, stamp: str) -> None:
    words = Element("span")
    words.text, title.text = title.text, None
    title.insert(0, Element("b", {"class": f"stamp {stamp}"}))
    title[0].text = STAMPS[stamp]
    title.insert(1, words)
    title.set("class", "stamped")


def _fold_claims(root: Element) -> None:
    """Turn the claims of each section into a list of rows that unfold."""
    rows: Element | None = None
    are_claims = False
    for element in list(root):
        if element.tag == "h2":
            rows, are_claims = None, element.get("id") in SECTIONS
        elif are_claims and (element.tag == "h3" or rows is not None):
            if rows is None:
                rows = Element("div", {"class": "claims"})
                root.insert(list(root).index(element), rows)
            root.remove(element)
            if element.tag == "h3":
                SubElement(SubElement(rows, "details"), "summary").append(element)
            else:
                rows[-1].append(element)


def _name_quotation(quotation: Element) -> None:
    first = next(iter(quotation.iter("strong")), None)
    unproven = first is not None and (first.text or "").strip() == UNPROVEN
    quotation.set("class", "unproven" if unproven else "words")


def _begins_with_link(item: Element) -> bool:
    return not (item.text or "").strip() and len(item) > 0 and item[0].tag == "a" and not item[0].get("class")
