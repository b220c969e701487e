"""The parts of a stylesheet are joined in order when it is found or collected, and are no files of their own."""

from pathlib import Path

from django.contrib.staticfiles import finders

from core.stylesheets import CSS, SHEETS, StaticFinder, compact, parts


def test_joins_the_parts_of_both_folders_in_the_order_of_their_names() -> None:
    joined = Path(str(finders.find("css/checklist.css"))).read_text(encoding="utf-8")
    files = parts("checklist")
    places = [joined.index(compact(file.read_text(encoding="utf-8"))) for file in files]
    assert places == sorted(places)
    assert {file.parent.name for file in files} == {"shared", "checklist"}


def test_every_folder_of_parts_belongs_to_a_stylesheet() -> None:
    assert {folder.name for folder in CSS.iterdir()} == {folder for folders in SHEETS.values() for folder in folders}


def test_collects_the_joined_stylesheet_and_not_its_parts() -> None:
    collected = [path for path, _ in StaticFinder().list(None)]
    assert len(collected) == len(set(collected))
    assert {"css/site.css", "css/poster.css", "js/site.js"} <= set(collected)
    assert not [path for path in collected if path.startswith("css/") and path.count("/") > 1]


def test_finds_other_files_where_they_are() -> None:
    assert finders.find("js/site.js") == str(CSS.parent / "js" / "site.js")


def test_leaves_out_comments_white_space_and_last_semicolons() -> None:
    css = '/* Of\n day */\n:root {\n  --night: ;\n}\n\n.a b::before {\n  content: "✓ ";\n}\n'
    assert compact(css) == ':root{--night: ;}.a b::before{content:"✓ "}'
