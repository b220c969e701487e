"""Read the policy and the words of one kind of entry from their two files."""

from collections.abc import Collection, Mapping
from typing import NamedTuple, TypeVar

from core.content.files import Model
from core.content.loader import LANGUAGE, Loader

Policy = TypeVar("Policy", bound=Model)
Words = TypeVar("Words", bound=Model)
Joined = TypeVar("Joined", bound=Model)


class Pair(NamedTuple):
    """The two files of one kind of entry: its policy, and its words in one language."""

    policy: Loader
    words: Loader

    @classmethod
    def of(cls, name: str, tree: Loader) -> "Pair":
        root = tree.path
        return cls(tree.at(root / "policy" / f"{name}.toml"), tree.at(root / "content" / LANGUAGE / f"{name}.toml"))

    def entries(
        self, policy: type[Policy], words: type[Words], kind: str
    ) -> tuple[dict[str, Policy], dict[str, Words]]:
        """Return the policies and the words by id. A missing counterpart is a fault."""
        policies, told = self.policy.entries(policy), self.words.entries(words)
        self.words.check_words(told, policies, "file", kind)
        return policies, told


def joined(model: type[Joined], policies: Mapping[str, Model], words: Mapping[str, Model]) -> dict[str, Joined]:
    """Return the entries that have both a policy and words, each as one model."""
    return {id: model(**dict(policies[id]) | dict(words[id])) for id in policies if id in words}


def check_aliases(loader: Loader, aliases: Mapping[str, Collection[str]]) -> None:
    """Add a fault for each former id, by present id, that is still in use or is an alias twice."""
    taken: dict[str, str] = {}
    for id, former in aliases.items():
        for alias in former:
            if alias in aliases:
                loader.fault(f"{id}.aliases", f"{alias!r} is still in use", "an id that is no more")
            elif alias in taken:
                loader.fault(f"{id}.aliases", f"{alias!r} is an alias of {taken[alias]!r}", "each alias once")
            taken.setdefault(alias, id)
