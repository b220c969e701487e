"""Everything that the guide knows, read once, linked and checked."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from core.content.files import ContentError, Faults, build, listed, read_page, read_toml
from core.content.loader import LANGUAGE, build_entries, check_id, check_known, check_links, read_entries, read_table
from core.content.markup import Lexicon, render, render_line
from core.content.store import ContentStore
from core.search.index import SearchLexicon
from core.search.intents import Intent
from guide.changes import ChangesFile
from guide.pages import Change, FrontMatter, Page, Topics
from guide.procedures import App, AppFile, Cited, Procedure
from guide.sources import Channel, IntentsFile, Pinyin, Section, Source, Synonyms, Term, cited

CONTENT = Path(__file__).parent / "content"


#: Words that stand in addresses beside a slug, and so can't be one.
RESERVED = frozenset({"search", "feed", "index", "en", "terms", "procedures"})


@dataclass(frozen=True)
class GuideLibrary:
    """The guide's content by id.

    `aliases` holds older slugs, each with the slug that answers now; `topics` what
    the guide has to cover, for editors.
    """

    sections: dict[str, Section]
    sources: dict[str, Source]
    channels: dict[str, Channel]
    terms: dict[str, Term]
    apps: dict[str, App]
    procedures: dict[str, Procedure]
    pages: dict[str, Page]
    aliases: dict[str, str]
    search_lexicon: SearchLexicon
    changes: tuple[Change, ...]
    topics: dict[str, str] = field(default_factory=dict)

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

    @cached_property
    def glossary(self) -> list[tuple[Term, list[Page]]]:
        """Every term in its file's order, with the pages that use it in reading order."""
        return [(term, [page for page in self.pages.values() if term.id in page.terms]) for term in self.terms.values()]

    def neighbours(self, page: Page) -> tuple[Page | None, Page | None]:
        """The pages before and after `page` in reading order."""
        order = [shelved for _, pages in self.shelves for shelved in pages]
        position = order.index(page)
        return (order[position - 1] if position else None), (order[position + 1] if position + 1 < len(order) else None)


def load(root: Path) -> GuideLibrary:
    """The guide's content under `root`. Raises ContentErrors with every fault found."""
    faults = Faults()
    sections = read_entries(root / "sections.toml", Section, faults)
    sections = dict(sorted(sections.items(), key=lambda item: item[1].order))
    sources = read_entries(root / "sources.toml", Source, faults)
    channels = _channels(root / "channels.toml", sources, faults)
    terms = read_entries(root / "terms.toml", Term, faults)
    apps, procedures = _procedures(root / "procedures", sources, faults)
    lexicon = Lexicon(sources, channels, terms)
    pages = _pages(root / "pages", sections, lexicon, procedures, faults)
    aliases = _aliases(pages, faults)
    topics = _topics(root / "topics.toml", pages, faults)
    search_lexicon = _search_lexicon(root, faults)
    changes = _changes(root / "changes.toml", faults)
    faults.raise_if_any()
    return GuideLibrary(
        sections, sources, channels, terms, apps, procedures, pages, aliases, search_lexicon, changes, topics
    )


def _search_lexicon(root: Path, faults: Faults) -> SearchLexicon:
    """Return what search knows about words: synonyms, pinyin and intents."""
    synonyms = read_table(root / "synonyms.toml", Synonyms, faults)
    pinyin = read_table(root / "pinyin.toml", Pinyin, faults)
    path = root / "intents.toml"
    file = read_table(path, IntentsFile, faults) if path.is_file() else IntentsFile()
    intents = build_entries(file.intents, Intent, path, faults, "intents") if file else {}
    if not (synonyms and pinyin and file):
        return SearchLexicon()  # there was a fault
    return SearchLexicon(
        tuple(synonyms.groups.values()), pinyin.words, pinyin.syllables, tuple(intents.values()), file.words
    )


def _channels(path: Path, sources: dict[str, Source], faults: Faults) -> dict[str, Channel]:
    with faults.collect():
        linked = {}
        for id, table in read_toml(path).items():
            linked[id] = table
            if isinstance(table, dict) and "sources" in table:
                named = build(Cited, {"sources": table["sources"]}, path, id).sources
                linked[id] = {**table, "sources": cited(named, sources, path, f"{id}.sources", faults)}
        return build_entries(linked, Channel, path, faults)
    return {}


