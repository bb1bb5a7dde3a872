"""Word files (.docx) → `RawDocument`.

Read from the XML itself rather than through mammoth, which drops the numbers that Word writes by itself
and merges no vertical cells: in official texts 第一条 and 一、 are such numbers.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Final

import msgspec
from lxml import etree

from generator.importing.documents import Align, Block, ImportedFile, Paragraph, Picture, RawDocument
from generator.importing.errors import UnreadableSource
from generator.importing.layout import SourceCell, settle
from generator.importing.numbering import BULLET, Numbering, W, value
from generator.importing.text import clean, paragraphs

R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PACKAGE: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
UNPACKED_LIMIT: Final = 300_000_000
"""Bytes; a file that unpacks to more is not an official document."""
_SPACER: Final = 4 * 9525
"""An image no wider or higher than four pixels (in EMU) only keeps a distance."""
_SHOWN: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"})
_SUPERSCRIPT: Final = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_SUBSCRIPT: Final = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
FOOTNOTE_MARK: Final = "\ufdd0"
"""Stands before the number of a footnote in running text; a noncharacter, so never in a source."""

_DROPPED: Final = {
    "deleted": "修订中已删除的文字 {} 处没有导入",
    "inserted": "修订中新增的文字 {} 处按定稿导入，请核对是否已经接受",
    "hidden": "隐藏文字 {} 处没有导入",
    "comment": "批注 {} 条没有导入",
    "contents": "自动目录 {} 行没有导入，网页会另行生成目录",
    "box": "文本框 {} 个按正文导入，请核对位置",
    "formula": "公式 {} 处只导入了文字，请核对",
    "symbol": "符号字体的字符 {} 处不能识别，没有导入",
    "spacer": "用来留空的图片 {} 个没有导入",
    "picture": "图片 {} 个的格式网页不能显示或文件缺失，没有导入",
    "script": "上标或下标 {} 处没有对应的字符，按普通文字导入",
}


class _Style(msgspec.Struct, frozen=True):
    name: str = ""
    based_on: str = ""
    number_id: str = ""
    number_level: int | None = None
    outline: int = 0
    align: str = ""
    hidden: bool = False


def read_word(data: bytes) -> RawDocument:
    """Read a .docx file.

    Raises:
        UnreadableSource: If it is no Word package.
    """
    return _Reader(_open(data)).read()


def _open(data: bytes) -> zipfile.ZipFile:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableSource(
            "这是旧版 Word（.doc）或加密的文件", "用 Word 或 WPS 打开，另存为 .docx 后再导入"
        )
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        if sum(entry.file_size for entry in package.infolist()) > UNPACKED_LIMIT:
            raise UnreadableSource("文件解压后过大", "检查文件来源，压缩其中的图片后再导入")
        package.getinfo("word/document.xml")
    except (zipfile.BadZipFile, KeyError):
        raise UnreadableSource(
            "不是有效的 .docx 文件", "用 Word 或 WPS 打开，另存为 .docx 后再导入"
        ) from None
    return package


class _Reader:
    """Walks one document; the counters make it usable once."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        document = self._part("word/document.xml")
        if document is None or (body := document.find(f"{W}body")) is None:
            raise UnreadableSource("Word 文件没有正文", "用 Word 或 WPS 打开，另存为 .docx 后再导入")
        self._body = body
        self._styles = _styles(self._part("word/styles.xml"))
        self._numbering = Numbering(self._part("word/numbering.xml"))
        self._targets = self._relationships()
        self._seen: Counter[str] = Counter()
        self._links: list[str] = []
        self._files: dict[str, ImportedFile] = {}
        self._pictures: list[Picture] = []
        self._boxes: list[etree._Element] = []
        self._footnote_ids: list[str] = []

    def read(self) -> RawDocument:
        blocks = tuple(self._blocks(self._body))
        notes = tuple(self._footnote_texts())
        remarks = [text.format(self._seen[key]) for key, text in _DROPPED.items() if self._seen[key]]
        if self._numbering.unknown_formats:
            remarks.append(
                f"自动编号的样式 {'、'.join(sorted(self._numbering.unknown_formats))} 按阿拉伯数字导入，请核对"
            )
        if self._links:
            remarks.append(f"正文中的超链接只保留了文字：{'、'.join(dict.fromkeys(self._links))}")
        return RawDocument(blocks, files=tuple(self._files.values()), footnotes=notes, remarks=tuple(remarks))

    def _part(self, name: str) -> etree._Element | None:
        try:
            data = self._package.read(name)
        except KeyError:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise UnreadableSource(
                f"Word 文件损坏（{name}）", "用 Word 或 WPS 打开并修复，另存为 .docx 后再导入"
            ) from None

    def _relationships(self) -> dict[str, str]:
        part = self._part("word/_rels/document.xml.rels")
        nodes = part.iterfind(f"{_PACKAGE}Relationship") if part is not None else ()
        return {node.get("Id", ""): node.get("Target", "") for node in nodes}

    # --- blocks ------------------------------------------------------------------------------------

    def _blocks(self, parent: etree._Element) -> Iterator[Block]:
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from settle([list(row) for row in self._rows(child)])
            elif child.tag == f"{W}sdt":
                content = child.find(f"{W}sdtContent")
                if content is not None:
                    yield from self._blocks(content)
            elif child.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
                yield from self._blocks(child)
            elif child.tag in (f"{W}del", f"{W}moveFrom"):
                self._seen["deleted"] += 1

    def _paragraph(self, node: etree._Element) -> Iterator[Block]:
        properties = node.find(f"{W}pPr")
        style = self._style_of(properties)
        label = self._label(properties)
        text = "".join(self._inline(node))
        pictures, self._pictures = self._pictures, []
        boxes, self._boxes = self._boxes, []
        if style.name.lower().startswith("toc ") or style.name.startswith("目录"):
            self._seen["contents"] += 1
            return
        heading = _heading_level(properties, style)
        align = _align(properties, style)
        if text.strip():
            prefix = "" if not label else f"{label} " if label == BULLET else _number_prefix(label)
            yield from paragraphs(prefix + (text.lstrip() if prefix else text), align, heading)
        yield from pictures
        for box in boxes:
            self._seen["box"] += 1
            yield from self._blocks(box)

    def _style_of(self, properties: etree._Element | None) -> _Style:
        return self._styles.get(
            value(properties, "pStyle") if properties is not None else "", self._styles[""]
        )

    def _label(self, properties: etree._Element | None) -> str:
        """Return the automatic number of a paragraph, counting it, or an empty string."""
        style_id = value(properties, "pStyle") if properties is not None else ""
        style = self._styles.get(style_id, self._styles[""])
        own = properties.find(f"{W}numPr") if properties is not None else None
        number_id = (value(own, "numId") if own is not None else "") or style.number_id
        if not number_id or number_id == "0":
            return ""
        level = value(own, "ilvl") if own is not None else ""
        if level:
            index = int(level)
        elif style.number_level is not None:
            index = style.number_level
        else:
            index = self._numbering.level_of_style(number_id, style_id)
        return self._numbering.label(number_id, index)

    def _rows(self, table: etree._Element) -> Iterator[list[SourceCell]]:
        """Yield rows of cells; a cell merged downwards appears once, in its first row."""
        grid: list[list[tuple[int, etree._Element, int, str]]] = []
        for row in _children(table, "tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self._seen["deleted"] += 1
                continue
            column, cells = 0, []
            for cell in _children(row, "tc"):
                span = (
                    int(value(properties, "gridSpan") or 1)
                    if (properties := cell.find(f"{W}tcPr")) is not None
                    else 1
                )
                cells.append((column, cell, span, _vertical(properties)))
                column += span
            grid.append(cells)
        for index, cells in enumerate(grid):
            header = index == 0
            yield [
                SourceCell(
                    tuple(self._blocks(cell)), span, 1 + _rows_below(grid[index + 1 :], column), header
                )
                for column, cell, span, merge in cells
                if merge != "continue"
            ]

    # --- text --------------------------------------------------------------------------------------

    def _inline(self, node: etree._Element) -> Iterator[str]:
        for child in node:
            tag = child.tag
            if tag == f"{W}r":
                yield from self._run(child)
            elif tag in (f"{W}ins", f"{W}moveTo"):
                self._seen["inserted"] += 1
                yield from self._inline(child)
            elif tag in (f"{W}del", f"{W}moveFrom"):
                self._seen["deleted"] += 1
            elif tag == f"{W}hyperlink":
                target = self._targets.get(child.get(f"{R}id", ""), "")
                if target.startswith(("http:", "https:")):
                    self._links.append(target)
                yield from self._inline(child)
            elif tag in (f"{_MATH}oMath", f"{_MATH}oMathPara"):
                self._seen["formula"] += 1
                yield "".join(text for part in child.iter(f"{_MATH}t") if (text := part.text))
            elif tag == f"{W}sdt":
                content = child.find(f"{W}sdtContent")
                if content is not None:
                    yield from self._inline(content)
            elif tag in (f"{W}smartTag", f"{W}fldSimple", f"{W}customXml", f"{W}dir", f"{W}bdo"):
                yield from self._inline(child)

    def _run(self, run: etree._Element) -> Iterator[str]:
        properties = run.find(f"{W}rPr")
        if properties is not None and self._is_hidden(properties):
            self._seen["hidden"] += any((text.text or "").strip() for text in run.iter(f"{W}t"))
            return
        text = "".join(self._run_content(run))
        position = value(properties, "vertAlign") if properties is not None else ""
        if position in ("superscript", "subscript") and FOOTNOTE_MARK not in text:
            changed = text.translate(_SUPERSCRIPT if position == "superscript" else _SUBSCRIPT)
            self._seen["script"] += bool(text.strip()) and changed == text
            text = changed
        yield text

    def _is_hidden(self, properties: etree._Element) -> bool:
        mark = properties.find(f"{W}vanish")
        if mark is not None:
            return mark.get(f"{W}val", "1") not in ("0", "false", "off")
        return self._styles.get(value(properties, "rStyle"), _Style()).hidden

    def _run_content(self, run: etree._Element) -> Iterator[str]:
        for child in run:
            tag = child.tag
            if tag == f"{W}t":
                yield clean(child.text or "")
            elif tag == f"{W}tab":
                yield "\t"
            elif tag in (f"{W}br", f"{W}cr"):
                if child.get(f"{W}type", "textWrapping") == "textWrapping":
                    yield "\n"
            elif tag == f"{W}noBreakHyphen":
                yield "-"
            elif tag == f"{W}sym":
                self._seen["symbol"] += 1
            elif tag == f"{W}footnoteReference":
                self._footnote_ids.append(child.get(f"{W}id", ""))
                yield f"{FOOTNOTE_MARK}{len(self._footnote_ids)}{FOOTNOTE_MARK}"
            elif tag == f"{W}commentReference":
                self._seen["comment"] += 1
            elif tag == f"{W}ruby":
                base = child.find(f"{W}rubyBase")
                if base is not None:
                    yield from self._inline(base)
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                self._graphic(child)
            elif tag == f"{_COMPATIBILITY}AlternateContent":
                # Both alternatives say the same; the first is the newer one.
                yield from self._run_content(child[0]) if len(child) else ()

    def _graphic(self, node: etree._Element) -> None:
        boxes = list(node.iter(f"{W}txbxContent"))
        self._boxes.extend(boxes)
        if not boxes:
            self._picture(node)

    def _picture(self, node: etree._Element) -> None:
        reference = node.find(f".//{_DRAWING}main}}blip")
        extent = node.find(f".//{_DRAWING}wordprocessingDrawing}}extent")
        described = node.find(f".//{_DRAWING}wordprocessingDrawing}}docPr")
        identifier = reference.get(f"{R}embed", "") if reference is not None else ""
        if reference is None and (old := node.find(f".//{_VML}imagedata")) is not None:
            identifier = old.get(f"{R}id", "")
        if extent is not None and min(int(extent.get("cx", 0)), int(extent.get("cy", 0))) <= _SPACER:
            self._seen["spacer"] += 1
            return
        target = self._targets.get(identifier, "")
        path = posixpath.normpath(posixpath.join("word", target)).lstrip("/")
        suffix = posixpath.splitext(path)[1].lower()
        if not target or suffix not in _SHOWN or path not in self._package.namelist():
            self._seen["picture"] += bool(target) or reference is not None
            return
        if path not in self._files:
            self._files[path] = ImportedFile(f"tu-{len(self._files) + 1}{suffix}", self._package.read(path))
        alt = clean(described.get("descr", "")).strip() if described is not None else ""
        self._pictures.append(Picture(self._files[path].name, " ".join(alt.split())))

    def _footnote_texts(self) -> Iterator[str]:
        part = self._part("word/footnotes.xml") if self._footnote_ids else None
        notes = part.iterfind(f"{W}footnote") if part is not None else ()
        nodes = {note.get(f"{W}id", ""): note for note in notes}
        for identifier in self._footnote_ids:
            node = nodes.get(identifier)
            blocks = self._blocks(node) if node is not None else ()
            yield " ".join(block.text for block in blocks if isinstance(block, Paragraph))


def _number_prefix(label: str) -> str:
    return (
        f"{label}\u3000"
        if label.startswith("第")
        else label
        if label.endswith(("、", "）", ")", ".", "．"))
        else f"{label} "
    )


def _children(node: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield rows or cells, also from inside content controls and inserted rows."""
    for child in node:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _children(child, name)


def _vertical(properties: etree._Element | None) -> str:
    merge = properties.find(f"{W}vMerge") if properties is not None else None
    return "" if merge is None else merge.get(f"{W}val", "continue")


def _rows_below(rows: list[list[tuple[int, etree._Element, int, str]]], column: int) -> int:
    """Count the rows into which the cell starting at a column continues."""
    count = 0
    for cells in rows:
        if not any(at == column and merge == "continue" for at, _, _, merge in cells):
            break
        count += 1
    return count


def _align(properties: etree._Element | None, style: _Style) -> Align:
    written = (value(properties, "jc") if properties is not None else "") or style.align
    return "center" if written == "center" else "right" if written in ("right", "end") else ""


def _heading_level(properties: etree._Element | None, style: _Style) -> int:
    written = value(properties, "outlineLvl") if properties is not None else ""
    level = int(written) + 1 if written else style.outline
    return level if level <= 6 else 0


def _styles(part: etree._Element | None) -> dict[str, _Style]:
    """Read the styles with what they inherit; the key of the default paragraph style is also an empty text."""
    own: dict[str, _Style] = {"": _Style()}
    for node in part.iterfind(f"{W}style") if part is not None else ():
        identifier = node.get(f"{W}styleId", "")
        own[identifier] = _own_style(node)
        if node.get(f"{W}type") == "paragraph" and node.get(f"{W}default") in ("1", "true"):
            own[""] = own[identifier]
    return {identifier: _inherited(style, own) for identifier, style in own.items()}


def _own_style(node: etree._Element) -> _Style:
    name = value(node, "name")
    level = value(node, f"pPr/{W}numPr/{W}ilvl")
    outline = value(node, f"pPr/{W}outlineLvl")
    named = name.lower().removeprefix("heading ").removeprefix("标题 ")
    hidden = node.find(f"{W}rPr/{W}vanish")
    return _Style(
        name=name,
        based_on=value(node, "basedOn"),
        number_id=value(node, f"pPr/{W}numPr/{W}numId"),
        number_level=int(level) if level else None,
        outline=int(outline) + 1
        if outline
        else int(named)
        if named.isdigit() and named != name.lower()
        else 0,
        align=value(node, f"pPr/{W}jc"),
        hidden=hidden is not None and hidden.get(f"{W}val", "1") not in ("0", "false", "off"),
    )


def _inherited(style: _Style, styles: dict[str, _Style]) -> _Style:
    seen = {style.based_on}
    parent = styles.get(style.based_on) if style.based_on else None
    while parent is not None:
        style = msgspec.structs.replace(
            style,
            number_id=style.number_id or parent.number_id,
            number_level=parent.number_level if style.number_level is None else style.number_level,
            outline=style.outline or parent.outline,
            align=style.align or parent.align,
        )
        if not parent.based_on or parent.based_on in seen:
            break
        seen.add(parent.based_on)
        parent = styles.get(parent.based_on)
    return style
