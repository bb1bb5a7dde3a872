"""The Jinja2 environment: loader, filters, fragments and the closure of a template."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, MutableMapping, Sequence
from contextlib import suppress
from functools import lru_cache, wraps
from pathlib import Path
from types import CodeType
from typing import Any, Final
from urllib.parse import quote

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateRuntimeError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from generator import charts
from generator.digest import digest_bytes, digest_value
from generator.extending import MISTAKES, NO_EXTENSIONS, Extensions, loaded
from generator.fields import day_words
from generator.markup import ROOT_MARK
from generator.paths import leaves
from generator.plan.editions import PORTAL_ONLY
from generator.plan.views import Frame, Page
from generator.program import CACHE_VERSION
from generator.rewriting import linked, qr_code, without_ways_out
from generator.titles import title_parts
from generator.traditional import traditional

_WAY, _PATH = "\ufdd1", "\ufdd2"
"""Stand in a cached fragment for a page's way to the root and its address, which counterparts share."""

MEMORY: Final = 40_000
"""So many results of components are kept by each process."""

_SCHEME: Final = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|#)", re.IGNORECASE)
_CODE: Final = re.compile(r"(?<=[0-9A-Z]{9})/(?=\d)")
"""Where the index number (索引号) of an agency ends: there alone a narrow line may break it."""

_KEPT: Final = re.compile(
    r"[\u4e00-\u9fff]{1,12}〔\d{4}〕\d+号"
    r"|\d{4}年\d{1,2}月\d{1,2}日"
    r"|\d[\d,.]*\s?(?:%|个工作日|万元|亿元|元|个|件|条|份|天|日|岁|周岁|户|人|台|篇|期|小时|分钟|平方米)"
    r"|(?P<phone>(?<![0-9A-Za-z_-])0\d{2,3}-\d{7,8}(?![0-9A-Za-z_-]))"
)


def href(url: str) -> str:
    """Return a link to a site-relative address; `ROOT_MARK` stands for the way to the root until the page is done."""
    return url if not url or _SCHEME.match(url) else ROOT_MARK + url


def _counterpart(way: str) -> str:
    """Return a link to the same page in another edition, whose root lies so far from this one's."""
    return f"{_WAY}{way}{_PATH}"


def _day(text: str) -> str:
    return day_words(text) if len(text) >= 10 else text


@lru_cache(maxsize=8192)
def _keep(text: str) -> Markup:
    """Wrap numbers with their units, dates and document numbers, so that no line breaks inside them.

    Telephone numbers become links; so no link may hold a text that this filter made.
    """
    out: list[str] = []
    end = 0
    for match in _KEPT.finditer(text):
        out.append(_broken(text[end : match.start()]))
        tag, attribute = ("a", f' href="{_phone_href(match["phone"])}"') if match["phone"] else ("span", "")
        out.append(f'<{tag} class="keep"{attribute}>{escape(match.group())}</{tag}>')
        end = match.end()
    out.append(_broken(text[end:]))
    return Markup("".join(out))


def _broken(text: str) -> str:
    return _CODE.sub("/<wbr>", str(escape(text)))


def _asset(urls: Sequence[tuple[str, str]], key: str, name: str) -> str:
    for known, url in urls:
        if known == name:
            return href(url)
    names = "、".join(known for known, _ in urls) or "还没有"
    raise TemplateRuntimeError(f"theme.yml 的 {key} 里没有“{name}”（现有：{names}）")


def _phone_href(text: str) -> str:
    return "tel:" + re.sub(r"[^\d+,]", "", text.replace("转", ","))


def _metas(pairs: Sequence[tuple[str, str]]) -> Markup:
    """Return meta tags; a filter rather than a loop, because every page has up to seventeen."""
    return Markup(
        "\n".join(f'<meta name="{name}" content="{_escape_fast(content)}">' for name, content in pairs)
    )


def _properties(pairs: Sequence[tuple[str, str]]) -> Markup:
    """Return the tags for services where links are shared."""
    return Markup(
        "\n".join(
            f'<meta {"property" if name.startswith("og:") else "name"}="{name}" content="{_escape_fast(content)}">'
            for name, content in pairs
        )
    )


def _thousands(value: Any) -> str:
    return f"{value:,}"


_SPECIAL: Final = re.compile(r"[&<>\"']")


def _escape_fast(value: Any) -> str:
    """Escape as markupsafe does, without making a `Markup` of every text that has nothing to escape.

    Compiled templates only join what they escape; the objects alone cost a third of the rendering time.
    """
    if type(value) is str:
        return str(escape(value)) if _SPECIAL.search(value) else value
    return value if type(value) is Markup else str(escape(value))


