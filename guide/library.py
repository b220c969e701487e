"""Everything that the guide knows, read once, linked and checked."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from guide.contentfile import AnyModel, ContentError, Faults, build, listed, read_page, read_toml
from guide.current import Current
from guide.markup import Lexicon, render, render_line
from guide.pages import FrontMatter, Page
from guide.procedures import App, Procedure
from guide.sources import Channel, Section, Source, Term

LANGUAGE = "zh-hans"
CONTENT = Path(__file__).parent / "content"

#: Words that stand in addresses beside a slug, and so can't be one.
RESERVED = frozenset({"search", "feed", "index", "en"})


@dataclass(frozen=True)
class Library:
    """The guide's content by id; `aliases` holds older slugs, each with the slug that answers now."""

    sections: dict[str, Section]
    sources: dict[str, Source]
    channels: dict[str, Channel]
    terms: dict[str, Term]
    apps: dict[str, App]
    procedures: dict[str, Procedure]
    pages: dict[str, Page]
    aliases: dict[str, str]

    @property
    def lexicon(self) -> Lexicon:
        return Lexicon(self.sources, self.channels, self.terms)

    @cached_property
    def shelves(self) -> list[tuple[Section, list[Page]]]:
        """The sections that have pages, each with its pages, in reading order."""
        shelves = [
            (section, [page for page in self.pages.values() if page.section is section])
            for section in self.sections.values()
        ]
        return [(section, pages) for section, pages in shelves if pages]

    def neighbours(self, page: Page) -> tuple[Page | None, Page | None]:
        """The pages before and after `page` in reading order."""
        order = [shelved for _, pages in self.shelves for shelved in pages]
        position = order.index(page)
        return (order[position - 1] if position else None), (order[position + 1] if position + 1 < len(order) else None)


def load(root: Path) -> Library:
    """The guide's content under `root`. Raises ContentErrors with every fault found."""
    faults = Faults()
    sections = read_entries(root / "sections.toml", Section, faults)
    sections = dict(sorted(sections.items(), key=lambda item: item[1].order))
    sources = read_entries(root / "sources.toml", Source, faults)
    channels = read_entries(root / "channels.toml", Channel, faults)
    terms = read_entries(root / "terms.toml", Term, faults)
    for channel in channels.values():
        check_known(channel.sources, sources, root / "channels.toml", f"{channel.id}.sources", "source", faults)
    apps, procedures = _procedures(root / "procedures", sources, faults)
    lexicon = Lexicon(sources, channels, terms)
    pages = _pages(root / "pages", sections, lexicon, procedures, faults)
    aliases = _aliases(pages, root, faults)
    faults.raise_if_any()
    return Library(sections, sources, channels, terms, apps, procedures, pages, aliases)


def fingerprint(*roots: Path) -> str:
    """Eight characters that change when any content file under `roots` does."""
    digest = hashlib.sha256()
    for root in roots:
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:8]


def read_entries(path: Path, model: type[AnyModel], faults: Faults, key: str = "") -> dict[str, AnyModel]:
    """The tables of a TOML file as models by id; with `key`, those under that key."""
    entries: dict[str, AnyModel] = {}
    with faults.collect():
        tables = read_toml(path)
        tables = tables.get(key, {}) if key else tables
        for id, table in tables.items():
            with faults.collect():
                if not isinstance(table, dict):
                    raise ContentError(path, id, f"not a table, saw {table!r}", "[id] and its keys")
                entries[id] = build(model, {"id": id, **table}, path, f"{key}.{id}" if key else id)
    return entries


def check_known(ids: Iterable[str], known: Iterable[str], path: Path, where: str, kind: str, faults: Faults) -> None:
    """A fault for each of `ids` that is not among the `known` ones of its kind."""
    for id in ids:
        if id not in known:
            faults.add(path, where, f"unknown {kind} {id!r}", listed(set(known)))


