"""Code of a project's own, named in ``site.yml``: Markdown extensions and template filters.

An object is named as ``module:object``. The module is a file in the project's folder of extensions or an installed
package. It must be a pure function of what it is given, as everything in a build is; its source is part
of what pages are made from, so that a change makes them anew.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import msgspec

from generator.diagnostics import Problem
from generator.digest import digest_value

MISTAKES: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    ImportError,
    LookupError,
    NameError,
    NotImplementedError,
    OSError,
    RecursionError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What code that we have not written may raise; anything else is a defect of Python or of ours."""

_NAME: Final = re.compile(r"(?P<module>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*):(?P<object>[A-Za-z_]\w*)", re.ASCII)
_FILTER: Final = re.compile(r"[a-z_][a-z0-9_]*", re.ASCII)


class Extensions(msgspec.Struct, frozen=True):
    """Which extensions a project has; small enough to go to every worker.

    Attributes:
        folder: Absolute path of the project's own modules.
        markdown: Names of Markdown extensions, in the order in which they are added.
        filters: Name in templates and name of the function.
        digest: Of all source that was found, empty without extensions.
    """

    folder: str = ""
    markdown: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    digest: bytes = b""

    @property
    def markup_digest(self) -> bytes:
        """What converted bodies depend on."""
        return self.digest if self.markdown else b""


class Loaded(msgspec.Struct, frozen=True):
    """The objects themselves."""

    markdown: tuple[Any, ...] = ()
    filters: Mapping[str, Callable[..., Any]] = {}


NO_EXTENSIONS: Final = Extensions()
_loaded: dict[bytes, Loaded] = {b"": Loaded()}
_folders: set[str] = set()
"""The folder that this process imports from; a process that turns to another project leaves the first."""


def loaded(extensions: Extensions) -> Loaded:
    """Return the objects, imported once in each process; `read_extensions` has shown that they can be."""
    if extensions.digest not in _loaded:
        with _importing(extensions.folder):
            found = Loaded(
                tuple(_made(_object(name)) for name in extensions.markdown),
                {name: _object(target) for name, target in extensions.filters},
            )
        _loaded[extensions.digest] = found
    return _loaded[extensions.digest]


def read_extensions(
    folder: Path, markdown: Sequence[str], filters: Mapping[str, str]
) -> tuple[Extensions, list[Problem]]:
    """Import what ``site.yml`` names, and say what cannot be used.

    Args:
        folder: Where the project keeps its own modules; need not exist.

    Returns:
        Extensions without those that failed, and problems whose fields are paths below ``extensions``.
    """
    if not markdown and not filters:
        return NO_EXTENSIONS, []
    names = [(f"extensions.markdown.{index}", name) for index, name in enumerate(markdown)]
    names += [("extensions.filters", name) for name in filters.values()]
    problems = [
        Problem(
            "extensions.filters",
            "bad-extension",
            f"过滤器的名称“{name}”不能用在模板里",
            "只用小写英文字母、数字和下划线，例如 wan_yuan",
        )
        for name in filters
        if not _FILTER.fullmatch(name)
    ]
    _forget(str(folder))
    files: set[Path] = {path for path in folder.rglob("*.py") if path.is_file()}
    with _importing(str(folder)):
        for field, name in names:
            try:
                files.update(_sources(name, folder))
                _check(name, is_filter=field.endswith("filters"))
            except MISTAKES as error:
                problems.append(_problem(field, name, error, folder))
    stamps = [(path.name, path.read_bytes()) for path in sorted(files)]
    digest = digest_value((tuple(markdown), sorted(filters.items()), stamps))
    if problems:
        return NO_EXTENSIONS, problems
    return Extensions(str(folder), tuple(markdown), tuple(sorted(filters.items())), digest), []


class _Unusable(ValueError):
    """An object was found but is not what it should be; the text says why, in Chinese."""


def _check(name: str, *, is_filter: bool) -> None:
    found = _object(name)
    if is_filter:
        if not callable(found):
            raise _Unusable("不是函数")
    elif not hasattr(_made(found), "extendMarkdown"):
        raise _Unusable("不是 Python-Markdown 的扩展（没有 extendMarkdown）")


def _object(name: str) -> Any:
    match = _NAME.fullmatch(name)
    if not match:
        raise _Unusable("写法不对，应当是“模块:对象”，例如 biaoji:Biaoji")
    return getattr(importlib.import_module(match["module"]), match["object"])


def _made(found: Any) -> Any:
    """Return an extension: the object itself, or what it makes when called."""
    return found() if isinstance(found, type) or not hasattr(found, "extendMarkdown") else found


def _sources(name: str, folder: Path) -> Iterator[Path]:
    """Yield the source files of a module outside the project's folder, with those of its whole package."""
    match = _NAME.fullmatch(name)
    if not match:
        return
    top = match["module"].partition(".")[0]
    module = importlib.import_module(match["module"])
    beside = folder / f"{top}.py", folder / top
    if not _lies_in(module, str(folder)) and any(path.exists() for path in beside):
        raise _Unusable(f"“{top}”与已安装的模块重名，给自己的文件换一个名字")
    package = sys.modules[top]
    places = [*getattr(package, "__path__", ())]
    for place in places:
        yield from (path for path in Path(place).rglob("*.py") if path.is_file())
    if not places and package.__file__:
        yield Path(package.__file__)


def _problem(field: str, name: str, error: Exception, folder: Path) -> Problem:
    if isinstance(error, _Unusable):
        reason = str(error)
    elif isinstance(error, ModuleNotFoundError):
        reason = f"没有找到模块 {error.name}"
    elif isinstance(error, AttributeError) and name.partition(":")[2] in str(error):
        reason = f"模块里没有 {name.partition(':')[2]}"
    else:
        line = _line_of(error, str(folder))
        reason = f"{type(error).__name__}: {error}" + (f"（{line}）" if line else "")
    return Problem(
        field,
        "bad-extension",
        f"扩展“{name}”不能使用：{reason}",
        f"把 .py 文件放进 {folder.name} 文件夹，或安装所需的包；写成“模块:对象”",
    )


def _line_of(error: Exception, folder: str) -> str:
    """Return file and line of the project's own code where an error arose."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{Path(error.filename).name} 第 {error.lineno} 行"
    place = ""
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(folder):
            place = f"{Path(file).name} 第 {trace.tb_lineno} 行"
        trace = trace.tb_next
    return place


@contextlib.contextmanager
def _importing(folder: str) -> Iterator[None]:
    """Let modules of a folder be found, after all installed ones; leave no bytecode beside the sources."""
    for other in _folders - {folder}:
        _forget(other)
        sys.path.remove(other)
        _folders.discard(other)
    if folder not in _folders:
        sys.path.append(folder)
        _folders.add(folder)
    importlib.invalidate_caches()
    before = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


def _forget(folder: str) -> None:
    """Drop the project's modules, so that a process that stays reads them anew."""
    for name, module in list(sys.modules.items()):
        if _lies_in(module, folder):
            del sys.modules[name]


def _lies_in(module: ModuleType, folder: str) -> bool:
    file = getattr(module, "__file__", None)
    return isinstance(file, str) and Path(file).is_relative_to(folder)
