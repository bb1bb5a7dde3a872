"""Chinese full-text search from static files; knows nothing of the generator.

How a generator uses it
-----------------------
1. For every page that can be found make a `SearchRecord` (plain text, see `search.records`), or, where a digest
   is cheaper than the text, a `RecordSource` whose ``load`` returns it. Records stream: only those of one batch
   are in memory at a time.
2. Call ``build(records, out_dir, options, cache_dir)``. ``out_dir`` is the search folder and belongs to the index
   alone; it also receives ``search.js`` and ``search.css``. Given the same ``out_dir`` and ``cache_dir`` again,
   only what differs is written, and the result is byte for byte that of a clean build.
3. Publish: either let ``out_dir`` be the published folder (say ``public/search``), or keep it in the cache and
   copy ``report.changed`` and delete ``report.removed``. ``report.files`` maps every path to its digest, for the
   manifest of what the site owns.

Options that are the site's: `Options.layout` (``files``; ``packed`` for ``file://`` and hosts that limit file
counts; ``both`` for a kiosk edition), synonyms, hot words, telephone, catalogue page, favoured kinds.

The page
--------
Any page may hold the search, at any depth::

    <form action="…catalogue…" method="get" role="search"><input name="q" …><button>搜索</button></form>
    <div data-module="search" data-index="../search/" data-root="../"></div>
    <script src="../search/search.js" defer></script>

``data-index`` is the search folder, ``data-root`` the site's root, both relative to the page; without them the
script's own folder and the folder above it. Without JavaScript the form goes to its action. Class names are
``search-…``; `client/search.css` is a proposal that uses the theme's custom properties.

A box elsewhere (home page, header) is a form whose action is the search page. For suggestions there, call
``yangguang.search.suggestions(input, yangguang.search.open(folder), pick)``.

The door for scripts and tests: ``yangguang.search.open(baseUrl)``, see FORMAT.md section 12.

In the terminal: `search.terminal.Terminal(out_dir).query(text)` runs the same scripts in an embedded engine;
`search.selftest.failures(...)` is the build's own check.
"""

from typing import TYPE_CHECKING, Any

from search.options import Options
from search.records import Answer, Link, RecordSource, SearchRecord, Section, record_digest, source_of

if TYPE_CHECKING:
    from search.builder import BuildReport, build

__all__ = [
    "Answer",
    "BuildReport",
    "Link",
    "Options",
    "RecordSource",
    "SearchRecord",
    "Section",
    "build",
    "record_digest",
    "source_of",
]


def __getattr__(name: str) -> Any:
    """Load the builder, and with it numpy, only when it is used: most commands do not build an index."""
    if name in ("BuildReport", "build"):
        from search import builder

        return getattr(builder, name)
    raise AttributeError(name)
