"""Everything that the checklist knows, read once, linked to the guide and checked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TypeVar

import guide.library
from checklist.exposures import Exposure, ExposurePolicy, ExposureWords
from checklist.kit import Piece, PieceKind, PiecePolicy, PieceWords, owned
from checklist.leaving.sheets import Sheet, read_sheets
from checklist.letters.letter import Letter, LetterIntro
from checklist.letters.loader import load_letters
from checklist.plan.if_then import Line, LinePolicy, LineWords
from checklist.steps import Step, StepPolicy, StepWords
from checklist.urgent.cases import Case
from checklist.urgent.library import Urgent
from checklist.urgent.library import load as load_urgent
from core.content.files import Faults, Model
from core.content.loader import LANGUAGE, check_known, check_links, read_entries
from core.content.store import ContentStore

ROOT = Path(__file__).parent

#: Pages of this floor that words may link to as checklist:<id>.
PLACES = frozenset({"leaving", "together", "emergency", "exposures", "plan"})


Policy = TypeVar("Policy", bound=Model)
Words = TypeVar("Words", bound=Model)


@dataclass(frozen=True)
class ChecklistLibrary:
    """Exposures, kit, steps, lines and letters by id, in their files' order (letters by their own).

    `urgent` is the decision table with the cases. `leaving` holds a sheet for each tie to a
    group, `together` that for helping somebody.
    """

    exposures: dict[str, Exposure]
    kit: dict[str, Piece]
    steps: dict[str, Step]
    urgent: Urgent
    lines: dict[str, Line]
    leaving: dict[str, Sheet]
    together: Sheet
    desk: LetterIntro
    letters: dict[str, Letter] = field(default_factory=dict)

    @property
    def cases(self) -> dict[str, Case]:
        """The cases of the emergency pages, in their order."""
        return self.urgent.cases

    @cached_property
    def exposure_aliases(self) -> dict[str, str]:
        """Return the id of each exposure by its former ids."""
        return {alias: id for id, exposure in self.exposures.items() for alias in exposure.aliases}

    @cached_property
    def step_aliases(self) -> dict[str, str]:
        """Return the id of each step by its former ids."""
        return {alias: id for id, step in self.steps.items() for alias in step.policy.aliases}

    def letters_for(self, step: str) -> list[Letter]:
        """The letters that help with a step."""
        return [letter for letter in self.letters.values() if step in letter.words.steps]

    def settling(self, exposures: Collection[str], has: Collection[str] | None = None) -> list[Step]:
        """The steps that settle these exposures once all are done, of those for one who `has` these things."""
        mine = owned(self.kit, has)
        return [
            step
            for step in self.steps.values()
            if not set(step.policy.settles).isdisjoint(exposures) and step.is_for(mine)
        ]


def load(root: Path, guide_library: guide.library.GuideLibrary) -> ChecklistLibrary:
    """The checklist's policy and words under `root`. Raises ContentErrors with every fault found."""
    faults = Faults()
    words = root / "content" / LANGUAGE
    exposures = _exposures(root / "policy" / "exposures.toml", words / "exposures.toml", faults)
    kit = _kit(root / "policy" / "kit.toml", words / "kit.toml", faults)
    steps = _steps(root / "policy" / "steps.toml", words / "steps.toml", exposures, kit, guide_library, faults)
    lines = _lines(root / "policy" / "lines.toml", words / "lines.toml", exposures, faults)
    below: dict[str, Collection[str]] = {"page": guide_library.pages, "step": steps}
    urgent = _urgent(root, guide_library, below, faults)
    known = {**below, "case": () if urgent is None else urgent.cases, "checklist": PLACES}
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
    assert urgent is not None
    assert together is not None
    assert desk is not None
    return ChecklistLibrary(exposures, kit, steps, urgent, lines, leaving, together, desk, letters)


def _urgent(
    root: Path, guide_library: guide.library.GuideLibrary, known: Mapping[str, Collection[str]], faults: Faults
) -> Urgent | None:
    with faults.collect():
        return load_urgent(root, guide_library.lexicon, known)
    return None


def _both(
    policy_path: Path, policy: type[Policy], words_path: Path, told: type[Words], kind: str, faults: Faults
) -> tuple[dict[str, Policy], dict[str, Words]]:
    """The policies and the words of one `kind` of thing, of which neither may be without the other."""
    policies = read_entries(policy_path, policy, faults)
    words = read_entries(words_path, told, faults)
    check_known(words, policies, words_path, "file", kind, faults)
    check_known(policies, words, policy_path, "file", f"{kind} (no words)", faults)
    return policies, words


