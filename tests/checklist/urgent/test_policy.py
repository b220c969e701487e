"""A decision table that is not whole is refused with the place and what may stand there."""

from pathlib import Path

import pytest

import guide.library
from checklist import library
from checklist.urgent import policy
from core.content.files import ContentErrors
from core.content.loader import Loader

REAL = (library.ROOT / "policy" / "urgent.toml").read_text(encoding="utf-8")


def faults(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentErrors) as raised:
        policy.load(Loader(path, guide.library.current().lexicon))
    return str(raised.value).splitlines()


@pytest.mark.parametrize(
    ("was", "instead", "says"),
    [
        ('any = ["minor"]', 'any = ["teenager"]', ["row 2.any", "unknown condition 'teenager'", "minor"]),
        ('do = ["get-adult"]', 'do = ["find-adult"]', ["row 2.do", "unknown action 'find-adult'", "get-adult"]),
        ('calls = ["police"]', 'calls = ["army"]', ["row 7.calls", "police", "army"]),
        ('do = ["go-out"]', 'do = ["cut-pull"]', ["actions.go-out", "stands in no row"]),
        ('number = "2"', 'number = "1"', ["row 1", "stands twice"]),
        ('any = ["minor"]\n', "", ["row 2", "applies to everybody"]),
        ('after = ["clean"]', 'after = ["wash"]', ["family-card-off.after", "unknown action 'wash'"]),
        ("cuts = true", "cut = true", ["actions.cut-restart.cut", "allowed: ", "cuts"]),
        ('any = ["minor"]', 'if = ["minor"]', ["row 2.if", "allowed: "]),
        ('number = "26a"\n', "", ["row in place 5", ".number", "field required"]),
        ('do = ["pay-cancel"]', 'do = ["pay-cancel", "stop"]', ["row 6a.do", "2 actions make one call"]),
    ],
)
def test_names_the_place_and_what_may_stand_there(tmp_path: Path, was: str, instead: str, says: list[str]) -> None:
    assert was in REAL
    said = faults(tmp_path / "urgent.toml", REAL.replace(was, instead, 1))
    assert any(all(word in line for word in says) for line in said), said


def test_names_every_fault_at_once(tmp_path: Path) -> None:
    wrong = REAL.replace('any = ["minor"]', 'any = ["teenager"]').replace('do = ["go-out"]', 'do = ["go-away"]')
    assert len(faults(tmp_path / "urgent.toml", wrong)) == 3  # the action is in no row then, either
