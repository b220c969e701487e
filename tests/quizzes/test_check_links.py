"""Links taken apart without opening them."""

import pytest

import quizzes.check.library
from quizzes.check.links import Feature, LinkReader, WebLink

READER = LinkReader(quizzes.check.library.current().library.policy.links)


def found(text: str) -> list[WebLink]:
    return READER.read(text)[0]


def only(text: str) -> WebLink:
    [link] = found(text)
    return link


@pytest.mark.parametrize(
    ("text", "domain", "features"),
    [
        ("https://mobile.yangkeduo.com/goods.html?ps=1", "yangkeduo.com", {Feature.KNOWN}),
        ("www.12306.cn或12306App", "12306.cn", {Feature.KNOWN}),
        ("（https://www.tax.gov.cn/）", "tax.gov.cn", {Feature.KNOWN}),
        ("https://pinduoduo.com.hd-lq.example/zl", "hd-lq.example", {Feature.NAME_IN_FRONT}),
        ("https://ybj.gov.cn.yb-rz.example", "yb-rz.example", {Feature.NAME_IN_FRONT}),
        ("http://10086.jf-dh.example", "jf-dh.example", {Feature.NAME_IN_FRONT}),
        ("https://mobile.yangkedou.example/s", "yangkedou.example", {Feature.RESEMBLES}),
        ("p1nduoduo.com/hb", "p1nduoduo.com", {Feature.RESEMBLES}),
        ("http://alipay-hongbao.cn/lq", "alipay-hongbao.cn", {Feature.RESEMBLES}),
        ("http://www.pinduoduo.com@198.51.100.9/hb", "198.51.100.9", {Feature.USERINFO, Feature.IP}),
        ("http://3325256709/x", "3325256709", {Feature.IP}),
        ("http://192.168.1.1", "192.168.1.1", {Feature.LOCAL}),
        ("http://[2400:3200::1]:8899/a", "[2400:3200::1]", {Feature.IP, Feature.PORT}),
        ("http://[2001:db8::1]/a", "[2001:db8::1]", {Feature.IP}),
        ("看http://[2400:3200::1]。", "[2400:3200::1]", {Feature.IP}),
        ("[http://a-b.example]", "a-b.example", {Feature.UNKNOWN}),
        ("http://[fe80::1]:8899/a", "[fe80::1]", {Feature.LOCAL}),
        ("http://[::ffff:198.51.100.9]/a", "[::ffff:198.51.100.9]", {Feature.IP}),
        ("http://[hd-lq/a", "[hd-lq", {Feature.UNKNOWN}),
        ("https://xn--pinduodu-ubh.example/w", "xn--pinduodu-ubh.example", {Feature.PUNYCODE, Feature.RESEMBLES}),
        ("http://拼好价.com/领", "拼好价.com", {Feature.FOREIGN_SCRIPT}),
        ("http://a-b.example:8899/x", "a-b.example", {Feature.UNKNOWN, Feature.PORT}),
        ("http://a-b.example/lq.APK?x=1", "a-b.example", {Feature.UNKNOWN, Feature.APK}),
        ("ftp://a-b.example/", "a-b.example", {Feature.SCHEME, Feature.UNKNOWN}),
        ("戳t.cn/A6abcd", "t.cn", {Feature.SHORT}),
        ("今日失效：ｘｆｑ.lingqu.top/a", "lingqu.top", {Feature.UNKNOWN}),
        ("shop.github.io/a", "shop.github.io", {Feature.UNKNOWN}),
    ],
)
def test_tells_where_a_link_leads(text: str, domain: str, features: set[Feature]) -> None:
    link = only(text)
    assert (link.domain, set(link.features)) == (domain, features)


@pytest.mark.parametrize(
    "text", ["a@b.com", "自动砍价v3.2.apk", "照片.jpg", "1.2.3", "好的...行", "20.5元", "晚上8:30"]
)
def test_takes_nothing_else_for_a_link(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "ending", [*"。，、；：！？…～”’）》】」』", "。。。", "！！", "）。", "，快点", "（复制打开）"]
)
def test_a_link_ends_where_chinese_punctuation_begins(ending: str) -> None:
    link = only(f"看https://a-b.example/lq?x=1{ending}")
    assert link.before + link.domain + link.after == "https://a-b.example/lq?x=1"


def test_tells_links_apart_that_chinese_punctuation_parts() -> None:
    for mark in "，、；！（":
        assert len(found(f"https://a.example/b{mark}https://c.example/d")) == 2, mark


def test_keeps_the_parts_of_a_link_as_they_stand() -> None:
    text = "点 https://pinduoduo.com.HB-fuli.example/lq.apk 领"
    link = only(text)
    assert link.before + link.domain + link.after == text[link.start : link.end].lower()
    start, end = link.domain_span
    assert text[start:end] == "HB-fuli.example"


def test_knows_which_links_can_be_trusted() -> None:
    assert only("https://mobile.yangkeduo.com/").trusted
    assert not only("https://yangkeduo.com@a-b.example/").trusted
    assert not only("https://a-b.example/").trusted