def _procedures(
    folder: Path, sources: dict[str, Source], faults: Faults
) -> tuple[dict[str, App], dict[str, Procedure]]:
    """One file an app: its name and caveat under [app], its procedures under [procedures.<id>]."""
    apps: dict[str, App] = {}
    procedures: dict[str, Procedure] = {}
    for path in sorted(folder.glob("*.toml")):
        with faults.collect():
            check_id(path)
            file = build(AppFile, read_toml(path), path)
            app = apps[path.stem] = build(App, {"id": path.stem, **file.app}, path, "app")
            linked = {}
            for id, table in file.procedures.items():
                if id in procedures:
                    faults.add(path, f"procedures.{id}", f"procedure {id!r} stands twice", "each id once")
                if "app" in (table.model_extra or {}):
                    faults.add(path, f"procedures.{id}.app", "the app is the file's name", "no app key")
                named = cited(table.sources, sources, path, f"procedures.{id}.sources", faults)
                linked[id] = {**(table.model_extra or {}), "app": app, "sources": named}
            procedures |= build_entries(linked, Procedure, path, faults, "procedures")
    return apps, procedures


def _pages(
    folder: Path, sections: dict[str, Section], lexicon: Lexicon, procedures: dict[str, Procedure], faults: Faults
) -> dict[str, Page]:
    pages: dict[str, Page] = {}
    paths = sorted(folder.glob("*/*.md"))
    slugs = {path.stem for path in paths}
    for path in paths:
        with faults.collect():
            page = _page(path, sections, lexicon, procedures)
            if page.id in pages:
                taken = f"the slug {page.id!r} is that of {pages[page.id].path}"
                raise ContentError(path, "file", taken, "each slug once")
            pages[page.id] = page
    for page in pages.values():
        check_links(page.links, {"page": slugs}, page.path, "links", faults)
        for link in page.links:
            if link.kind == "page" and link.anchor and link.id in pages:
                anchors = [heading.id for heading in pages[link.id].headings]
                check_known([link.anchor], anchors, page.path, f"link to {link.id}", "heading", faults)
    return dict(sorted(pages.items(), key=lambda item: (item[1].section.order, item[1].front.order)))


def _page(path: Path, sections: dict[str, Section], lexicon: Lexicon, procedures: dict[str, Procedure]) -> Page:
    faults = Faults()
    slug, folder = path.stem, path.parent.name
    check_id(path)
    data, body = read_page(path)
    front = build(FrontMatter, data, path, "front matter")
    check_known([folder], sections, path, "folder", "section", faults)
    if slug in RESERVED:
        faults.add(path, "file", f"the slug {slug!r} is reserved", f"any but {listed(RESERVED)}")
    answer = render_line(front.answer, lexicon)
    rendered = render(body, lexicon, glossed=answer.terms)
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
        path=path,
        section=sections[folder],
        front=front,
        answer_html=answer.html,
        blocks=tuple(rendered.blocks),
        headings=tuple(rendered.headings),
        sources=tuple(lexicon.sources[id] for id in rendered.citations),
        links=(*answer.links, *rendered.links, *(step.link for step in front.next)),
        terms=tuple(rendered.terms),  # those of the answer among them
        procedures={id: procedures[id] for id in embedded["procedure"]},
        channels={id: lexicon.channels[id] for id in embedded["channel"]},
    )


def _topics(path: Path, pages: dict[str, Page], faults: Faults) -> dict[str, str]:
    """The topic inventory; a page may name no other."""
    with faults.collect():
        topics = build(Topics, {"titles": read_toml(path)}, path).titles
        for page in pages.values():
            check_known(page.front.topics, topics, page.path, "front matter.topics", "topic", faults)
        return topics
    return {}


def _aliases(pages: dict[str, Page], faults: Faults) -> dict[str, str]:
    """Older slugs, each with the page that answers for it now."""
    aliases: dict[str, str] = {}
    for page in pages.values():
        for alias in page.front.aliases:
            if alias in pages or alias in aliases or alias in RESERVED:
                faults.add(page.path, "front matter.aliases", f"{alias!r} is taken", "an id that no page has or had")
            aliases[alias] = page.id
    return aliases


def _changes(path: Path, faults: Faults) -> tuple[Change, ...]:
    """What changed on the site itself."""
    with faults.collect():
        return build(ChangesFile, read_toml(path), path).changes
    return ()


#: The real content. `current()` gives it.
current = ContentStore(lambda: load(CONTENT / LANGUAGE))
