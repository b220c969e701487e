"""Check readability: long sentences, blaming words, terms explained too late."""

import re
from collections.abc import Iterable, Iterator, Mapping

from core.content.files import ContentError
from guide.editorial.extraction import Extract
from guide.sources import Term

#: 汉字 in a sentence: the most of any, the most where a hand follows it, and the mean of a page.
LONGEST, LONGEST_TO_DO, MEAN = 60, 25, (13, 22)
#: A page may not have so many sentences of so few 汉字 one after the other: it reads like subtitles.
SHORT, IN_A_ROW = 10, 3
#: Keys whose text a hand follows, by the file or folder that they stand in.
TO_DO = frozenset({"procedures"})
#: Keys that hold labels of others, words to search for, ids and addresses: not our sentences.
NOT_OURS = frozenset({"labels", "also", "search", "url", "to", "topics", "aliases", "number"})
#: Words that blame the reader, or promise what nobody can.
NEVER = ("上当", "贪便宜", "贪小便宜", "贪心", "轻信", "活该", "自找的", "你太傻", "你不该", "谁叫你", "安全了", "您")
#: Words that have become one word everywhere, so that a reader meets one name for one thing.
VARIANTS = {
    "不认得": "不认识",
    "报码": "说出验证码",
    "钱动了": "钱出去了",
    "看住账户": "挂失 or 冻结",
    "收回授权": "取消授权",
    "解除授权": "取消授权",
}

HAN = re.compile(r"[一-鿿]")
MARK = re.compile(r"\[@[a-z0-9-]+\]|\{#[a-z0-9-]+\}|\{(?:procedure|channel):[a-z0-9-]+\}")
LINK = re.compile(r"\[([^\]]*)\]\([a-z]+:[^)]*\)")
TERM = re.compile(r"\{term:([a-z0-9-]+)\}")
#: A menu label, quoted as the screen has it.
LABEL = re.compile(r"「[^」]*」")
#: What a screen or somebody else says, or words to copy: no place to explain a word.
QUOTED = re.compile(r"「[^」]*」|“[^”]*”")
#: A line that goes on where the one before it ended, and begins no list, heading or mark.
WRAPPED = re.compile(r"(?<=[^\n])\n(?=[^\n#>*{\-\d])")
SENTENCE_END = re.compile(r"[。！？\n]+")


def hans(text: str) -> int:
    """Return the number of 汉字 in a text."""
    return len(HAN.findall(text))


def sentences(text: str, terms: Mapping[str, Term]) -> list[str]:
    """Return the sentences of a text as a reader sees them: marks read, each paragraph and item its own."""
    plain = TERM.sub(lambda mark: terms[mark[1]].word if mark[1] in terms else "", LINK.sub(r"\1", MARK.sub("", text)))
    return [sentence.strip() for sentence in SENTENCE_END.split(WRAPPED.sub("", plain)) if sentence.strip()]


def subtitles(text: str, terms: Mapping[str, Term]) -> list[str]:
    """Return the first run of short sentences that has too many. A heading, or a line without 汉字, ends a run."""
    run: list[str] = []
    for sentence in sentences(text, terms):
        if 0 < hans(sentence) <= SHORT and not sentence.startswith("#"):
            run.append(sentence)
            if len(run) == IN_A_ROW:
                return run
        else:
            run = []
    return []


def average(text: str, terms: Mapping[str, Term]) -> float:
    """Return the average number of 汉字 per sentence. A sentence without any (a number alone) is not counted."""
    lengths = [length for length in map(hans, sentences(text, terms)) if length]
    return sum(lengths) / len(lengths) if lengths else 0.0


def explained_late(text: str, terms: Mapping[str, Term]) -> list[str]:
    """Return the terms of a page whose word stands in its sentences before the mark that explains it.

    Headings, quotations, labels and links don't count, nor a word within the word of another term.
    """
    late = []
    for id in dict.fromkeys(TERM.findall(text)):
        if id in terms:
            before = text.partition(f"{{term:{id}}}")[0]
            before = TERM.sub("", QUOTED.sub("", LINK.sub("", MARK.sub("", before))))
            for other in terms.values():
                if other.id != id and terms[id].word in other.word:
                    before = before.replace(other.word, "")
            before = "\n".join(line for line in before.splitlines() if not line.startswith(("#", ">")))
            if terms[id].word in before:
                late.append(id)
    return late


def faults(texts: Iterable[Extract], terms: Mapping[str, Term]) -> Iterator[ContentError]:
    """Return a fault for each text that is too long, blames, varies a word, or explains it after it was used."""
    for text in texts:
        if text.key not in NOT_OURS:
            yield from _words(text)
            yield from _lengths(text, terms)
            if text.where == "body":
                yield from _body(text, terms)


def _words(text: Extract) -> Iterator[ContentError]:
    own = LABEL.sub("", text.text)
    for word in NEVER:
        if word in own:
            yield ContentError(text.path, text.where, f"{word!r} blames or promises", "words that do neither")
    for word, ours in VARIANTS.items():
        if word in own:
            yield ContentError(text.path, text.where, f"{word!r} is another word for {ours}", ours)


def _lengths(text: Extract, terms: Mapping[str, Term]) -> Iterator[ContentError]:
    most = LONGEST_TO_DO if TO_DO & set(text.path.parts) else LONGEST
    for sentence in sentences(text.text, terms):
        if hans(sentence) > most:
            what = f"a sentence of {hans(sentence)} 汉字: {sentence!r}"
            yield ContentError(text.path, text.where, what, f"{most} 汉字 or fewer")


def _body(text: Extract, terms: Mapping[str, Term]) -> Iterator[ContentError]:
    mean, (least, most) = average(text.text, terms), MEAN
    if not least <= mean <= most:
        what = f"sentences of {mean:.1f} 汉字 on average"
        yield ContentError(text.path, text.where, what, f"{least} to {most} 汉字")
    if short := subtitles(text.text, terms):
        what = f"{IN_A_ROW} sentences of {SHORT} 汉字 or fewer in a row: {short!r}"
        yield ContentError(text.path, text.where, what, "sentences that belong together as one")
    for id in explained_late(text.text, terms):
        what = f"{terms[id].word!r} stands before {{term:{id}}}, which explains it"
        yield ContentError(text.path, text.where, what, "the mark at the first use")
