"""Old web pages → `RawDocument`: encoding, page furniture, catalogue tables, nested layout tables."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

import lxml.html
from lxml import etree

from generator.importing import labels
from generator.importing.documents import (
    Align,
    Attachment,
    Block,
    ImportedFile,
    Paragraph,
    Picture,
    RawDocument,
)
from generator.importing.errors import UnreadableSource
from generator.importing.layout import SourceCell, settle
from generator.importing.text import clean, paragraphs, squeeze

_NOT_TEXT: Final = ("script", "style", "noscript", "iframe", "object", "embed", "input", "select", "button",
                    "textarea", "canvas", "nav", "template", "link", "meta", "title")  # fmt: skip
_BLOCKS: Final = frozenset(
    [
        "p",
        "div",
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "caption",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "center",
        "blockquote",
        "form",
        "body",
        "html",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "pre",
        "hr",
        "fieldset",
        "address",
        "figure",
        "figcaption",
    ]
)
_CONTENT: Final = re.compile(
    r"(?:^|\s)(?:UCAP-CONTENT|zoom|TRS_Editor|TRS_UEDITOR|Custom_UnionStyle|pages_content|article-?content|art_con(?:tent)?"
    r"|zwxl-article|xxgk_content|bt_content|news_content|con_text|content_text|articleContent|ivs_content|view)(?:\s|$)",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(r"title|biaoti|headline", re.IGNORECASE)
_FURNITURE: Final = re.compile(r"扫一扫|打印本页|关闭窗口|字号|收藏|当前位置|上一篇|下一篇|责任编辑|纠错")
_FILES: Final = frozenset(
    [
        ".doc",
        ".docx",
        ".xls",
        ".xlsx",
        ".pdf",
        ".wps",
        ".et",
        ".ppt",
        ".pptx",
        ".zip",
        ".rar",
        ".7z",
        ".txt",
        ".csv",
        ".ofd",
    ]
)
_IMAGES: Final = frozenset([".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"])
_SPACER: Final = 4
_ENOUGH: Final = 0.8
"""The body of a page is the innermost element that holds this share of its running text."""
_SUPERSCRIPT: Final = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_SUBSCRIPT: Final = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of a page, and a remark if its encoding could only be guessed.

    What a page declares is often wrong; UTF-8 proves itself, since other encodings are practically never
    valid UTF-8. GB 18030 reads GB 2312 and GBK too.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), ""
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", data[:4096], re.IGNORECASE)
    others = ("big5", "gb18030") if declared and declared[1].lower() == b"big5" else ("gb18030",)
    for encoding in ("utf-8", *others):
        try:
            return data.decode(encoding), ""
        except UnicodeDecodeError:
            continue
    fallback = "utf-8" if declared and declared[1].lower().replace(b"-", b"") == b"utf8" else "gb18030"
    text = data.decode(fallback, "replace")
    return text, f"编码有误，{text.count(chr(0xFFFD))} 处文字不能识别，显示为“\ufffd”，请对照原文改正"


def read_html(data: bytes, folder: Path | None = None) -> RawDocument:
    """Read a web page.

    Args:
        folder: Where the page lies; images and attachments are taken from there, if given.

    Raises:
        UnreadableSource: If the page holds no text.
    """
    text, remark = decode(data)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = lxml.html.document_fromstring(text)
    except etree.ParserError:
        raise UnreadableSource("文件是空的", "检查文件是否下载完整") from None
    metas = _metas(root)
    title_element = squeeze(clean(root.findtext(".//title") or ""))
    reader = _Reader(folder)
    reader.strip(root)
    content = _content(root)
    title = _title(root, content, metas, title_element)
    reader.collect_links(root)
    blocks = tuple(reader.blocks(content))
    if not blocks:
        raise UnreadableSource(
            "网页没有文字", "网页可能靠脚本显示正文；在浏览器中打开，把显示的网页另存后再导入"
        )
    facts = metas | labels.read_facts(list(_outside(root, content)))
    remarks = (*([remark] if remark else ()), *reader.remarks())
    return RawDocument(blocks, facts, title, tuple(reader.links), tuple(reader.files.values()), (), remarks)


def _metas(root: etree._Element) -> dict[str, str]:
    """Read the `<meta>` that government sites must carry (国办函〔2017〕…, domain rules on page identification)."""
    names = {
        "articletitle": labels.TITLE,
        "pubdate": labels.PUBLISHED,
        "contentsource": labels.SOURCE,
        "url": labels.ADDRESS,
    }
    found: dict[str, str] = {}
    for node in root.iter("meta"):
        name, content = (node.get("name") or "").lower(), clean(node.get("content") or "").strip()
        if name in names and content:
            found.setdefault(names[name], content)
        elif name == "keywords" and content:
            found["keywords"] = content
    # The site's general keywords stand on every page; those of an article come with its title.
    keywords = found.pop("keywords", "")
    return found | ({labels.KEYWORDS: keywords} if keywords and labels.TITLE in found else {})


class _Reader:
    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._seen: Counter[str] = Counter()
        self._lost_links: list[str] = []
        self._missing_images: list[str] = []
        self.links: list[Attachment] = []
        self.files: dict[str, ImportedFile] = {}

    def remarks(self) -> Iterator[str]:
        if self._seen["hidden"]:
            yield f"网页中隐藏的文字 {self._seen['hidden']} 处没有导入"
        if self._seen["script"]:
            yield f"上标或下标 {self._seen['script']} 处没有对应的字符，按普通文字导入"
        if self._missing_images:
            yield f"图片没有随网页保存，没有导入：{'、'.join(dict.fromkeys(self._missing_images))}"
        if self._lost_links:
            yield f"正文中的超链接只保留了文字：{'、'.join(dict.fromkeys(self._lost_links))}"

    def strip(self, root: etree._Element) -> None:
        """Remove what is no text, and elements that the page hides."""
        etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, *_NOT_TEXT, with_tail=False)
        for node in list(root.iter("*")):
            style = (node.get("style") or "").replace(" ", "").lower()
            if ("display:none" in style or "visibility:hidden" in style) and node.getparent() is not None:
                if node.tag != "img" and len(squeeze(_text(node))) > 20:
                    self._seen["hidden"] += 1
                _drop(node)

    def collect_links(self, root: etree._Element) -> None:
        for node in root.iter("a"):
            target = urlsplit(node.get("href") or "")
            name = PurePosixPath(unquote(target.path)).name
            if PurePosixPath(name).suffix.lower() not in _FILES:
                continue
            text = re.sub(r"\s+", " ", clean(_text(node))).strip() or name
            found = self._beside(target.path, target.netloc)
            self.links.append(Attachment(text, found.name if found else ""))

    def _beside(self, path: str, host: str) -> ImportedFile | None:
        """Take a file that the page refers to, if it was saved with the page."""
        if self._folder is None or host or not path:
            return None
        source = (self._folder / unquote(path)).resolve()
        if not source.is_relative_to(self._folder.resolve()) or not source.is_file():
            return None
        key = source.as_posix()
        if key not in self.files:
            taken = {file.name for file in self.files.values()}
            self.files[key] = ImportedFile(_file_name(source.name, taken), source.read_bytes())
        return self.files[key]

    # --- blocks ------------------------------------------------------------------------------------

    def blocks(self, node: etree._Element, align: Align = "") -> Iterator[Block]:
        """Yield the text of an element block by block."""
        pending: list[str] = []
        align = _align(node) or align
        yield from self._walk(node, pending, align)
        yield from _flush(pending, align)

    def _walk(self, node: etree._Element, pending: list[str], align: Align) -> Iterator[Block]:
        pending.append(_collapse(node.text))
        for number, child in enumerate(node, start=1):
            yield from self._child(child, node, number, pending, align)
            pending.append(_collapse(child.tail))

    def _child(
        self, child: etree._Element, parent: etree._Element, number: int, pending: list[str], align: Align
    ) -> Iterator[Block]:
        tag = child.tag
        if tag == "br":
            pending.append("\n")
        elif tag == "img":
            picture = self._picture(child)
            if picture:
                yield from _flush(pending, align)
                yield picture
        elif tag == "table":
            yield from _flush(pending, align)
            yield from settle([list(self._cells(row)) for row in _rows(child)])
        elif re.fullmatch(r"h[1-6]", str(tag)):
            yield from _flush(pending, align)
            text = " ".join(_collapse(_text(child)).split())
            yield from paragraphs(text, _align(child) or align, int(tag[1]))
        elif tag == "li":
            yield from _flush(pending, align)
            inner = list(self.blocks(child, align))
            mark = f"{number}." if parent.tag == "ol" else "\u2022 "
            if inner and isinstance(inner[0], Paragraph):
                inner[0] = Paragraph(mark + inner[0].text)
            yield from inner
        elif tag in _BLOCKS:
            yield from _flush(pending, align)
            yield from self.blocks(child, align)
        elif tag in ("sup", "sub"):
            text = _collapse(_text(child))
            changed = text.translate(_SUPERSCRIPT if tag == "sup" else _SUBSCRIPT)
            self._seen["script"] += bool(text.strip()) and changed == text
            pending.append(changed)
        else:
            if tag == "a":
                self._note_link(child)
            yield from self._walk(child, pending, _align(child) or align)

    def _note_link(self, node: etree._Element) -> None:
        target = node.get("href") or ""
        path = urlsplit(target).path
        if target.startswith(("http:", "https:")) and PurePosixPath(path).suffix.lower() not in _FILES:
            self._lost_links.append(target)

    def _picture(self, node: etree._Element) -> Picture | None:
        size = [int(text) for name in ("width", "height") if (text := node.get(name) or "").isdigit()]
        target = urlsplit(node.get("src") or "")
        if (size and min(size) <= _SPACER) or not target.path:
            return None
        found = self._beside(target.path, target.netloc)
        if found is None or PurePosixPath(found.name).suffix not in _IMAGES:
            self._missing_images.append(PurePosixPath(target.path).name)
            return None
        return Picture(found.name, " ".join(clean(node.get("alt") or "").split()))

    def _cells(self, row: etree._Element) -> Iterator[SourceCell]:
        for cell in row:
            if cell.tag in ("td", "th"):
                blocks = tuple(self.blocks(cell))
                yield SourceCell(blocks, _span(cell, "colspan"), _span(cell, "rowspan"), cell.tag == "th")


def _text(node: etree._Element) -> str:
    return "".join(str(part) for part in node.itertext())


def _drop(node: etree._Element) -> None:
    """Remove an element but not the text after it."""
    parent, before = node.getparent(), node.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (node.tail or "")
    else:
        parent.text = (parent.text or "") + (node.tail or "")
    node.tail = None
    parent.remove(node)


def _flush(pending: list[str], align: Align) -> Iterator[Block]:
    text = "".join(pending)
    pending.clear()
    yield from paragraphs(text, align)


def _collapse(text: str | None) -> str:
    """Collapse white space as a browser does; blanks that show (fixed and ideographic) stay."""
    return re.sub(r"[ \t\r\n\f]+", " ", text or "")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in child if row.tag == "tr")
        elif child.tag == "caption":
            row = etree.Element("tr")
            cell = etree.SubElement(row, "td")
            cell.text = _text(child)
            yield row


def _span(cell: etree._Element, name: str) -> int:
    text = cell.get(name) or "1"
    return min(int(text), 1000) if text.isdigit() and int(text) else 1


def _align(node: etree._Element) -> Align:
    style = re.search(r"text-align\s*:\s*(\w+)", node.get("style") or "", re.IGNORECASE)
    written = (style[1] if style else node.get("align") or ("center" if node.tag == "center" else "")).lower()
    return "center" if written == "center" else "right" if written in ("right", "end") else ""


def _file_name(name: str, taken: Iterable[str]) -> str:
    """Return a name that every file system holds; Chinese letters stay, since readers see them."""
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix.lower()
    stem = re.sub(r"[^\w\u4e00-\u9fff-]+", "-", stem).strip("-") or "fujian"
    number, result = 1, f"{stem}{suffix}"
    while result in taken:
        number += 1
        result = f"{stem}-{number}{suffix}"
    return result


# --- finding the body and the title ----------------------------------------------------------------


def _content(root: etree._Element) -> etree._Element:
    """Return the element that holds the text: by the usual names, else where most running text is."""
    for node in root.iter("*"):
        if (
            _CONTENT.search(f"{node.get('id') or ''} {node.get('class') or ''}")
            and len(squeeze(_text(node))) > 30
        ):
            return node
    body = root.find(".//body")
    best = body if body is not None else root
    whole = _running_text(best)
    while True:
        inner = next(
            (node for node in best if isinstance(node.tag, str) and _running_text(node) >= whole * _ENOUGH),
            None,
        )
        if inner is None or not whole or inner.tag not in _BLOCKS or inner.tag == "p":
            return best
        best = inner


def _running_text(node: etree._Element) -> int:
    """Count the letters of an element that are not link text."""
    return len(squeeze(_text(node))) - sum(len(squeeze(_text(link))) for link in node.iter("a"))


def _outside(root: etree._Element, content: etree._Element) -> Iterator[str]:
    """Yield the texts of cells and lines around the body, in order, empty cells included."""
    parts: list[str] = []

    def walk(node: etree._Element) -> Iterator[str]:
        if node is content:
            return
        parts.append(node.text or "")
        for child in node:
            breaks = child.tag in _BLOCKS or child.tag in ("br", "span", "b", "strong", "label")
            if breaks:
                yield from emit()
            if child.tag in ("td", "dd") and not _text(child).strip():
                yield ""
            else:
                yield from walk(child)
            if breaks:
                yield from emit()
            parts.append(child.tail or "")

    def emit() -> Iterator[str]:
        text = " ".join(clean("".join(parts)).split())
        parts.clear()
        if text:
            yield text

    yield from walk(root)
    yield from emit()


def _title(root: etree._Element, content: etree._Element, metas: dict[str, str], title_element: str) -> str:
    if metas.get(labels.TITLE):
        return metas[labels.TITLE]
    inside = {*content.iter()}
    for node in root.iter("*"):
        named = node.tag == "h1" or _TITLE.search(f"{node.get('id') or ''} {node.get('class') or ''}")
        if not named or node in inside or node.find(".//*[@id]") is not None:
            continue
        text = " ".join(clean(_text(node)).split())
        if (
            4 < len(text) < 150
            and text[-1] not in ":："
            and not _FURNITURE.search(text)
            and content not in node.iter()
        ):
            return text
    name = re.split(r"[-_|—–]", title_element)[0]
    return name if name and name in squeeze(_text(content))[:400] else ""
