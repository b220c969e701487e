"""Search documents of the checklist: its public addresses."""

from collections.abc import Iterator
from dataclasses import replace

from checklist.leaving.sheets import Sheet
from checklist.library import ChecklistLibrary
from checklist.steps import Step
from core.content.rendered import Link
from core.search.documents import Document, DocumentKind, DocumentPart, joined, make_document, plain
from guide.search_documents import of_procedure

#: Most readers are in WeChat groups, so steps in other apps come behind, unless their name is typed.
SHARES = {"qq": 0.7, "alipay": 0.85}


def of_checklist(library: ChecklistLibrary) -> Iterator[Document]:
    """Yield the emergency pages, the sheets, the letters and the steps."""
    line = "给出过什么，就收拾什么：一次一步，做完打勾。能打印，也能带到别的手机上。"
    yield make_document(DocumentKind.LIST, "/checklist/", "收拾和退群", line)
    yield from _emergency(library)
    line = "先看是谁的群，话和先后都写好了。"
    yield make_document(DocumentKind.LIST, "/checklist/leaving/", "是谁的群，怎么退", line)
    for sheet in library.leaving.values():
        yield _sheet(sheet, Link("leaving", sheet.id).address, "leaving")
    yield _sheet(library.together, "/checklist/together/")
    yield from _letters(library)
    for step in library.steps.values():
        yield from _step(library, step)


def _step(library: ChecklistLibrary, step: Step) -> Iterator[Document]:
    """Yield a step, and each of its procedures where it has several."""
    action = library.urgent.plain(step.id) if step.is_urgent else None
    line = plain(action.detail) if action else step.stops
    told = [step.note, plain(action.fallback) if action else ""]
    single = step.procedures[0] if len(step.procedures) == 1 else None
    if single:
        told += [*of_procedure(single)[0 if action else 2 :], single.done_when]
    document = make_document(DocumentKind.STEP, step.address, step.title, line, told)
    yield replace(document, share=SHARES.get(single.app.id, 1.0) if single else 1.0)
    for it in () if single else step.procedures:
        if library.step_aliases.get(it.id, it.id) not in (step.id, it.id):
            continue  # It is found with the step that is named after it.
        texts = [*of_procedure(it)[2:], it.done_when]
        document = make_document(DocumentKind.STEP, f"{step.address}#how-{it.id}", it.title, it.stops, texts)
        yield replace(document, share=SHARES.get(it.app.id, 1.0))


def _emergency(library: ChecklistLibrary) -> Iterator[Document]:
    """Yield the first emergency page, the cases, and each form of a case."""
    entry = library.urgent.entry
    elsewhere = list(map(plain, entry.elsewhere))
    yield make_document(DocumentKind.CASE, "/checklist/emergency/", entry.words.title, entry.words.stop, elsewhere)
    for case in library.cases.values():
        address = Link("case", case.id).address
        for form in (case.plain, *case.forms.values()):
            actions = library.urgent.list_for(form.given, form.has).actions
            texts = [*case.signs, *(f"{one.title}。{plain(one.detail)}{plain(one.fallback)}" for one in actions)]
            below = f"{form.id}/" if form.id else ""
            line = _first_steps([one.title for one in actions]) if form.id else case.line
            yield make_document(DocumentKind.CASE, address + below, form.title, line, texts)


def _first_steps(titles: list[str]) -> str:
    """Return the first two actions of a form as one line: its case has a line of its own."""
    return "".join(f"第{number}步：{title}。" for number, title in zip("一二", titles, strict=False))


def _sheet(sheet: Sheet, address: str, family: str = "") -> Document:
    head = DocumentPart("", "", joined([sheet.hint, plain(sheet.answer_html)]))
    parts = [
        DocumentPart(
            part.id,
            part.title,
            joined(
                [
                    *map(plain, part.lines_html),
                    *(f"{say.when}：{say.words}" for say in part.say),
                    *(f"{turn.title}：{plain(turn.why_html)}" for turn in part.order),
                    *map(plain, part.after_html),
                ]
            ),
        )
        for part in sheet.parts
    ]
    return Document(address, DocumentKind.LIST, sheet.title, sheet.hint, (head, *parts), family=family)


def _letters(library: ChecklistLibrary) -> Iterator[Document]:
    """Yield the page of all letters, and each letter at its place on that page, because its own page is private."""
    page, intro = "/checklist/letters/", library.letter_intro
    head = DocumentPart("", "", joined([intro.answer, *map(plain, (*intro.first_html, *intro.rules_html))]))
    evidence = DocumentPart("evidence", "截图要看得见什么", joined(map(plain, intro.evidence_html)))
    yield Document(page, DocumentKind.LETTER, intro.title, intro.answer, (head, evidence))
    for letter in library.letters.values():
        words = letter.words
        yield make_document(
            DocumentKind.LETTER, f"{page}#letter-{letter.id}", letter.title, words.when, [f"写给：{words.whom}。"]
        )
