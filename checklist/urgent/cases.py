"""Read the situations of the emergency entry: what each stands for, and how it says so."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from checklist.urgent.given import Mapping
from checklist.urgent.words import Render, check_pairs
from core.content.files import Faults, Id, Model, Text, build, read_toml
from core.content.loader import build_entries, check_known
from core.content.markup import Channel, Lexicon
from guide.sources import Source, cited


class FormPolicy(Model):
    """A case, or one of its forms: the exposures that it stands for, and what its reader has."""

    given: Annotated[tuple[Id, ...], Field(min_length=1)]
    has: tuple[Id, ...] = ()


class CasePolicy(FormPolicy):
    """`also` are the exposures that the end of its page asks for, `drawing` is the picture beside it."""

    id: Id
    drawing: Id
    also: Annotated[tuple[Id, ...], Field(min_length=1)]
    forms: dict[Id, FormPolicy] = {}


class CaseWords(Model):
    """`also` says what counts as this case, too; `signs` how one knows it; `unproven` what was not found out."""

    id: Id
    title: Annotated[Text, Field(max_length=12)]
    also: Text
    signs: Annotated[tuple[Text, ...], Field(min_length=1)]
    forms: dict[Id, Text] = {}
    unproven: tuple[Text, ...] = ()
    sources: tuple[Id, ...] = ()


class EntryWords(Model):
    """The page before the cases; `elsewhere` are lines for whom none of them fits."""

    title: Annotated[Text, Field(max_length=12)]
    stop: Text
    ask: Text
    note: Text
    more: Text
    go: Text
    channels: tuple[Id, ...]
    elsewhere: dict[Id, Text] = {}


class CasesFile(Model):
    """The tables of cases.toml before their entries are built."""

    entry: dict[str, Any]
    ticks: dict[Id, Text]
    cases: dict[str, Any]


@dataclass(frozen=True)
class Form:
    """One way in which a case may stand: the plain one, with an empty id, or one of its forms."""

    id: str
    title: str
    given: tuple[str, ...]
    has: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A situation. `also` pairs each exposure that its page asks for with the words of the tick."""

    id: str
    title: str
    line: str
    signs: tuple[str, ...]
    drawing: str
    plain: Form
    forms: dict[str, Form]
    also: dict[str, str]
    unproven: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def given(self) -> tuple[str, ...]:
        """The exposures that the case itself stands for."""
        return self.plain.given


@dataclass(frozen=True)
class Entry:
    """The page before the cases; `elsewhere` is HTML."""

    words: EntryWords
    channels: tuple[Channel, ...]
    elsewhere: tuple[str, ...]


def load(
    policy_path: Path, words_path: Path, mapping: Mapping, lexicon: Lexicon, render: Render, faults: Faults
) -> tuple[Entry, dict[str, Case]]:
    """Return the entry and the cases in their order; faults are collected."""
    policies = build_entries(read_toml(policy_path), CasePolicy, policy_path, faults)
    file = build(CasesFile, read_toml(words_path), words_path)
    words = build_entries(file.cases, CaseWords, words_path, faults, "cases")
    check_pairs(file.cases, policies, words_path, "cases", "case", faults)
    asked = {exposure for policy in policies.values() for exposure in policy.also}
    check_pairs(file.ticks, asked, words_path, "ticks", "exposure", faults)
    for id, policy in policies.items():
        _check_given(policy, policy_path, id, mapping, faults)
        check_known(policy.also, mapping.exposures, policy_path, f"{id}.also", "exposure", faults)
        for form_id, form in policy.forms.items():
            _check_given(form, policy_path, f"{id}.forms.{form_id}", mapping, faults)
        if id in words:
            check_pairs(words[id].forms, policy.forms, words_path, f"cases.{id}.forms", "form", faults)
    entry = build(EntryWords, file.entry, words_path, "entry")
    elsewhere = tuple(render(line, f"entry.elsewhere.{id}") for id, line in entry.elsewhere.items())
    cases = {}
    for id, policy in policies.items():
        if id in words:
            sources = cited(words[id].sources, lexicon.sources, words_path, f"cases.{id}.sources", faults)
            cases[id] = _case(policy, words[id], file.ticks, sources, render)
    check_known(entry.channels, lexicon.channels, words_path, "entry.channels", "channel", faults)
    channels = tuple(lexicon.channels[id] for id in entry.channels if id in lexicon.channels)
    return Entry(entry, channels, elsewhere), cases


def _check_given(form: FormPolicy, path: Path, where: str, mapping: Mapping, faults: Faults) -> None:
    check_known(form.given, mapping.exposures, path, f"{where}.given", "exposure", faults)
    check_known(form.has, mapping.has, path, f"{where}.has", "thing", faults)


def _case(
    policy: CasePolicy, words: CaseWords, ticks: dict[str, str], sources: tuple[Source, ...], render: Render
) -> Case:
    return Case(
        id=policy.id,
        title=words.title,
        line=words.also,
        signs=words.signs,
        drawing=policy.drawing,
        plain=Form("", words.title, policy.given, policy.has),
        forms={
            id: Form(id, words.forms[id], form.given, form.has)
            for id, form in policy.forms.items()
            if id in words.forms
        },
        also={id: ticks[id] for id in policy.also if id in ticks},
        unproven=tuple(render(line, f"cases.{policy.id}.unproven") for line in words.unproven),
        sources=sources,
    )