def _procedures(
    folder: Path, sources: dict[str, Source], faults: Faults
) -> tuple[dict[str, App], dict[str, Procedure]]:
    """One file an app: its name and caveat under [app], its procedures under [procedures.<id>]."""
    apps: dict[str, App] = {}
    procedures: dict[str, Procedure] = {}
    for path in sorted(folder.glob("*.toml")):
        with faults.collect():
            tables = read_toml(path)
            app = apps[path.stem] = build(App, {"id": path.stem, **tables.pop("app", {})}, path, "app")
            for id, table in tables.pop("procedures", {}).items():
                if id in procedures:
                    faults.add(path, id, f"procedure {id!r} stands twice", "each id once")
                with faults.collect():
                    cited = table.pop("sources", [])
                    check_known(cited, sources, path, f"procedures.{id}.sources", "source", faults)
                    table["sources"] = [sources[name] for name in cited if name in sources]
                    procedures[id] = build(Procedure, {"id": id, "app": app, **table}, path, f"procedures.{id}")
            if tables:
                faults.add(path, "file", f"unknown tables {listed(tables)}", "app, procedures")
    return apps, procedures


def _pages(
    folder: Path, sections: dict[str, Section], lexicon: Lexicon, procedures: dict[str, Procedure], faults: Faults
) -> dict[str, Page]:
    pages: list[Page] = []
    paths: dict[str, Path] = {}
    for path in sorted(folder.glob("*/*.md")):
        with faults.collect():
            page = _page(path, sections, lexicon, procedures)
            if page.id in paths:
                raise ContentError(path, "file", f"the slug {page.id!r} is that of {paths[page.id]}", "each slug once")
            paths[page.id] = path
            pages.append(page)
    for page in pages:
        inside = [link.id for link in page.links if link.kind == "page"]
        check_known(inside, paths, paths[page.id], "links", "page", faults)
    return {page.id: page for page in sorted(pages, key=lambda page: (page.section.order, page.front.order))}


def _page(path: Path, sections: dict[str, Section], lexicon: Lexicon, procedures: dict[str, Procedure]) -> Page:
    faults = Faults()
    slug, folder = path.stem, path.parent.name
    data, body = read_page(path)
    front = build(FrontMatter, data, path, "front matter")
    check_known([folder], sections, path, "folder", "section", faults)
    if slug in RESERVED:
        faults.add(path, "file", f"the slug {slug!r} is reserved", f"any but {listed(RESERVED)}")
    answer, rendered = render_line(front.answer, lexicon), render(body, lexicon)
    embedded = {kind: [b.content for b in rendered.blocks if b.kind == kind] for kind in ("procedure", "channel")}
    check_known(embedded["procedure"], procedures, path, "body", "procedure", faults)
    if answer.citations:
        faults.add(path, "front matter.answer", "cites a source", "citations in the body")
    for where, part in (("front matter.answer", answer), ("body", rendered)):
        for what, allowed in part.faults:
            faults.add(path, where, what, allowed)
    faults.raise_if_any()
    return Page(
        id=slug,
        section=sections[folder],
        front=front,
        answer_html=answer.html,
        blocks=tuple(rendered.blocks),
        headings=tuple(rendered.headings),
        sources=tuple(lexicon.sources[id] for id in rendered.citations),
        links=(*answer.links, *rendered.links, *(step.link for step in front.next)),
        procedures={id: procedures[id] for id in embedded["procedure"]},
        channels={id: lexicon.channels[id] for id in embedded["channel"]},
    )


def _aliases(pages: dict[str, Page], root: Path, faults: Faults) -> dict[str, str]:
    """Older slugs, each with the page that answers for it now."""
    aliases: dict[str, str] = {}
    for page in pages.values():
        for alias in page.front.aliases:
            if alias in pages or alias in aliases:
                faults.add(root, f"aliases of {page.id}", f"{alias!r} is taken", "an id that no page has or had")
            aliases[alias] = page.id
    return aliases


#: The real content. `current()` gives it.
current = Current(lambda: load(CONTENT / LANGUAGE))
