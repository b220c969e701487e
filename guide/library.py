"""Load the guide's content once, link it and check it."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from core.content.converter import Lexicon
from core.content.files import ContentError, listed, read_page
from core.content.loader import LANGUAGE, Loader
from core.content.markup import render, render_line
from core.content.rendered import Link, Rendered
from core.content.store import ContentStore
from core.search.index import SearchLexicon
from core.search.intents import Intent
from guide.changes import ChangesFile
from guide.drawings import Drawing, DrawingsFile, Picture, Strip
from guide.pages import Change, FrontMatter, Page, Topics
from guide.procedures import App, AppFile, Cited, Procedure
from guide.sources import Channel, IntentsFile, Pinyin, Section, Source, Synonyms, Term

CONTENT = Path(__file__).parent / "content"
#: Words that no slug may be, because addresses use them.
RESERVED = frozenset({"search", "feed", "index", "en", "terms", "procedures"})


#: The pictures beside links to other kinds of pages than the guide's own.
PICTURES = {
    "case": "bell",
    "checklist": "list",
    "leaving": "leave",
    "quiz": "questions",
    "step": "list",
    "tool": "message",
}


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

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon(self.sources, self.channels, self.terms)

    @cached_property
    def shelves(self) -> list[tuple[Section, list[Page]]]:
        """Return the sections that have pages, each with its pages, in reading order."""
        shelves = [
            (section, [page for page in self.pages.values() if page.section is section])
            for section in self.sections.values()
        ]
        return [(section, pages) for section, pages in shelves if pages]

    @cached_property
    def glossary(self) -> list[tuple[Term, list[Page]]]:
        """Return every term in its file's order, with the pages that use it in reading order."""
        return [(term, [page for page in self.pages.values() if term.id in page.terms]) for term in self.terms.values()]

    def picture(self, link: Link) -> str:
        """Return the name of the picture beside a link: for a page, that of its section."""
        return self.pages[link.id].section.picture if link.kind == "page" else PICTURES[link.kind]

    def neighbours(self, page: Page) -> tuple[Page | None, Page | None]:
        """Return the pages before and after `page` in reading order."""
        order = [shelved for _, pages in self.shelves for shelved in pages]
        position = order.index(page)
        return (order[position - 1] if position else None), (order[position + 1] if position + 1 < len(order) else None)


def load(root: Path) -> GuideLibrary:
    """Read the guide's content under `root`. Raise ContentErrors with every fault found."""
    loader = Loader(root)
    sections = loader.at(root / "sections.toml").entries(Section)
    sections = dict(sorted(sections.items(), key=lambda item: item[1].order))
    sources = loader.at(root / "sources.toml").entries(Source)
    loader = replace(loader, lexicon=Lexicon(sources))
    channels = _channels(loader.at(root / "channels.toml"))
    terms = loader.at(root / "terms.toml").entries(Term)
    apps, procedures = _procedures(root / "procedures", loader)
    drawings = _drawings(loader.at(root / "drawings.toml"))
    pages = _pages(
        root / "pages", sections, procedures, drawings, replace(loader, lexicon=Lexicon(sources, channels, terms))
    )
    aliases = _aliases(pages, loader)
    topics = _topics(pages, loader.at(root / "topics.toml"))
    search_lexicon = _search_lexicon(root, loader)
    changes = loader.at(root / "changes.toml").try_read(ChangesFile)
    loader.raise_if_any()
    assert changes is not None  # else there was a fault
    return GuideLibrary(
        sections, sources, channels, terms, apps, procedures, pages, aliases, search_lexicon, changes.changes, topics
    )


def _search_lexicon(root: Path, loader: Loader) -> SearchLexicon:
    """Return what search knows about words: synonyms, pinyin and intents."""
    synonyms = loader.at(root / "synonyms.toml").try_read(Synonyms)
    pinyin = loader.at(root / "pinyin.toml").try_read(Pinyin)
    path = root / "intents.toml"
    file = loader.at(path).try_read(IntentsFile) if path.is_file() else IntentsFile()
    intents = loader.at(path, "intents").entries(Intent, file.intents) if file else {}
    if not (synonyms and pinyin and file):
        return SearchLexicon()  # there was a fault
    return SearchLexicon(
        tuple(synonyms.groups.values()), pinyin.words, pinyin.syllables, tuple(intents.values()), file.words
    )


def _channels(loader: Loader) -> dict[str, Channel]:
    with loader.collect():
        linked = {}
        for id, table in loader.toml().items():
            linked[id] = table
            if isinstance(table, dict) and "sources" in table:
                named = loader.build(Cited, {"sources": table["sources"]}, id).sources
                linked[id] = {**table, "sources": loader.below(id).cited(named)}
        return loader.entries(Channel, linked)
    return {}


