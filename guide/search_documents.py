"""Search documents of the guide: its pages, split at their headings."""

from core.search.documents import CUT, Document, DocumentKind, DocumentPart, joined, make_document, plain
from guide.pages import Page
from guide.procedures import Procedure


def of_page(page: Page) -> Document:
    """Return a page of the guide, split at its headings, with the words of what is embedded."""
    parts: list[DocumentPart] = []
    anchor, heading, text = "", "", [plain(page.answer_html)]
    for block in page.blocks:
        if block.kind == "procedure":
            text += of_procedure(page.procedures[block.content])
        elif block.kind == "channel":
            channel = page.channels[block.content]
            text += [channel.name, channel.number, channel.purpose]
        else:
            position = 0
            for cut in CUT.finditer(block.content):
                text.append(plain(block.content[position : cut.start()]))
                parts.append(DocumentPart(anchor, heading, joined(text)))
                anchor, heading, text, position = cut.group(1), plain(cut.group(2)), [], cut.end()
            text.append(plain(block.content[position:]))
    parts.append(DocumentPart(anchor, heading, joined(text)))
    return Document(
        page.address, DocumentKind.PAGE, page.title, plain(page.answer_html), tuple(parts), page.front.summary
    )


def of_poster() -> Document:
    """Return the document of the printed poster."""
    line = "一张 A4 纸，写着什么不能给、该打哪个电话，打印出来贴在楼里、家里。"
    return make_document(DocumentKind.PAGE, "/poster/", "海报", line, (), "打印 宣传 贴在楼道 给老人看")


def of_procedure(it: Procedure) -> list[str]:
    """Return the searchable words of a procedure."""
    labels = [" › ".join(leg.labels) for leg in it.legs]
    return [it.title, it.stops, it.before, *labels, *it.actions, *it.search, *it.also]
