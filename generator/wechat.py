"""An article for a WeChat official account (公众号; domain/05, S-72): HTML to paste, and what to upload by hand.

The editor of such accounts keeps inline styles and drops classes, ids, scripts and links that leave the platform,
and it takes pictures only from its own store. So styles stand on each element, links become words whose addresses
are listed at the end, and every picture is a marked place with its file laid beside the page.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import msgspec

from generator.config import SiteGroup
from generator.diagnostics import Diagnostic, EnvironmentProblem, Severity, has_errors
from generator.intake import slug_of
from generator.kinds import KIND_BY_NAME, RECORD_KIND_BY_NAME
from generator.load import load_document
from generator.markup import ResolvedImage, ResolvedLink, convert, scan
from generator.plan.graphics import graphic_view, graphic_words
from generator.validate import Document, validate_document

FOLDER: Final = ".yangguang-wechat"
LONGEST_TITLE: Final = 64
LONGEST_SUMMARY: Final = 120
"""What the platform takes, in characters."""

_INK: Final = "color:#181d22;"
_CELL: Final = "border:1px solid #b9c4cb;padding:6px 8px;text-align:left;vertical-align:top;"
STYLES: Final = {
    "p": "margin:0 0 16px;font-size:16px;line-height:1.75;text-align:justify;" + _INK,
    "h2": "margin:28px 0 14px;padding-left:10px;border-left:4px solid #154d7a;font-size:18px;line-height:1.5;" + _INK,
    "h3": "margin:22px 0 12px;font-size:17px;line-height:1.5;" + _INK,
    "h4": "margin:18px 0 10px;font-size:16px;line-height:1.5;" + _INK,
    "ul": "margin:0 0 16px;padding-left:1.4em;font-size:16px;line-height:1.75;" + _INK,
    "ol": "margin:0 0 16px;padding-left:1.6em;font-size:16px;line-height:1.75;" + _INK,
    "li": "margin:0 0 6px;",
    "blockquote": "margin:0 0 16px;padding:10px 14px;border-left:4px solid #b9c4cb;background:#eef3f6;",
    "table": "width:100%;margin:0 0 16px;border-collapse:collapse;font-size:14px;line-height:1.6;" + _INK,
    "caption": "padding:0 0 6px;font-size:14px;font-weight:bold;text-align:left;",
    "th": _CELL + "background:#eef3f6;font-weight:bold;",
    "td": _CELL,
    "strong": "font-weight:bold;",
    "em": "font-style:italic;",
}  # fmt: skip
"""Elements that stay, with the style each carries; of others only the content stays."""
_BARE: Final = frozenset({"thead", "tbody", "tr", "sup", "sub", "br", "hr"})
_SPANS: Final = ("colspan", "rowspan")
_VOID: Final = frozenset({"br", "hr", "img"})
_NOTE: Final = "display:block;margin:0 0 16px;padding:16px;border:1px dashed #626d75;text-align:center;font-size:14px;color:#434c54;"
_CHARTS: Final = re.compile("\ufdd4[0-9]+\ufdd4")


class Article(msgspec.Struct, frozen=True):
    """What was exported: the folder, the page in it, and what the person at the editor must do."""

    folder: Path
    page: Path
    pictures: tuple[str, ...]
    notes: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def export_article(group: SiteGroup, name: str, today: str) -> Article | tuple[Diagnostic, ...]:
    """Write the article of a content file, or return the errors that stand in the way.

    Args:
        name: Path of the file, relative to the project or absolute.

    Raises:
        EnvironmentProblem: If there is no such content file.
    """
    source_path = _content_file(group, name)
    document, body, problems = _read(group, source_path)
    if document is None or has_errors(problems):
        return tuple(problems)
    folder = Path(group.root) / FOLDER / f"{document.kind}-{document.slug}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    writer = _Writer()
    writer.feed(_CHARTS.sub("", _html(document, body, group)))
    poster = _poster(group, document)
    pictures = _copied(
        source_path.parent,
        folder,
        [*writer.pictures, *([document.data["image"]] if document.data.get("image") else [])],
    )
    if poster and poster.is_file():
        shutil.copyfile(poster, folder / "changtu.png")
        pictures = ("changtu.png", *pictures)
    notes = tuple(_notes(group, document, writer, poster, today))
    page = folder / "index.html"
    page.write_text(_page(document, "".join(writer.out), pictures, notes), encoding="utf-8", newline="\n")
    return Article(folder, page, pictures, notes, tuple(problems))


def _content_file(group: SiteGroup, name: str) -> Path:
    for path in (Path(name), Path(group.root) / name):
        found = path.resolve()
        if found.is_file() and found.is_relative_to(group.content_path.resolve()):
            return found
    raise EnvironmentProblem(f"没有这个内容文件：{name}", "写内容目录里一篇的路径，例如 content/news/a.md")


def _read(group: SiteGroup, path: Path) -> tuple[Document | None, str, list[Diagnostic]]:
    shown = path.relative_to(Path(group.root).resolve()).as_posix()
    name = path.relative_to(group.content_path.resolve()).parts[0]
    kind = KIND_BY_NAME.get(name)
    if kind is None or name in RECORD_KIND_BY_NAME:
        remedy = "公众号文章由一篇内容导出，例如要闻、政策解读；表格不能导出"
        return None, "", [Diagnostic(shown, 0, 0, Severity.ERROR, "unknown-kind", "这不是一篇内容", remedy)]
    data = path.read_bytes()
    source, problems = load_document(shown, name, slug_of(shown), data)
    if source is None:
        return None, "", problems
    document, more = validate_document(source, kind, data)
    return document, source.body, [*problems, *more]


def _html(document: Document, body: str, group: SiteGroup) -> str:
    """Return the converted body with what stands above it; of an infographic all that it says in words."""
    references = scan(body)
    images = {item.target: ResolvedImage(item.target) for item in references if item.form == "image"}
    links: dict[tuple[str, str], ResolvedLink | None] = {
        item.key: ResolvedLink(item.target, external=True) for item in references if item.form == "url"
    }
    parts = [
        escape(str(document.data[name])) for name in ("short_answer", "summary") if document.data.get(name)
    ]
    html = "".join(f"<p>{text}</p>" for text in parts[:1])
    if document.data.get("infographic"):
        view = graphic_view(document, document.data.get("summary") or "", "", "")
        words = graphic_words(view, document.data["infographic"].get("alternative") or "")
        html = "".join(f"<p>{escape(line)}</p>" for line in words)
    imported = document.imported
    return (
        html
        + convert(
            body, links=links, images=images, imported=imported, domains=frozenset(group.own_domains)
        ).html
    )


class _Writer(HTMLParser):
    """Writes what the platform keeps; collects pictures and the addresses of links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.pictures: list[str] = []
        self.links: dict[str, None] = {}
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if self._skipped or "external__note" in found.get("class", ""):
            self._skipped += tag not in _VOID
        elif tag == "img":
            self._picture(found)
        elif tag == "a":
            if found.get("href", "").startswith(("https://", "http://")):
                self.links[found["href"]] = None
        elif tag in STYLES:
            spans = "".join(f' {name}="{escape(found[name])}"' for name in _SPANS if name in found)
            self.out.append(f'<{tag}{spans} style="{STYLES[tag]}{_align(found)}">')
        elif tag in _BARE:
            self.out.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif (tag in STYLES or tag in _BARE) and tag not in _VOID:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.out.append(escape(data, quote=False))

    def _picture(self, found: dict[str, str]) -> None:
        name = found.get("src", "").lstrip("\ufdd0")
        self.pictures.append(name)
        words = f"【图 {len(self.pictures)}：{found.get('alt') or name}】上传后插在这里，再删去这一段"
        self.out.append(f'<span style="{_NOTE}">{escape(words)}</span>')