def _procedures(folder: Path, tree: Loader) -> tuple[dict[str, App], dict[str, Procedure]]:
    """Read one file per app: its name and caveat under [app], its procedures under [procedures.<id>]."""
    apps: dict[str, App] = {}
    procedures: dict[str, Procedure] = {}
    for path in sorted(folder.glob("*.toml")):
        loader = tree.at(path)
        with loader.collect():
            loader.check_id()
            file = loader.read(AppFile)
            app = apps[path.stem] = loader.build(App, {"id": path.stem, **file.app}, "app")
            loader = loader.below("procedures")
            linked = {}
            for id, table in file.procedures.items():
                if id in procedures:
                    loader.fault(id, f"procedure {id!r} is defined twice", "a different id for each")
                if "app" in (table.model_extra or {}):
                    loader.fault(f"{id}.app", "the app is the file's name", "no app key")
                named = loader.below(id).cited(table.sources)
                linked[id] = {**(table.model_extra or {}), "app": app, "sources": named}
            procedures |= loader.entries(Procedure, linked)
    return apps, procedures


def _drawings(loader: Loader) -> dict[str, Drawing]:
    """Return the strips and pictures of pages by id. A tree without the file has none."""
    file = loader.try_read(DrawingsFile) if loader.path.is_file() else None
    if file is None:
        return {}
    strips = loader.below("strips").entries(Strip, file.strips)
    pictures = loader.below("pictures").entries(Picture, file.pictures)
    for id in strips.keys() & pictures.keys():
        loader.fault(f"pictures.{id}", "a strip has this id", "each id once")
    return {**strips, **pictures}


def _pages(
    folder: Path,
    sections: dict[str, Section],
    procedures: dict[str, Procedure],
    drawings: dict[str, Drawing],
    tree: Loader,
) -> dict[str, Page]:
    pages: dict[str, Page] = {}
    paths = sorted(folder.glob("*/*.md"))
    tree = tree.knowing(page={path.stem for path in paths})
    for path in paths:
        with tree.collect():
            page = _page(sections, procedures, drawings, tree.at(path).alone())
            if page.id in pages:
                taken = f"the slug {page.id!r} is that of {pages[page.id].path}"
                raise ContentError(path, "file", taken, "each slug once")
            pages[page.id] = page
    for page in pages.values():
        loader = tree.at(page.path)
        loader.check_links(page.links, "links")
        for link in page.links:
            if link.kind == "page" and link.anchor and link.id in pages:
                anchors = [heading.id for heading in pages[link.id].headings]
                loader.check_known([link.anchor], anchors, f"link to {link.id}", "heading")
    return dict(sorted(pages.items(), key=lambda item: (item[1].section.order, item[1].front.order)))


def _page(
    sections: dict[str, Section], procedures: dict[str, Procedure], drawings: dict[str, Drawing], loader: Loader
) -> Page:
    path, lexicon = loader.path, loader.lexicon
    slug, folder = path.stem, path.parent.name
    loader.check_id()
    data, body = read_page(path)
    front = loader.build(FrontMatter, data, "front matter")
    loader.check_known([folder], sections, "folder", "section")
    if slug in RESERVED:
        loader.fault("file", f"the slug {slug!r} is reserved", f"any but {listed(RESERVED)}")
    loader.check_known([front.drawing], drawings, "front matter.drawing", "drawing")
    answer = render_line(front.answer, lexicon)
    due = render_line(front.due, lexicon, glossed=answer.terms) if front.due else Rendered()
    rendered = render(body, lexicon, glossed=answer.terms)
    embedded = {kind: [b.content for b in rendered.blocks if b.kind == kind] for kind in ("procedure", "channel")}
    loader.check_known(embedded["procedure"], procedures, "body", "procedure")
    if answer.citations:
        loader.fault("front matter.answer", "cites a source", "citations in the body")
    loader.check_marks(answer, "front matter.answer")
    loader.check_marks(due, "front matter.due")
    loader.check_marks(rendered, "body")
    loader.raise_if_any()
    return Page(
        id=slug,
        path=path,
        section=sections[folder],
        front=front,
        answer_html=answer.html,
        due_html=due.html,
        blocks=tuple(rendered.blocks),
        headings=tuple(rendered.headings),
        sources=tuple(lexicon.sources[id] for id in rendered.citations),
        links=(*answer.links, *due.links, *rendered.links, *(step.link for step in front.next)),
        terms=tuple(rendered.terms),  # those of the answer among them
        procedures={id: procedures[id] for id in embedded["procedure"]},
        channels={id: lexicon.channels[id] for id in embedded["channel"]},
        drawing=drawings[front.drawing] if front.drawing else None,
    )


def _topics(pages: dict[str, Page], loader: Loader) -> dict[str, str]:
    """Return the topic inventory. A page may name no other topic."""
    with loader.collect():
        topics = loader.build(Topics, {"titles": loader.toml()}).titles
        for page in pages.values():
            loader.at(page.path).check_known(page.front.topics, topics, "front matter.topics", "topic")
        return topics
    return {}


def _aliases(pages: dict[str, Page], loader: Loader) -> dict[str, str]:
    """Return former slugs, each with the page that replaces it."""
    aliases: dict[str, str] = {}
    for page in pages.values():
        for alias in page.front.aliases:
            if alias in pages or alias in aliases or alias in RESERVED:
                allowed = "an id that no page has or had"
                loader.at(page.path).fault("front matter.aliases", f"{alias!r} is taken", allowed)
            aliases[alias] = page.id
    return aliases


#: The real content. `current()` gives it.
current = ContentStore(lambda: load(CONTENT / LANGUAGE))
