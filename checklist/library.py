"""Load the checklist once, link it to the guide and check it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import guide.library
from checklist.exposures import Exposure, ExposurePolicy, ExposureState, ExposureWords
from checklist.files import Pair, check_aliases, joined
from checklist.kit import KitItem, KitItemKind, KitItemPolicy, KitItemWords
from checklist.leaving.sheets import Sheet, read_sheets
from checklist.letters.letter import Letter, LetterIntro
from checklist.letters.loader import load_letters
from checklist.plan.if_then import Line, LinePolicy, LineWords
from checklist.step_files import linkable_ids, read_steps, with_titles
from checklist.steps import Stage, Step
from checklist.urgent.cases import Case
from checklist.urgent.library import Runs, Urgent
from checklist.urgent.library import load as load_urgent
from checklist.urgent.policy import UrgentPolicy
from checklist.urgent.policy import load as load_table
from core.content.loader import LANGUAGE, Loader
from core.content.store import ContentStore

ROOT = Path(__file__).parent

#: Pages of this app that texts may link to as checklist:<id>.
PLACES = frozenset({"leaving", "together", "emergency", "exposures", "plan"})


@dataclass(frozen=True)
class ChecklistLibrary:
    """Exposures, kit, steps, lines and letters by id, in their files' order (letters by their own).

    `urgent` is the decision table with the cases. `leaving` holds a sheet for each tie to a
    group, `together` that for helping somebody.
    """

    exposures: dict[str, Exposure]
    kit: dict[str, KitItem]
    steps: dict[str, Step]
    urgent: Urgent
    lines: dict[str, Line]
    leaving: dict[str, Sheet]
    together: Sheet
    letter_intro: LetterIntro
    letters: dict[str, Letter] = field(default_factory=dict)

    @property
    def cases(self) -> dict[str, Case]:
        """The cases of the emergency pages, in their order."""
        return self.urgent.cases

    @property
    def case_links(self) -> set[str]:
        """Return what a link of the kind `case` may name: a case, or a case and one of its forms."""
        return {*self.cases, *(f"{case.id}/{form}" for case in self.cases.values() for form in case.forms)}

    @cached_property
    def exposure_aliases(self) -> dict[str, str]:
        """Return the id of each exposure by its former ids."""
        return {alias: id for id, exposure in self.exposures.items() for alias in exposure.aliases}

    @cached_property
    def whole_steps(self) -> dict[str, str]:
        """Return the id of each step by the former ids of the whole step."""
        return {alias: id for id, step in self.steps.items() for alias in step.policy.aliases}

    @cached_property
    def step_parts(self) -> dict[str, str]:
        """Return the id of each step by the former ids of what is now a part of it."""
        return {part: id for id, step in self.steps.items() for part in step.policy.parts}

    @cached_property
    def step_aliases(self) -> dict[str, str]:
        """Return the id of each step by all its former ids."""
        return self.whole_steps | self.step_parts

    def may_follow_up(self, step: str) -> bool:
        """Return whether a step shows something only after some weeks, always or for some readers."""
        action = self.urgent.policy.actions.get(step)
        return self.steps[step].policy.stage is Stage.FOLLOW_UP or bool(action and action.later_unless)

    def with_above(self, exposures: Collection[str]) -> set[str]:
        """Return these exposures with the general ones above them."""
        return {*exposures, *(above for id in exposures if (above := self.exposures[id].under))}

    def states_with_above(self, states: Mapping[str, ExposureState]) -> dict[str, ExposureState]:
        """Return these states with those of the general exposures above, in the order of the file.

        A bank's code that was given, for example, is a code given. A general exposure is open if one of its
        specific ones is.
        """
        found = dict(states)
        for id, state in states.items():
            above = self.exposures[id].under
            if above and (above not in found or state is ExposureState.OPEN):
                found[above] = state
        return {id: found[id] for id in self.exposures if id in found}

    def family(self, exposures: Collection[str], runs: Runs) -> set[str]:
        """Return these exposures; if they alone need no urgent action (how money was paid), with those above them."""
        return {*exposures} if runs.actions_for(exposures) else self.with_above(exposures)

    def letters_for(self, step: str) -> list[Letter]:
        """Return the letters that help with a step."""
        return [letter for letter in self.letters.values() if step in letter.words.steps]

    def settling(
        self, exposures: Collection[str], runs: Runs | None = None, beside: Collection[str] = ()
    ) -> list[Step]:
        """Return the steps that settle these exposures together, for the reader of `runs`, or for anybody.

        `beside` are other exposures that are open: what they change, such as one call for two reasons, is taken
        into account. An urgent action settles an exposure if it is due for a reason that the exposure gives.
        """
        runs = runs or self.urgent.runs()
        family = self.family(exposures, runs)
        reasons = runs.reasons_of(family)
        actions = runs.actions_for({*family, *beside})
        due = {action.id for action in actions}
        found = {action.id for action in actions if reasons & {*action.reasons}}
        for id in exposures:
            for step in self._settlers.get(id, ()):
                found |= due & {*step.policy.replaced_by} or {step.id}
        return [step for id, step in self.steps.items() if id in found]

    @cached_property
    def _settlers(self) -> dict[str, list[Step]]:
        """Return the steps that are not urgent by the exposures that they settle."""
        settlers: dict[str, list[Step]] = {}
        for step in self.steps.values():
            for exposure in () if step.is_urgent else step.policy.settles:
                settlers.setdefault(exposure, []).append(step)
        return settlers


def load(root: Path, guide_library: guide.library.GuideLibrary) -> ChecklistLibrary:
    """Read the checklist's policy and words under `root`. Raise ContentErrors with every fault found."""
    loader = Loader(root, guide_library.lexicon).knowing(page=guide_library.pages)
    words = root / "content" / LANGUAGE
    exposures = _exposures(Pair.of("exposures", loader))
    kit = _kit(Pair.of("kit", loader))
    table = _table(loader)
    steps = read_steps(Pair.of("steps", loader), table.actions if table else {}, exposures, guide_library.procedures)
    lines = _lines(Pair.of("lines", loader), exposures)
    loader = loader.knowing(step=linkable_ids(steps))
    urgent = _urgent(loader, table) if table else None
    loader = loader.knowing(case=() if urgent is None else urgent.cases, checklist=PLACES)
    leaving = read_sheets(loader.at(words / "leaving.toml"), steps)
    loader = loader.knowing(leaving=leaving)
    helping = loader.at(words / "together.toml")
    together = read_sheets(helping, steps).get("together")
    letter_intro, letters = load_letters(words, loader)
    for page in guide_library.pages.values():
        loader.at(page.path).check_links(page.links, "links")
    if together is None:
        helping.fault("file", "no sheet 'together'", "[sheets.together]")
    loader.raise_if_any()
    assert urgent is not None
    assert together is not None
    assert letter_intro is not None
    steps = with_titles(steps, urgent, loader.at(words / "steps.toml"))
    library = ChecklistLibrary(exposures, kit, steps, urgent, lines, leaving, together, letter_intro, letters)
    _check_settling(library, loader.at(root / "policy" / "steps.toml"))
    loader.raise_if_any()
    return library