class _FastTemplate(Template):
    """A template whose compiled code escapes by `_escape_fast`."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = _escape_fast
        return template


class _FastEnvironment(Environment):
    template_class = _FastTemplate

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        # A plain dict: every component import compares these keys, which is slow on Jinja2's ChainMap.
        return {**self.globals, **(d or {})}


class CompiledTemplates(FileSystemBytecodeCache):
    """Templates compiled by earlier builds, in a folder; where it cannot be written they are compiled each time.

    Jinja2 knows them by their own text alone. What else the compiler puts in, such as the results of filters on
    constants, must be part of the folder's name.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(str(folder))

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


class Templates:
    """Templates of one theme in one edition, ready to render; one per process.

    What lies in a layer, ``templates/<edition>/``, takes the place of templates and components of that name, so that
    whatever an edition does not lay out anew opens in the edition's layout of the normal page.
    """

    def __init__(
        self,
        roots: Sequence[str],
        extensions: Extensions = NO_EXTENSIONS,
        layers: tuple[str, ...] = (),
        compiled: CompiledTemplates | None = None,
    ) -> None:
        self._roots = [Path(root) for root in roots]
        self._extensions = extensions
        self._own = {name: _guarded(name, call) for name, call in loaded(extensions).filters.items()}
        folders = [f"templates/{layer}" for layer in layers]
        self.environment = _FastEnvironment(
            loader=FileSystemLoader(
                [str(root / name) for name in folders for root in self._roots]
                + [str(root / name) for root in self._roots for name in ("templates", ".")]
            ),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=compiled,
        )
        self._page: Page | None = None
        self._name = ""
        self._frame: Frame | None = None
        self._fragments: dict[tuple[str, int, str], str] = {}
        self._memory: dict[Any, Markup] = {}
        self._sources: dict[str, str] = {}
        self._closures: dict[str, bytes] = {}
        filters: dict[str, Callable[..., Any]] = {
            "href": href,
            "day": _day,
            "minute": lambda text: text[:16],
            "month_day": lambda text: text[5:10],
            "year": lambda text: text[:4],
            "thousands": _thousands,
            "phone_href": _phone_href,
            "keep": _keep,
            "icon": lambda name: self._svg("icons", name),
            "art": lambda name: self._svg("art", name),
            "metas": _metas,
            "properties": _properties,
            "chart_svg": lambda chart: Markup(charts.svg(chart)),
            "qr_code": lambda address: Markup(qr_code(address)),
            "chart_notes": charts.notes,
            "chart_rows": charts.table_rows,
            "leaves": self._leaves,
            "title_parts": title_parts,
            "urlquote": lambda text: quote(text, safe=""),
        }
        self.environment.filters.update(filters)
        self.environment.filters.update(self._own)
        self.environment.globals.update(
            {
                "fragment": self._fragment,
                "memo": self._memo,
                "sheet": self._sheet,
                "sheet_url": self._sheet_url,
                "module": self._module,
                "counterpart": _counterpart,
            }
        )

    def render(self, name: str, frame: Frame, page: Page, **values: Any) -> str:
        """Render a template."""
        self._frame, self._page, self._name = frame, page, name
        html = self.environment.get_template(name).render(frame=frame, page=page, **values)
        if frame.is_closed:
            html = without_ways_out(html, frame, page)
        html = linked(html, frame, page.root)
        return traditional(html, frame.exceptions) if frame.language == "zh-Hant" else html

    def forget_frames(self) -> None:
        """Drop fragments: they are kept by the identity of frames, which a later build's frame may have again."""
        self._fragments.clear()

    def _leaves(self, url: str) -> bool:
        assert self._frame is not None
        return leaves(url, self._frame.own_domains)

    def _svg(self, folder: str, name: str) -> Markup:
        key = f"images/{folder}/{name}.svg"
        if key not in self._sources:
            self._sources[key] = _find(self._roots, key).read_text(encoding="utf-8").strip()
        return Markup(self._sources[key])

    def _fragment(self, name: str) -> Markup:
        frame, page = self._frame, self._page
        assert frame is not None and page is not None
        key = (name, id(frame), page.menu_current)
        text = self._fragments.get(key)
        if text is None:
            template = self.environment.get_template(name)
            text = self._fragments[key] = template.render(frame=frame, menu_current=page.menu_current)
        if _WAY in text:
            path = "index.html" if self._name in PORTAL_ONLY else page.path
            text = text.replace(_WAY, page.root).replace(_PATH, path)
        return Markup(text)

    def _sheet(self, name: str) -> Markup:
        """Return the link to a further style sheet of ``theme.yml``, for ``{% block sheets %}``."""
        assert self._frame is not None
        return Markup(f'<link rel="stylesheet" href="{_asset(self._frame.sheet_urls, "sheets", name)}">')

    def _sheet_url(self, name: str) -> str:
        """Return the address of a further style sheet that a script fetches on use."""
        assert self._frame is not None
        return _asset(self._frame.sheet_urls, "sheets", name)

    def _module(self, name: str) -> str:
        """Return the address of a script of ``theme.yml`` that is fetched on use, for a ``data-src``."""
        assert self._frame is not None
        return _asset(self._frame.module_urls, "modules", name)

    def _memo(self, macro: Macro, *arguments: Any) -> Markup:
        """Call a component whose result depends on its arguments alone; the same row stands in many listings."""
        key = (macro._func, arguments)
        if key not in self._memory:
            if len(self._memory) >= MEMORY:
                self._memory.clear()
            self._memory[key] = Markup(macro(*arguments))
        return self._memory[key]

    # --- closure -----------------------------------------------------------------------------------

    def closure(self, name: str) -> bytes:
        """Return the digest of a template with all that it extends, includes, imports and inlines."""
        if name not in self._closures:
            texts: dict[str, str] = {}
            self._collect(name, texts)
            self._closures[name] = digest_bytes(
                "\0".join(f"{key}\0{texts[key]}" for key in sorted(texts)).encode()
            )
        return self._closures[name]

    def _collect(self, name: str, texts: dict[str, str]) -> None:
        if name in texts:
            return
        assert self.environment.loader is not None
        source, _, _ = self.environment.loader.get_source(self.environment, name)
        texts[name] = source
        tree = self.environment.parse(source, name)
        for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
            target = node.template  # type: ignore[attr-defined]
            if not isinstance(target, nodes.Const):
                raise TemplateSyntaxError("模板名要直接写出，不能是变量", node.lineno, name)
            self._collect(target.value, texts)
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "fragment":
                argument = call.args[0]
                if not isinstance(argument, nodes.Const):
                    raise TemplateSyntaxError("fragment 的模板名要直接写出，不能是变量", call.lineno, name)
                self._collect(argument.value, texts)
        for used in tree.find_all(nodes.Filter):
            if used.name in self._own:
                texts[f"filter {used.name}"] = self._extensions.digest.hex()
            if used.name in ("icon", "art"):
                self._collect_pictures("icons" if used.name == "icon" else "art", used, texts)

    def _collect_pictures(self, folder: str, used: nodes.Filter, texts: dict[str, str]) -> None:
        """Add the inlined picture; where its name is computed, all pictures of the folder."""
        if isinstance(used.node, nodes.Const):
            names = [str(used.node.value)]
        else:
            names = sorted(
                {path.stem for root in self._roots for path in (root / "images" / folder).glob("*.svg")}
            )
        for picture in names:
            key = f"images/{folder}/{picture}.svg"
            texts.setdefault(key, _find(self._roots, key).read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def templates_of(
    roots: tuple[str, ...], stamp: bytes, compiled: str, extensions: Extensions, layers: tuple[str, ...]
) -> Templates:
    """Return the templates of a theme whose files are as ``stamp`` says; made once in a process.

    Args:
        compiled: Folder for compiled templates; those of another theme or program are deleted from it.
    """
    folder = Path(compiled, digest_value((CACHE_VERSION, stamp, extensions)).hex())
    for other in folder.parent.glob("*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    own = digest_value((roots, layers)).hex()
    return Templates(roots, extensions, layers, CompiledTemplates(folder / own))


def render_alone(folder: Path, name: str, view: object) -> str:
    """Render a page that belongs to no site, such as a report, from templates of its own; it gets one view."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name).render(view=view)


def _guarded(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a project's own filter, so that whatever it raises is a fault of the template that uses it."""

    @wraps(call)
    def guarded(*arguments: Any, **options: Any) -> Any:
        try:
            return call(*arguments, **options)
        except MISTAKES as error:
            raise TemplateRuntimeError(f"过滤器 {name} 出错：{type(error).__name__}: {error}") from error

    return guarded


def _find(roots: Sequence[Path], name: str) -> Path:
    for root in roots:
        if (root / name).is_file():
            return root / name
    raise FileNotFoundError(name)
