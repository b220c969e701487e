"""Search documents of the quizzes."""

from collections.abc import Iterator, Mapping
from functools import partial

from core.content.rendered import Link
from core.search.documents import Document, DocumentKind, make_document
from quizzes.engine.quiz import Quiz
from quizzes.practice.scenes import Practice

_document = partial(make_document, DocumentKind.CHECK)
_WORTH = "值得吗 划算吗 砍价值不值 花时间"
_QUIZ = "自查 测一测 测试 有没有风险 风险高不高"
_MESSAGE = "这条短信是不是骗人的 这句话是真的吗 消息可疑 帮我看看"
_PRACTICE = "练习 练练 测试 考考我"


def of_quizzes(quizzes: Mapping[str, Quiz], practice: Practice) -> Iterator[Document]:
    """Yield the quizzes, the practice, and how each is worked out."""
    yield _document("/quizzes/", "自查", "看看自己的做法里，哪里要先处理。")
    yield _document("/quizzes/worth-it/", "值不值，算一算", "填几个数，看一小时换多少钱。", words=_WORTH)
    for quiz in quizzes.values():
        address, words = Link("quiz", quiz.id).address, quiz.words
        yield _document(address, words.title, words.summary, words.intro, _QUIZ)
        yield _document(f"{address}method/", f"{words.title}：怎么算的", "", words.limits)
    yield _document("/check/", "看一句话", "把别人发来的话、短信、链接贴进来，看看哪里不对。", words=_MESSAGE)
    yield _document("/check/method/", "看一句话：怎么看的", "它照什么看，看不出什么。")
    yield _document("/quizzes/practice/", practice.title, practice.words.summary, practice.words.intro, _PRACTICE)
    yield _document("/quizzes/practice/method/", "练一练怎么来的", "", [practice.method_html])