def _check_aliases(path: Path, aliases: Mapping[str, Collection[str]], faults: Faults) -> None:
    """Add a fault for each former id, by present id, that is still in use or is an alias twice."""
    taken: dict[str, str] = {}
    for id, former in aliases.items():
        for alias in former:
            if alias in aliases:
                faults.add(path, f"{id}.aliases", f"{alias!r} is still in use", "an id that is no more")
            elif alias in taken:
                faults.add(path, f"{id}.aliases", f"{alias!r} is an alias of {taken[alias]!r}", "each alias once")
            taken.setdefault(alias, id)


def _exposures(policy_path: Path, words_path: Path, faults: Faults) -> dict[str, Exposure]:
    policies, words = _both(policy_path, ExposurePolicy, words_path, ExposureWords, "exposure", faults)
    for id, policy in policies.items():
        if policy.under is not None:
            tops = [above for above, other in policies.items() if other.under is None and other.group is policy.group]
            check_known([policy.under], tops, policy_path, f"{id}.under", "exposure of its group", faults)
    _check_aliases(policy_path, {id: policy.aliases for id, policy in policies.items()}, faults)
    return {
        id: Exposure(**policy.model_dump(), **words[id].model_dump(exclude={"id"}))
        for id, policy in policies.items()
        if id in words
    }


def _kit(policy_path: Path, words_path: Path, faults: Faults) -> dict[str, Piece]:
    policies, words = _both(policy_path, PiecePolicy, words_path, PieceWords, "piece of kit", faults)
    return {id: Piece(kind=policies[id].kind, **words[id].model_dump()) for id in policies if id in words}


def _lines(policy_path: Path, words_path: Path, exposures: Collection[str], faults: Faults) -> dict[str, Line]:
    policies, words = _both(policy_path, LinePolicy, words_path, LineWords, "line", faults)
    for id, policy in policies.items():
        check_known(policy.when, exposures, policy_path, f"{id}.when", "exposure", faults)
    return {
        id: Line(**policy.model_dump(), **words[id].model_dump(exclude={"id"}))
        for id, policy in policies.items()
        if id in words
    }


def _steps(
    path: Path,
    words_path: Path,
    exposures: dict[str, Exposure],
    kit: dict[str, Piece],
    guide_library: guide.library.GuideLibrary,
    faults: Faults,
) -> dict[str, Step]:
    policies = read_entries(path, StepPolicy, faults)
    words = read_entries(words_path, StepWords, faults)
    procedures = guide_library.procedures
    check_known(words, policies, words_path, "file", "step", faults)
    for id, policy in policies.items():
        if policy.always and not (id in words and words[id].because):
            faults.add(words_path, f"{id}.because", f"nothing says why everybody gets {id!r}", "a sentence")
        check_known(policy.needs, kit, path, f"{id}.needs", "piece of kit", faults)
    _check_aliases(path, {id: policy.aliases for id, policy in policies.items()}, faults)
    _check_order(path, policies, exposures, procedures, faults)
    steps = {
        id: Step(
            policy=policy,
            procedure=procedures[policy.procedure],
            because=words[id].because if id in words else "",
            note=words[id].note if id in words else "",
        )
        for id, policy in policies.items()
        if policy.procedure in procedures
    }
    _check_settling(path, policies, exposures, kit, faults)
    return steps


def _check_order(
    path: Path,
    policies: Mapping[str, StepPolicy],
    exposures: Collection[str],
    procedures: Collection[str],
    faults: Faults,
) -> None:
    """Every id is known, a procedure is one step's, and no step waits for a later one or for itself."""
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


def _check_settling(
    path: Path, policies: Mapping[str, StepPolicy], exposures: Collection[str], kit: dict[str, Piece], faults: Faults
) -> None:
    """Each exposure has a step that settles it, whatever phone one has, and without any app."""
    phones = [id for id, piece in kit.items() if piece.kind is PieceKind.PHONE]
    for id in exposures:
        needs = [policy.needs for policy in policies.values() if id in policy.settles]
        if not needs:
            faults.add(path, "file", f"no step settles the exposure {id!r}", "settles in at least one step")
        elif () not in needs:
            for phone in phones:
                if not any(phone in needed for needed in needs):
                    allowed = "settles in a step without needs, or in one for each phone"
                    faults.add(path, "file", f"who has only {phone!r} can't settle the exposure {id!r}", allowed)


#: The real content. `current()` gives it.
current = ContentStore(lambda: load(ROOT, guide.library.current()))