def _align(found: dict[str, str]) -> str:
    for word in ("right", "center"):
        if f"align-{word}" in found.get("class", ""):
            return f"text-align:{word};"
    return ""


def _copied(source: Path, folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Lay the pictures beside the page, numbered in their order."""
    copied = []
    for number, name in enumerate(dict.fromkeys(names), 1):
        file = (source / name).resolve()
        if file.is_file() and file.is_relative_to(source.resolve()):
            shown = f"{number:02}-{file.name}"
            shutil.copyfile(file, folder / shown)
            copied.append(shown)
    return tuple(copied)


def _poster(group: SiteGroup, document: Document) -> Path | None:
    """Return where the build puts the long picture of an infographic."""
    if not document.data.get("infographic"):
        return None
    site = next((site for site in group.sites if site.id == document.home), group.sites[0])
    address = document.url.removesuffix(".html") + "-changtu.png"
    return group.output_path / group.folder_of(site) / address


def _notes(
    group: SiteGroup, document: Document, writer: _Writer, poster: Path | None, today: str
) -> Iterable[str]:
    site = next((site for site in group.sites if site.id == document.home), group.sites[0])
    summary = " ".join(str(document.data.get("summary") or "").split())
    yield f"标题：{document.title}"
    if len(document.title) > LONGEST_TITLE:
        yield f"标题有 {len(document.title)} 个字，平台最多 {LONGEST_TITLE} 个，要压缩"
    yield f"作者：{document.data.get('author') or '、'.join(document.issuer) or site.name}"
    yield f"摘要：{summary[:LONGEST_SUMMARY]}" if summary else "摘要：没有写，平台会取正文开头"
    yield f"原文链接：{group.base_url(site)}{document.url}"
    if document.draft or document.date > today:
        yield "这一篇在网站上还没有发布，先发布网站，再推送"
    if poster and not poster.is_file():
        yield "长图还没有生成：先运行 yangguang build，再导出一次"
    elif poster:
        yield "长图 changtu.png 可以单独作为一条图片消息，也可以插在正文最前面"
    for number, address in enumerate(writer.links, 1):
        yield f"正文里的链接 {number}（平台上打不开，已改成文字）：{address}"
    if document.data.get("attachments"):
        yield "附件不能放进文章，请读者点“阅读原文”下载"


def _page(document: Document, matter: str, pictures: Iterable[str], notes: Iterable[str]) -> str:
    """Return the page: what to copy stands between two lines, what to do after it."""
    listed = "".join(f"<li>{escape(name)}</li>" for name in pictures) or "<li>没有图片</li>"
    todo = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(document.title)}（公众号）</title>\n</head>\n"
        '<body style="max-width:677px;margin:0 auto;padding:16px;font-family:sans-serif">\n'
        "<p>从下一条横线到再下一条横线，全部选中，复制，粘贴到公众号的编辑器里。</p>\n<hr>\n"
        f"<section>{matter}</section>\n<hr>\n"
        f"<h2>要填的</h2>\n<ul>{todo}</ul>\n<h2>要上传的图片</h2>\n<ul>{listed}</ul>\n</body>\n</html>\n"
    )
