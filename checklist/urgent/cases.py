"""Read the emergency cases: what each stands for, its forms and its words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from checklist.urgent.implied import ImpliedFacts
from core.content.files import Id, Model, Text
from core.content.loader import Loader
from core.content.symbols import EmergencySymbol
from guide.sources import Channel, Source


class FormPolicy(Model):
    """A case, or one of its forms: the exposures that it stands for, and what its reader has.

    `instead` are the forms that lines above the actions lead to.
    """

    given: Annotated[tuple[Id, ...], Field(min_length=1)]
    has: tuple[Id, ...] = ()
    instead: tuple[Id, ...] = ()


class CasePolicy(FormPolicy):
    """`also` are the exposures that the end of its page asks for, `drawing` is the symbol beside it.

    `choose` are the forms that its page offers above the actions, as an answer to a question; `folds` hides them
    below that question.
    """

    id: Id
    choose: tuple[Id, ...] = ()
    folds: bool = False
    drawing: EmergencySymbol
    also: Annotated[tuple[Id, ...], Field(min_length=1)]
    forms: dict[Id, FormPolicy] = {}


class CaseWords(Model):
    """`also` says what else counts as this case, `signs` how to recognise it, `unproven` what is not known.

    `unproven_in` takes the place of `unproven` on the page of a form. `question` stands above the actions,
    `choose` are the forms that answer it, in short words, and `otherwise` the answer that leads to the actions below.
    """

    id: Id
    title: Annotated[Text, Field(max_length=12)]
    also: Text
    signs: Annotated[tuple[Text, ...], Field(min_length=1)]
    forms: dict[Id, Text] = {}
    instead: dict[Id, Text] = {}
    unproven: tuple[Text, ...] = ()
    unproven_in: dict[Id, tuple[Text, ...]] = {}
    question: str = ""
    otherwise: str = ""
    choose: dict[Id, Text] = {}
    sources: tuple[Id, ...] = ()


class StartPageWords(Model):
    """The page before the cases; `keep` says to keep a picture of the page, `elsewhere` are for whom none fits."""

    title: Annotated[Text, Field(max_length=12)]
    stop: Text
    ask: Text
    keep: Text
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
    """One way in which a case may stand: the plain one, with an empty id, or one of its forms.

    `unproven` is HTML.
    """

    id: str
    title: str
    given: tuple[str, ...]
    has: tuple[str, ...]
    unproven: tuple[str, ...]
    instead: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A situation. `also` pairs each exposure that its page asks for with the words of the tick.

    `instead` are the words of the lines that lead to a form from above the actions, by the form's id.
    `choose` are the answers to `question` above the actions, in short words, by the id of the form; `otherwise` is
    the one that leads to the actions themselves, if the question does not say it. `folds` hides them below it.
    """

    id: str
    title: str
    line: str
    signs: tuple[str, ...]
    drawing: str
    plain: Form
    forms: dict[str, Form]
    also: dict[str, str]
    instead: dict[str, str]
    question: str
    otherwise: str
    choose: dict[str, str]
    folds: bool
    sources: tuple[Source, ...]

    @property
    def given(self) -> tuple[str, ...]:
        """The exposures that the case itself stands for."""
        return self.plain.given


@dataclass(frozen=True)
class StartPage:
    """The page before the cases; `elsewhere` is HTML."""

    words: StartPageWords
    channels: tuple[Channel, ...]
    elsewhere: tuple[str, ...]


def load(policy: Loader, words: Loader, implied: ImpliedFacts) -> tuple[StartPage, dict[str, Case]]:
    """Return the entry and the cases in their order; faults are collected."""
    policies = policy.entries(CasePolicy)
    file = words.read(CasesFile)
    told = words.below("cases").entries(CaseWords, file.cases)
    words.check_words(file.cases, policies, "cases", "case")
    asked = {exposure for case in policies.values() for exposure in case.also}
    words.check_words(file.ticks, asked, "ticks", "exposure")
    for id, case in policies.items():
        _check_given(case, policy.below(id), implied)
        policy.check_known(case.also, implied.exposures, f"{id}.also", "exposure")
        for form_id, form in case.forms.items():
            _check_given(form, policy.below(f"{id}.forms.{form_id}"), implied)
        if id in told:
            words.check_words(told[id].forms, case.forms, f"cases.{id}.forms", "form")
            offered = {id for form in (case, *case.forms.values()) for id in form.instead}
            policy.check_known(offered, case.forms, f"{id}.instead", "form")
            words.check_words(told[id].instead, offered, f"cases.{id}.instead", "form")
            words.check_known(told[id].unproven_in, case.forms, f"cases.{id}.unproven_in", "form")
            policy.check_known(case.choose, case.forms, f"{id}.choose", "form")
            words.check_words(told[id].choose, case.choose, f"cases.{id}.choose", "form")
    entry = words.build(StartPageWords, file.entry, "entry")
    words.check_known(entry.channels, words.lexicon.channels, "entry.channels", "channel")
    channels = tuple(words.lexicon.channels[id] for id in entry.channels if id in words.lexicon.channels)
    elsewhere = tuple(words.html(line, f"entry.elsewhere.{id}") for id, line in entry.elsewhere.items())
    cases = {
        id: _case(case, told[id], file.ticks, words.below(f"cases.{id}")) for id, case in policies.items() if id in told
    }
    return StartPage(entry, channels, elsewhere), cases


def _check_given(form: FormPolicy, loader: Loader, implied: ImpliedFacts) -> None:
    loader.check_known(form.given, implied.exposures, "given", "exposure")
    loader.check_known(form.has, implied.has, "has", "thing")


def _case(policy: CasePolicy, words: CaseWords, ticks: dict[str, str], loader: Loader) -> Case:
    unproven = _lines_html(words.unproven, loader)
    unproven_by_form = {id: _lines_html(lines, loader) for id, lines in words.unproven_in.items()}
    forms = {
        id: _form(id, words.forms[id], form, unproven_by_form.get(id, unproven))
        for id, form in policy.forms.items()
        if id in words.forms
    }
    return Case(
        id=policy.id,
        title=words.title,
        line=words.also,
        signs=words.signs,
        drawing=policy.drawing,
        plain=_form("", words.title, policy, unproven),
        forms=forms,
        also={id: ticks[id] for id in policy.also if id in ticks},
        instead=words.instead,
        question=words.question,
        otherwise=words.otherwise,
        choose={id: words.choose[id] for id in policy.choose if id in words.choose},
        folds=policy.folds,
        sources=loader.cited(words.sources),
    )


def _lines_html(lines: Iterable[str], loader: Loader) -> tuple[str, ...]:
    return tuple(loader.html(line, "unproven") for line in lines)


def _form(id: str, title: str, policy: FormPolicy, unproven: tuple[str, ...]) -> Form:
    return Form(id, title, policy.given, policy.has, unproven, policy.instead)
