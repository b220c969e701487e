"""Load the practice: the policy and the words of each scene, with its cues in its messages."""

from pathlib import Path

from core.content.loader import LANGUAGE, Loader
from core.content.markup import render
from core.content.rendered import Link
from quizzes.marks import Piece, stretches
from quizzes.practice.scenes import (
    POLICY,
    PRACTICE,
    RESERVED,
    TINTS,
    Cue,
    CueWords,
    Message,
    MessageWords,
    Practice,
    PracticeWords,
    Scene,
    ScenePolicy,
    ScenesPolicy,
    SceneWords,
    Tactic,
)


def load(root: Path, tree: Loader) -> Practice:
    """Return the practice under `root`. Raise ContentErrors with every fault."""
    loader = tree.at(root / "policy" / f"{POLICY}.toml").alone()
    words_loader = loader.at(root / "content" / LANGUAGE / f"{PRACTICE}.toml")
    policy, words = loader.try_read(ScenesPolicy), words_loader.try_read(PracticeWords)
    loader.raise_if_any()
    assert policy is not None
    assert words is not None
    _check_tactics(policy, words, loader, words_loader)
    method = render(words.method, loader.lexicon)
    words_loader.check_marks(method, "method")
    words_loader.check_links(method.links, "method")
    folder = words_loader.path.parent / "scenes"
    for file in sorted(folder.glob("*.toml")):
        if file.stem not in policy.scenes:
            allowed = f"[scenes.{file.stem}] in {loader.path.name}"
            loader.at(file).fault("file", f"no policy for the scene {file.stem!r}", allowed)
    scenes: dict[str, Scene] = {}
    for id, entry in policy.scenes.items():
        if id in RESERVED:
            loader.fault(f"scenes.{id}", "a reserved word", f"any id but {', '.join(sorted(RESERVED))}")
        with loader.collect():
            tactic = words.tactics.get(entry.tactic) if entry.tactic else None
            scenes[id] = _scene(entry, tactic, loader.at(folder / f"{id}.toml").alone())
    loader.raise_if_any()
    sources = tuple(loader.lexicon.sources[id] for id in method.citations)
    return Practice(words, policy.version, policy.order, scenes, method.html, sources)


def _check_tactics(policy: ScenesPolicy, words: PracticeWords, loader: Loader, words_loader: Loader) -> None:
    """Check that policy, words and scenes name the same tactics."""
    used = {scene.tactic for scene in policy.scenes.values()} - {None}
    for id, scene in policy.scenes.items():
        loader.check_known([scene.tactic], policy.tactics, f"scenes.{id}", "tactic")
    for id in policy.tactics:
        if id not in used:
            loader.fault("tactics", f"no scene shows {id!r}")
    words_loader.check_words(words.tactics, policy.tactics, "tactics", "tactic")


def _scene(policy: ScenePolicy, tactic: Tactic | None, loader: Loader) -> Scene:
    """Return one scene. Its notes and its explanation are read in that order, so that a word is explained once."""
    loader.check_id()
    words = loader.read(SceneWords)
    messages: list[Message] = []
    cues: list[CueWords] = []
    senders = list(dict.fromkeys(message.sender for message in words.messages))
    for position, message in enumerate(words.messages):
        pieces, found = _marked(message, len(cues) + 1, loader.below(f"messages.{position}.cues"))
        cues += found
        text, card_title, card_host = pieces
        tint = senders.index(message.sender) % TINTS
        messages.append(Message(message.sender, message.role, message.code, text, card_title, card_host, tint))
    if not cues:
        loader.fault("messages", "no cue", "one cue or more: what gives it away, or why it is fine")
    sources = loader.cited(words.sources)
    link = Link.of(words.to)
    loader.check_links([link], "to")
    html = _explained(cues, words.explanation, loader)
    loader.raise_if_any()
    return Scene(
        id=loader.path.stem,
        number=policy.number,
        kind=policy.kind,
        tactic=tactic,
        words=words,
        messages=tuple(messages),
        cues=tuple(Cue(number, cue.mark, html[number - 1]) for number, cue in enumerate(cues, 1)),
        explanation_html=html[-1],
        next_address=link.address,
        sources=sources,
    )


def _explained(cues: list[CueWords], explanation: str, loader: Loader) -> list[str]:
    """Return the notes of the cues and the explanation as HTML, in that order."""
    glossed: list[str] = []
    html = []
    for where, text in [*((f"cue {cue.mark!r}", cue.note) for cue in cues), ("explanation", explanation)]:
        line = loader.line(text, where, glossed)
        if line.citations:
            loader.fault(where, "cites a source", "the key sources")
        glossed = line.terms
        html.append(line.html)
    return html


def _marked(message: MessageWords, first: int, loader: Loader) -> tuple[list[tuple[Piece, ...]], list[CueWords]]:
    """Return the fields of a message in pieces, and its cues in reading order, numbered from `first`."""
    fields = message.fields
    found: list[tuple[int, int, CueWords]] = []
    for cue in message.cues:
        count = sum(field.count(cue.mark) for field in fields)
        if count == 1:
            [(number, field)] = [(number, field) for number, field in enumerate(fields) if cue.mark in field]
            found.append((number, field.find(cue.mark), cue))
        else:
            allowed = "words that stand exactly once in the message"
            loader.fault("", f"the mark {cue.mark!r} stands {count} times", allowed)
    found.sort(key=lambda place: place[:2])
    owners = [[0] * len(field) for field in fields]
    for cue_number, (number, start, cue) in enumerate(found, first):
        place = slice(start, start + len(cue.mark))
        if any(owners[number][place]):
            loader.fault("", f"the mark {cue.mark!r} begins inside another", "marks side by side")
        owners[number][place] = [cue_number] * len(cue.mark)
    pieces = [tuple(Piece(*each) for each in stretches(*field)) for field in zip(fields, owners, strict=True)]
    return pieces, [cue for _, _, cue in found]
