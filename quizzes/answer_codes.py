"""The permanent codes of answers in cookies: a number for each question, a letter for each option."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from core.content.files import Id, Model
from core.content.loader import Loader
from core.content.store import ContentStore
from quizzes import library
from quizzes.engine.answers import AnswerCodes
from quizzes.engine.quiz import Quiz


class CodesFile(Model):
    """The options of each question of each quiz."""

    quizzes: dict[Id, dict[Id, Annotated[tuple[Id, ...], Field(max_length=26)]]]


def load(path: Path, quizzes: Mapping[str, Quiz]) -> Mapping[str, AnswerCodes]:
    """Return the codes in `path` by quiz. Raise ContentErrors if a question or an option has none."""
    loader = Loader(path)
    codes = loader.build(CodesFile, {"quizzes": loader.toml()}).quizzes
    for quiz in quizzes.values():
        for id, question in quiz.questions.items():
            coded = codes.get(quiz.id, {}).get(id, ())
            if missing := [option for option in question.options if option not in coded]:
                line = ", ".join(f'"{option}"' for option in (*coded, *missing))
                loader.fault(f"{quiz.id}.{id}", f"no code for {', '.join(missing)}", f"{id} = [{line}]")
    loader.raise_if_any()
    return codes


#: The real codes. `current()` gives them.
current = ContentStore(lambda: load(library.ROOT / "policy" / "numbers.toml", library.current().quizzes))
