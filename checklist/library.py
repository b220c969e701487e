"""Load the checklist once, link it to the guide and check it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple, TypeVar

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
from core.content.files import Model
from core.content.loader import LANGUAGE, Loader
from core.content.store import ContentStore
from guide.procedures import Procedure

ROOT = Path(__file__).parent

#: Pages of this app that texts may link to as checklist:<id>.
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
    letter_intro: LetterIntro
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
        """Return the letters that help with a step."""
        return [letter for letter in self.letters.values() if step in letter.words.steps]

    @cached_property
    def _settling(self) -> dict[str, list[Step]]:
        """Return the steps that settle each exposure."""
        steps = self.steps.values()
        return {id: [step for step in steps if id in step.policy.settles] for id in self.exposures}

    def settling(self, exposures: Collection[str], has: Collection[str] | None = None) -> list[Step]:
        """Return the steps that settle these exposures once all are done, for a reader who `has` these things."""
        mine = owned(self.kit, has)
        found = {step.id for id in exposures for step in self._settling[id] if step.is_for(mine)}
        return [step for id, step in self.steps.items() if id in found]


def load(root: Path, guide_library: guide.library.GuideLibrary) -> ChecklistLibrary:
    """Read the checklist's policy and words under `root`. Raise ContentErrors with every fault found."""
    loader = Loader(root, guide_library.lexicon).knowing(page=guide_library.pages)
    words = root / "content" / LANGUAGE
    exposures = _exposures(Pair.of("exposures", loader))
    kit = _kit(Pair.of("kit", loader))
    steps = _steps(Pair.of("steps", loader), exposures, kit, guide_library.procedures)
    lines = _lines(Pair.of("lines", loader), exposures)
    loader = loader.knowing(step=steps)
    urgent = _urgent(loader)
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
    return ChecklistLibrary(exposures, kit, steps, urgent, lines, leaving, together, letter_intro, letters)


def _urgent(loader: Loader) -> Urgent | None:
    with loader.collect():
        return load_urgent(loader)
    return None


class Pair(NamedTuple):
    """The two files of one kind of thing: its policy, and its words in one language."""

    policy: Loader
    words: Loader

    @classmethod
    def of(cls, name: str, tree: Loader) -> "Pair":
        root = tree.path
        return cls(tree.at(root / "policy" / f"{name}.toml"), tree.at(root / "content" / LANGUAGE / f"{name}.toml"))

    def entries(
        self, policy: type[Policy], words: type[Words], kind: str
    ) -> tuple[dict[str, Policy], dict[str, Words]]:
        """Return the policies and the words by id. Neither may be without the other."""
        policies, told = self.policy.entries(policy), self.words.entries(words)
        self.words.check_known(told, policies, "file", kind)
        self.policy.check_known(policies, told, "file", f"{kind} (no words)")
        return policies, told


def _check_aliases(loader: Loader, aliases: Mapping[str, Collection[str]]) -> None:
    """Add a fault for each former id, by present id, that is still in use or is an alias twice."""
    taken: dict[str, str] = {}
    for id, former in aliases.items():
        for alias in former:
            if alias in aliases:
                loader.fault(f"{id}.aliases", f"{alias!r} is still in use", "an id that is no more")
            elif alias in taken:
                loader.fault(f"{id}.aliases", f"{alias!r} is an alias of {taken[alias]!r}", "each alias once")
            taken.setdefault(alias, id)


def _exposures(files: Pair) -> dict[str, Exposure]:
    policies, words = files.entries(ExposurePolicy, ExposureWords, "exposure")
    for id, policy in policies.items():
        if policy.under is not None:
            tops = [above for above, other in policies.items() if other.under is None and other.group is policy.group]
            files.policy.check_known([policy.under], tops, f"{id}.under", "exposure of its group")
    _check_aliases(files.policy, {id: policy.aliases for id, policy in policies.items()})
    return {
        id: Exposure(**policy.model_dump(), **words[id].model_dump(exclude={"id"}))
        for id, policy in policies.items()
        if id in words
    }


def _kit(files: Pair) -> dict[str, Piece]:
    policies, words = files.entries(PiecePolicy, PieceWords, "piece of kit")
    return {id: Piece(kind=policies[id].kind, **words[id].model_dump()) for id in policies if id in words}


def _lines(files: Pair, exposures: Collection[str]) -> dict[str, Line]:
    policies, words = files.entries(LinePolicy, LineWords, "line")
    for id, policy in policies.items():
        files.policy.check_known(policy.when, exposures, f"{id}.when", "exposure")
    return {
        id: Line(**policy.model_dump(), **words[id].model_dump(exclude={"id"}))
        for id, policy in policies.items()
        if id in words
    }


def _steps(
    files: Pair, exposures: dict[str, Exposure], kit: dict[str, Piece], procedures: Mapping[str, Procedure]
) -> dict[str, Step]:
    policies, words = files.policy.entries(StepPolicy), files.words.entries(StepWords)
    files.words.check_known(words, policies, "file", "step")
    for id, policy in policies.items():
        if policy.always and not (id in words and words[id].because):
            files.words.fault(f"{id}.because", f"nothing says why everybody gets {id!r}", "a sentence")
        files.policy.check_known(policy.needs, kit, f"{id}.needs", "piece of kit")
    _check_aliases(files.policy, {id: policy.aliases for id, policy in policies.items()})
    _check_order(policies, exposures, procedures, files.policy)
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
    _check_settling(policies, exposures, kit, files.policy)
    return steps


def _check_order(
    policies: Mapping[str, StepPolicy], exposures: Collection[str], procedures: Collection[str], loader: Loader
) -> None:
    """Check that ids are known, that steps share no procedure, and that none waits for a later one or for itself."""
    used: dict[str, str] = {}
    for id, policy in policies.items():
        loader.check_known(policy.when, exposures, f"{id}.when", "exposure")
        loader.check_known(policy.after, policies, f"{id}.after", "step")
        loader.check_known([policy.procedure], procedures, f"{id}.procedure", "procedure")
        if policy.procedure in used:
            loader.fault(f"{id}.procedure", f"{policy.procedure!r} is that of {used[policy.procedure]}", "one each")
        used[policy.procedure] = id
        for earlier in policy.after:
            if earlier in policies and policies[earlier].stage.rank > policy.stage.rank:
                loader.fault(f"{id}.after", f"{earlier!r} stands in a later stage", "a step of an earlier stage")
    try:
        TopologicalSorter({id: policy.after for id, policy in policies.items()}).prepare()
    except CycleError as error:
        way = " → ".join(error.args[1])
        loader.fault("after", f"steps wait for one another: {way}", "an order without a circle")


def _check_settling(
    policies: Mapping[str, StepPolicy], exposures: Collection[str], kit: dict[str, Piece], loader: Loader
) -> None:
    """Check that each exposure has a step that settles it, on any kind of phone and without any app."""
    phones = [id for id, piece in kit.items() if piece.kind is PieceKind.PHONE]
    for id in exposures:
        needs = [policy.needs for policy in policies.values() if id in policy.settles]
        if not needs:
            loader.fault("file", f"no step settles the exposure {id!r}", "settles in at least one step")
        elif () not in needs:
            for phone in phones:
                if not any(phone in needed for needed in needs):
                    allowed = "settles in a step without needs, or in one for each phone"
                    loader.fault("file", f"who has only {phone!r} can't settle the exposure {id!r}", allowed)


#: The real content. `current()` gives it.
current = ContentStore(lambda: load(ROOT, guide.library.current()))
