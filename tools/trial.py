"""A sheet for trying menu paths on real phones, with people over fifty-five. Writes docs/trial.html, to be printed.

.venv/bin/python -m tools.trial

One A4 page for each of five people, with the same eight paths in another order,
so that the last ones are not always walked by tired hands. What comes of it goes
into the procedures: `seen = ["2026-12-01，Redmi 12，微信8.0.50"]`.
"""

import sys
from html import escape
from pathlib import Path

import guide.library
from guide.procedures import Procedure

SHEET = Path(__file__).resolve().parent.parent / "docs" / "trial.html"
PEOPLE = 5
#: The paths that matter most when something happened, and those of which we are least sure.
PATHS = (
    "wx-password",
    "wx-devices",
    "wx-pay-password",
    "wx-autopay",
    "wx-authorisations",
    "wx-group-adding",
    "pdd-no-password-pay",
    "pdd-pay-later",
)
HEAD = """<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<title>菜单试走记录</title>
<style>
@page { size: A4; margin: 12mm }
body { font: 11pt/1.45 sans-serif; color: #000; background: #fff }
section { break-after: page }
h1 { font-size: 16pt; margin: 0 0 2mm }
p { margin: 1mm 0 }
table { width: 100%; border-collapse: collapse; margin-top: 3mm }
td, th { border: 1px solid #000; padding: 1.5mm 2mm; text-align: left; vertical-align: top }
th { background: #eee }
.path { width: 46% } .result { width: 30% } .says { width: 24% }
small { font-size: 9pt }
</style>
</head>
<body>
"""
INTRODUCTION = """<p>日期＿＿＿＿＿＿　年纪＿＿＿＿　手机型号＿＿＿＿＿＿＿＿＿＿</p>
<p>系统版本＿＿＿＿＿＿＿＿　微信版本＿＿＿＿＿＿＿＿</p>
<p>不写姓名和号码。手机一直在本人手里，本人自己点。陪的人只看，不指。找不到也是结果，不是谁做得不好。</p>
<p>随时可以停。只走到那一页，看一眼就退出来，什么都不改、不关。</p>
"""


def main() -> int:
    SHEET.write_text(sheets(), encoding="utf-8")
    return 0


def sheets() -> str:
    """The whole file: a page a person."""
    procedures = guide.library.current().procedures
    paths = [procedures[id] for id in PATHS]
    pages = [page(number, paths[number:] + paths[:number]) for number in range(PEOPLE)]
    return HEAD + "\n".join(pages) + "</body>\n</html>\n"


def page(number: int, paths: list[Procedure]) -> str:
    rows = "\n".join(row(count, procedure) for count, procedure in enumerate(paths, 1))
    head = '<tr><th class="path">照着点</th><th class="result">走到了吗</th><th class="says">屏幕上写的是</th></tr>'
    title = f"<h1>菜单试走记录 · 第{number + 1}位</h1>"
    return f"<section>\n{title}\n{INTRODUCTION}<table>\n{head}\n{rows}\n</table>\n</section>\n"


def row(count: int, procedure: Procedure) -> str:
    legs = "；".join(f"{leg.start}：{' › '.join(leg.labels)}" for leg in procedure.legs)
    asked = f"<b>{count}. {escape(procedure.title)}</b><br><small>{escape(procedure.app.name)}　{escape(legs)}</small>"
    return f"<tr><td>{asked}</td><td>□ 走到了　□ 名字不一样<br>□ 没有这一项　□ 停在：</td><td></td></tr>"


if __name__ == "__main__":
    sys.exit(main())
