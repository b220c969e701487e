"""Everything that the checklist knows, read once, linked to the guide and checked."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import guide.library
from checklist.cases import Case, CaseWords, EmergencyFile, Entry, EntryWords
from checklist.exposures import Exposure, ExposurePolicy, ExposureWords
from checklist.leaving import Sheet, read_sheets
from checklist.letter_library import load_letters
from checklist.letters import Desk, Letter
from checklist.steps import Step, StepPolicy
from guide.contentfile import Faults, build, read_toml
from guide.current import Current
from guide.library import LANGUAGE, build_entries, check_known, check_links, read_entries
from guide.markup import Lexicon, Link, Rendered, render_line

ROOT = Path(__file__).parent

#: Pages of this floor that words may link to as checklist:<id>.
PLACES = frozenset({"leaving", "together", "emergency", "exposures", "plan"})


@dataclass(frozen=True)
class Library:
    """Exposures, steps, cases and letters by id, in their files' order (cases and letters by their own).

    `leaving` holds a sheet for each tie to a group, `together` that for helping somebody.
    """

    exposures: dict[str, Exposure]
    steps: dict[str, Step]
    entry: Entry
    cases: dict[str, Case]
    leaving: dict[str, Sheet]
    together: Sheet
    desk: Desk
    letters: dict[str, Letter] = field(default_factory=dict)

    def letters_for(self, step: str) -> list[Letter]:
        """The letters that help with a step."""
        return [letter for letter in self.letters.values() if step in letter.words.steps]

    def settling(self, exposure: str) -> list[Step]:
        """The steps that settle an exposure once all are done."""
        return [step for step in self.steps.values() if exposure in step.policy.settles]


def load(root: Path, guide_library: guide.library.Library) -> Library:
    """The checklist's policy and words under `root`. Raises ContentErrors with every fault found."""
    faults = Faults()
    words = root / "content" / LANGUAGE
    exposures = _exposures(root / "policy" / "exposures.toml", words / "exposures.toml", faults)
    steps = _steps(root / "policy" / "steps.toml", exposures, guide_library, faults)
    below: dict[str, Collection[str]] = {"page": guide_library.pages, "step": steps}
    entry, cases = _emergency(words / "emergency.toml", guide_library.lexicon, below, faults)
    known = {**below, "case": cases, "checklist": PLACES}
    leaving = read_sheets(words / "leaving.toml", guide_library.lexicon, steps, known, faults)
    known["leaving"] = leaving
    together = read_sheets(words / "together.toml", guide_library.lexicon, steps, known, faults).get("together")
    desk, letters = load_letters(words, guide_library.lexicon, known, faults)
    for page in guide_library.pages.values():
        upward = {kind: ids for kind, ids in known.items() if kind != "page"}
        check_links(page.links, upward, page.path, "links", faults)
    if together is None:
        faults.add(words / "together.toml", "file", "no sheet 'together'", "[sheets.together]")
    faults.raise_if_any()
    assert entry is not None
    assert together is not None
    assert desk is not None
    return Library(exposures, steps, entry, cases, leaving, together, desk, letters)


def _exposures(policy_path: Path, words_path: Path, faults: Faults) -> dict[str, Exposure]:
    policies = read_entries(policy_path, ExposurePolicy, faults)
    words = read_entries(words_path, ExposureWords, faults)
    check_known(words, policies, words_path, "file", "exposure", faults)
    check_known(policies, words, policy_path, "file", "exposure (no words)", faults)
    return {id: Exposure(critical=policies[id].critical, **words[id].model_dump()) for id in policies if id in words}


def _steps(
    path: Path, exposures: dict[str, Exposure], guide_library: guide.library.Library, faults: Faults
) -> dict[str, Step]:
    policies = read_entries(path, StepPolicy, faults)
    procedures = guide_library.procedures
    used: dict[str, str] = {}
    for id, policy in policies.items():
        check_known(policy.when, exposures, path, f"{id}.when", "exposure", faults)
        check_known(policy.after, policies, path, f"{id}.after", "step", faults)
        check_known([policy.procedure], procedures, path, f"{id}.procedure", "procedure", faults)
        if policy.procedure in used:
            faults.add(path, f"{id}.procedure", f"{policy.procedure!r} is that of {used[policy.procedure]}", "one each")
        used[policy.procedure] = id
        for earlier in policy.after:
            if earlier in policies and policies[earlier].stage.rank > policy.stage.rank:
                faults.add(path, f"{id}.after", f"{earlier!r} stands in a later stage", "a step of an earlier stage")
    try:
        TopologicalSorter({id: policy.after for id, policy in policies.items()}).prepare()
    except CycleError as error:
        faults.add(
            path, "after", f"steps wait for one another: {' → '.join(error.args[1])}", "an order without a circle"
        )
    for id in exposures:
        if not any(id in policy.settles for policy in policies.values()):
            faults.add(path, "file", f"no step settles the exposure {id!r}", "settles in at least one step")
    return {
        id: Step(policy=policy, procedure=procedures[policy.procedure])
        for id, policy in policies.items()
        if policy.procedure in procedures
    }


def _emergency(
    path: Path, lexicon: Lexicon, known: Mapping[str, Collection[str]], faults: Faults
) -> tuple[Entry | None, dict[str, Case]]:
    """The entry and its cases; `known` are the ids by kind that a text may link to, without the cases."""
    links: list[tuple[str, Link]] = []

    def html(text: str, where: str) -> str:
        rendered = render_line(text, lexicon) if text else Rendered()
        links.extend((where, link) for link in rendered.links)
        for what, allowed in rendered.faults:
            faults.add(path, where, what, allowed)
        return rendered.html

    entry: Entry | None = None
    cases: dict[str, Case] = {}
    with faults.collect():
        file = build(EmergencyFile, read_toml(path), path)
        for id, words in build_entries(file.cases, CaseWords, path, faults, "cases").items():
            check_known(words.sources, lexicon.sources, path, f"cases.{id}.sources", "source", faults)
            cases[id] = _case(words, html, lexicon)
        entry = _entry(build(EntryWords, file.entry, path, "entry"), html)
    for where, link in links:
        check_links([link], {**known, "case": cases}, path, where, faults)
    return entry, dict(sorted(cases.items(), key=lambda item: item[1].order))


def _entry(words: EntryWords, html: Callable[[str, str], str]) -> Entry:
    notes = tuple(html(note, "entry.notes") for note in words.notes)
    return Entry(title=words.title, stop_html=html(words.stop, "entry.stop"), ask=words.ask, notes_html=notes)


def _case(words: CaseWords, html: Callable[[str, str], str], lexicon: Lexicon) -> Case:
    return Case(
        id=words.id,
        order=words.order,
        title=words.title,
        sign=words.sign,
        first_html=html(words.first, f"cases.{words.id}.first"),
        steps_html=tuple(html(step, f"cases.{words.id}.steps") for step in words.steps),
        note_html=html(words.note, f"cases.{words.id}.note"),
        sources=tuple(lexicon.sources[name] for name in words.sources if name in lexicon.sources),
    )


#: The real content. `current()` gives it.
current = Current(lambda: load(ROOT, guide.library.current()))
