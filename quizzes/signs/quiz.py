"""The scheme `signs`: signs are weighed and lead to a verdict in words, without a score.

Each sign has a weight; rules, from the worst verdict down, say how many of
which weights lead to it. The first rule that holds decides. Answers 不清楚 are
counted apart, and never as a sign. /quizzes/<quiz>/method/
prints the weights and rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from core.content.files import Id, Model, Text
from core.content.labels import Labelled
from core.content.rendered import Link
from quizzes.engine.attempt import Attempt
from quizzes.engine.quiz import Option, OptionPolicy, QuestionKind, QuestionPolicy, Quiz, QuizPolicy, QuizWords

Count = Annotated[int, Field(ge=1, le=20)]


class Weight(Labelled):
    NOW = "now", "碰上一样就停"
    STRONG = "strong", "比较重"
    MILD = "mild", "比较轻"


class SignOption(OptionPolicy):
    """An option that is neither a sign nor a tie says that nothing was seen; `unsure`, that the reader can't tell."""

    unsure: bool = False


class SignQuestion(QuestionPolicy):
    options: Annotated[Mapping[Id, SignOption], Field(min_length=2)]


class SignPolicy(Model):
    """A sign's weight, and the page (or step, quiz, case) that says more, like `page:brushing`."""

    weight: Weight
    more: Annotated[str, Field(pattern=r"^(page|step|case|quiz):[a-z0-9][a-z0-9-]*$")]

    @property
    def link(self) -> Link:
        return Link.of(self.more)


class TiePolicy(Model):
    """The checklist's sheet on `leaving` a group, for readers with this tie to it.

    If the members are `known`, the trouble is most often one stranger, and the reader need not leave.
    """

    leaving: Id
    known: bool = False

    @property
    def link(self) -> Link:
        return Link("leaving", self.leaving)


class VerdictRule(Model):
    """The least numbers for a `verdict`: of `now`, `strong` and `mild` signs, and of answers 不清楚 (`unsure`).

    If a rule names several, each of them must be reached.
    """

    verdict: Id
    now: Count | None = None
    strong: Count | None = None
    mild: Count | None = None
    unsure: Count | None = None

    @property
    def least(self) -> dict[str, int]:
        """Return the least numbers that the rule names, by weight or `unsure`."""
        named = {"now": self.now, "strong": self.strong, "mild": self.mild, "unsure": self.unsure}
        return {name: count for name, count in named.items() if count}


class SignsPolicy(QuizPolicy):
    """A quiz that weighs signs. `verdicts` are in order, the worst first; the last is given if no rule holds."""

    scheme: Literal["signs"]
    verdicts: Annotated[tuple[Id, ...], Field(min_length=2, max_length=4)]
    rules: Annotated[tuple[VerdictRule, ...], Field(min_length=1)]
    signs: Annotated[dict[Id, SignPolicy], Field(min_length=1)]
    ties: dict[Id, TiePolicy] = {}
    questions: Annotated[Mapping[Id, SignQuestion], Field(min_length=1)]

    def colour(self, verdict: str) -> str:
        """One of four, from the worst verdict to the mildest: brick, sun, straw, leaf. Its name says the same."""
        return "leaf" if verdict == self.verdicts[-1] else ("brick", "sun", "straw")[self.verdicts.index(verdict)]

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        for rule in self.rules:
            if rule.verdict not in self.verdicts[:-1]:
                raise ValueError(f"no rule may lead to {rule.verdict!r}: {', '.join(self.verdicts[:-1])}")
            if not rule.least:
                raise ValueError(f"the rule of {rule.verdict!r} counts nothing: now, strong, mild, unsure")
        places = [self.verdicts.index(rule.verdict) for rule in self.rules]
        if places != sorted(places):
            raise ValueError("rules stand in the order of the verdicts, worst first")
        named = [id for asked in self.questions.values() for id in asked.options if id in self.signs or id in self.ties]
        for id in [*self.signs, *self.ties]:
            if named.count(id) != 1:
                raise ValueError(f"{id!r} is offered by one option, and by {named.count(id)} here")
        for id, asked in self.questions.items():
            for option, meant in asked.options.items():
                if asked.kind is QuestionKind.MULTI and option not in self.signs and not meant.exclusive:
                    raise ValueError(f"questions.{id}.options.{option} is no sign, and so it is exclusive")
        return self


class SignWords(Model):
    """What a sign may lead to, or what to do about it: one line."""

    line: Text


class WayWords(Model):
    """What to do first. As one of a verdict's `ways`, it is for readers with one of its `ties`."""

    ties: tuple[Id, ...] = ()
    title: Annotated[str, Field(max_length=20)] = ""
    first: Text
    items: Annotated[tuple[Text, ...], Field(max_length=4)] = ()


class VerdictWords(Model):
    """`name` is the verdict in a word or two, `title` the first line of the result."""

    name: Annotated[Text, Field(max_length=10)]
    title: Annotated[Text, Field(max_length=20)]
    first: Text
    items: Annotated[tuple[Text, ...], Field(max_length=4)] = ()
    ways: tuple[WayWords, ...] = ()


class SignsWords(QuizWords):
    """`seen` heads the list of signs in the result; the method page begins with `summed_up`."""

    seen: Annotated[Text, Field(max_length=16)]
    summed_up: Text
    verdicts: dict[Id, VerdictWords]
    signs: dict[Id, SignWords]
    given: str = ""


class Sign(Model):
    """A sign as it is shown: its words, one line of HTML on it, and the link to read more."""

    id: Id
    weight: Weight
    label: str
    line_html: str
    more: Link


class Way(Model):
    """What the result says first. `name` is the verdict in a word or two, "" if the title says it."""

    name: str
    title: str
    first_html: str
    items_html: tuple[str, ...]


class SignsQuiz(Quiz):
    """A quiz of signs as it is asked and judged. `ways` are by verdict and tie, "" for every other tie."""

    policy: SignsPolicy
    words: SignsWords
    signs: dict[Id, Sign]
    ways: dict[str, dict[str, Way]]
    given_html: str

    def matters(self, option: Option) -> bool:
        """Return whether the option ends the quiz, is urgent, or is a sign."""
        return super().matters(option) or option.id in self.signs

    def way(self, verdict: str, tie: str) -> Way:
        """Return what to do first at this verdict, for a reader with this tie."""
        ways = self.ways[verdict]
        return ways.get(tie, ways[""])


@dataclass(frozen=True)
class Judgement:
    """The result of an attempt: the verdict, the signs seen, in the quiz's order, and the questions answered 不清楚."""

    verdict: str
    signs: list[Sign]
    unsure: list[str]
    tie: str


def judge(attempt: Attempt[SignsQuiz]) -> Judgement:
    """Return the judgement of an attempt. Any answers give one."""
    quiz = attempt.quiz
    chosen = [(id, option) for id, options in attempt.answers.items() for option in options]
    signs = [quiz.signs[option] for _, option in chosen if option in quiz.signs]
    unsure = [id for id, option in chosen if quiz.policy.questions[id].options[option].unsure]
    counts = {str(weight): sum(sign.weight is weight for sign in signs) for weight in Weight} | {"unsure": len(unsure)}
    tie = next((option for _, option in chosen if option in quiz.policy.ties), "")
    return Judgement(_verdict(quiz.policy, counts), signs, unsure, tie)


def _verdict(policy: SignsPolicy, counts: Mapping[str, int]) -> str:
    for rule in policy.rules:
        if all(counts[name] >= least for name, least in rule.least.items()):
            return rule.verdict
    return policy.verdicts[-1]
