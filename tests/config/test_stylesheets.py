"""The parts of a stylesheet are joined in order when it is found or collected, and are no files of their own."""

from pathlib import Path

from django.contrib.staticfiles import finders

from core.stylesheets import CSS, StaticFinder, compact

PARTS = sorted((CSS / "site").glob("*.css"))


def test_it_joins_the_parts_in_the_order_of_their_names() -> None:
    joined = Path(str(finders.find("css/site.css"))).read_text(encoding="utf-8")
    places = [joined.index(compact(path.read_text(encoding="utf-8"))) for path in PARTS]
    assert places == sorted(places)
    assert len(PARTS) > 20


def test_it_collects_the_joined_stylesheet_and_not_its_parts() -> None:
    collected = [path for path, _ in StaticFinder().list(None)]
    assert len(collected) == len(set(collected))
    assert {"css/site.css", "css/poster.css", "js/site.js"} <= set(collected)
    assert not [path for path in collected if path.startswith("css/site/")]


def test_it_finds_other_files_where_they_are() -> None:
    assert finders.find("css/styleguide.css") == str(CSS / "styleguide.css")


def test_it_leaves_out_comments_white_space_and_last_semicolons() -> None:
    css = '/* Of\n day */\n:root {\n  --night: ;\n}\n\n.a b::before {\n  content: "✓ ";\n}\n'
    assert compact(css) == ':root{--night: ;}.a b::before{content:"✓ "}'