def _table(loader: Loader) -> UrgentPolicy | None:
    with loader.collect():
        return load_table(loader.alone().at(loader.path / "policy" / "urgent.toml"))
    return None


def _urgent(loader: Loader, table: UrgentPolicy) -> Urgent | None:
    with loader.collect():
        return load_urgent(loader, table)
    return None


def _exposures(files: Pair) -> dict[str, Exposure]:
    policies, words = files.entries(ExposurePolicy, ExposureWords, "exposure")
    for id, policy in policies.items():
        if policy.under is not None:
            tops = [above for above, other in policies.items() if other.under is None and other.group is policy.group]
            files.policy.check_known([policy.under], tops, f"{id}.under", "exposure of its group")
    check_aliases(files.policy, {id: policy.aliases for id, policy in policies.items()})
    return joined(Exposure, policies, words)


def _kit(files: Pair) -> dict[str, KitItem]:
    policies, words = files.entries(KitItemPolicy, KitItemWords, "kit item")
    return joined(KitItem, policies, words)


def _lines(files: Pair, exposures: Collection[str]) -> dict[str, Line]:
    policies, words = files.entries(LinePolicy, LineWords, "line")
    for id, policy in policies.items():
        files.policy.check_known(policy.when, exposures, f"{id}.when", "exposure")
    return joined(Line, policies, words)


def _check_settling(library: ChecklistLibrary, loader: Loader) -> None:
    """Check that each exposure has a step that settles it, on any kind of phone."""
    phones = [id for id, item in library.kit.items() if item.kind is KitItemKind.PHONE]
    for phone in phones:
        runs = library.urgent.runs({phone})
        for id in library.exposures:
            if not library.settling([id], runs):
                allowed = "settles in a step, or an urgent action"
                loader.fault("file", f"who has only {phone!r} can't settle the exposure {id!r}", allowed)


#: The real content. `current()` gives it.
current = ContentStore(lambda: load(ROOT, guide.library.current()))
