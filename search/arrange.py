"""Documents to segments: what of the last build's texts, postings and shards is still right, and the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from search import runs, state
from search.blocks import Block, block_of, cut, tag_of
from search.crew import Crew
from search.gather import FRESH, Errand, Origin, gather, text_paths
from search.manifest import name_of
from search.output import Output
from search.records import RecordSource
from search.segment import Encoding, Family, Segment, encode, encodings, touched
from search.shards import DELTA_LAYOUT, capacity, plan
from search.state import Known, Remembered
from search.tokenize import tables

DELTA_DOCUMENTS: Final = 32
"""Documents are numbered by date; the last, fewer than this, form the delta segment."""

_MOST_CHANGED: Final = 96
"""Changed documents beyond which it is not worth asking which shards they touch."""

_DOCUMENTS_WORTH_A_WORKER: Final = 400


class Half(msgspec.Struct):
    """A segment as it shall be.

    Attributes:
        blocks: Of its documents; the delta has at most one.
        first: Number of its first document among all; `is_delta` says which segment.
        segment: Known once all postings are stored.
        totals: Of its postings.
    """

    blocks: list[Block]
    first: int
    is_delta: bool
    segment: Segment
    totals: runs.Totals


class Arrangement:
    """The two segments of one build.

    Attributes:
        base: The base segment, ``delta`` the delta.
        documents: In numbering order.
        complete: Whether every shard of the base was written.
    """

    def __init__(
        self,
        sources: list[RecordSource],
        before: Remembered | None,
        output: Output,
        stored: Path,
        salt: bytes,
    ) -> None:
        """Prepare the arrangement of documents.

        Args:
            sources: In numbering order.
            before: The last build, if it may be brought up to date.
            stored: Folder of the blocks' postings.
            salt: Names the program: what another stored is not touched.
        """
        self._sources = sources
        self._before = before
        self._output = output
        self._stored = stored
        count = len(sources) // DELTA_DOCUMENTS * DELTA_DOCUMENTS
        self._base_count = count
        rest = sources[count:]
        blocks = cut(sources[:count], salt)
        last = [block_of(rest, 0, len(rest), salt)] if rest else []
        tag = tag_of([source.id for source in sources[:count]])
        delta_tag = tag_of([source.id for source in rest])
        nothing = runs.total([])
        base = Segment(tag.hex(), tag, plan(nothing.loads, 0), capacity(count))
        delta = Segment("d", delta_tag, DELTA_LAYOUT, capacity(DELTA_DOCUMENTS), deflated=True)
        self.base = Half(blocks, 0, False, base, nothing)
        self.delta = Half(last, count, True, delta, nothing)
        self.documents: list[Known] = []
        self.complete = False

    def write(self, crew: Crew) -> None:
        """Write texts and shards that differ."""
        self._gather(crew)
        for half in (self.base, self.delta):
            half.totals = runs.total([runs.head(self._run(block)) for block in half.blocks])
        layout = plan(self.base.totals.loads, self.base.totals.characters)
        self.base.segment = msgspec.structs.replace(self.base.segment, layout=layout)
        parts = np.array([each.parts for each in self.documents], dtype=np.uint8)
        self.complete = self._shards(crew, self.base, parts[: self._base_count])
        self._shards(crew, self.delta, parts[self._base_count :])

    # Texts and postings.

    def _gather(self, crew: Crew) -> None:
        """Load what is new of every block."""
        places = [(half, block) for half in (self.base, self.delta) for block in half.blocks]
        known, origins = self._origins()
        errands = [self._errand(half, block, origins) for half, block in places]
        wanted = [each for each in errands if each.origins]
        fresh = sum(not origin.prefix for each in wanted for origin in each.origins)
        if wanted:
            tables()  # made once, before processes fork
        for done in crew.run(gather, wanted, is_large=fresh >= _DOCUMENTS_WORTH_A_WORKER):
            self._output.written(done.texts)
            known |= {(each.id, each.digest): each for each in done.documents}
        self.documents = [known[source.id, source.digest] for source in self._sources]
        for half, block in places:
            documents = self.documents[half.first + block.start : half.first + block.end]
            for prefix, document in zip(self._texts(half, block)[0], documents, strict=True):
                self._output.keep(text_paths(prefix, document.parts))

    def _run(self, block: Block) -> Path:
        return self._stored / state.run_name(block.key)

    def _texts(self, half: Half, block: Block) -> tuple[list[str], list[bytes]]:
        """Return the prefix of each document's text files, and what they are bound to."""
        size = block.end - block.start
        if half.is_delta:
            names = [name_of(source.id) for source in self._sources[half.first :]]
            return [f"d/t/{name}" for name in names], [bytes.fromhex(name) for name in names]
        return [f"t/{block.tag.hex()}/{number}" for number in range(size)], [block.tag] * size

    def _origins(self) -> tuple[dict[tuple[str, bytes], Known], dict[tuple[str, bytes], Origin]]:
        """Return what the last build knows of documents, and where it left them."""
        known: dict[tuple[str, bytes], Known] = {}
        origins: dict[tuple[str, bytes], Origin] = {}
        before = self._before
        if before is None:
            return known, origins
        rest = before.blocks[-1].end if before.blocks else 0
        places = [(block, block.start, False) for block in before.blocks]
        places += [(block, rest, True) for block in before.delta]
        for block, first, is_delta in places:
            path = self._run(block)
            if not path.is_file():
                continue
            stored = str(path)
            for number in range(block.end - block.start):
                each = before.documents[first + number]
                prefix = f"d/t/{name_of(each.id)}" if is_delta else f"t/{block.tag.hex()}/{number}"
                known[each.id, each.digest] = each
                origins[each.id, each.digest] = Origin(prefix, stored, number, each.parts)
        return known, origins

    def _errand(self, half: Half, block: Block, origins: dict[tuple[str, bytes], Origin]) -> Errand:
        """Return what is to be done for a block; without origins if that is nothing."""
        first = half.first + block.start
        sources = self._sources[first : half.first + block.end]
        prefixes, tags = self._texts(half, block)
        come_from = [origins.get((source.id, source.digest), FRESH) for source in sources]
        run = self._run(block)
        if run.is_file() and [each.prefix for each in come_from] == prefixes:
            return Errand(first, "", [], [], [])
        return Errand(first, str(run), come_from, prefixes, tags)

    # Shards.

    def _shards(self, crew: Crew, half: Half, parts: npt.NDArray[np.uint8]) -> bool:
        """Write a segment's shards that differ; return whether that was all."""
        if not half.blocks:
            return True
        families: tuple[Family, ...] = ("grams", "characters")
        paths = {family: half.segment.paths(family) for family in families}
        files = [(str(self._run(block)), block.start) for block in half.blocks]
        wanted = self._touched(half)
        if wanted is None:
            tasks = list(encodings(half.segment, files, parts, half.totals))
        else:
            for family in families:
                chosen = wanted[family]
                self._output.keep(path for number, path in enumerate(paths[family]) if number not in chosen)
            tasks = [
                Encoding(half.segment, family, files, parts.tobytes(), sorted(wanted[family]))
                for family in families
                if wanted[family]
            ]
        is_large = wanted is None and len(parts) >= _DOCUMENTS_WORTH_A_WORKER
        for done in crew.run(encode, tasks, is_large=is_large):
            self._output.written(done)
        return wanted is None

    def _touched(self, half: Half) -> dict[Family, set[int]] | None:
        """Return the shards of a segment that differ from the last build's; nothing if all may."""
        before = self._before
        if before is None:
            return None
        old_blocks = before.delta if half.is_delta else before.blocks
        if [block.tag for block in old_blocks] != [block.tag for block in half.blocks]:
            return None
        if not half.is_delta and (before.base, before.layout) != (half.segment.tag, half.segment.layout):
            return None
        changed = [(old, new) for old, new in zip(old_blocks, half.blocks, strict=True) if old.key != new.key]
        found: dict[Family, set[int]] = {"grams": set(), "characters": set()}
        documents = 0
        for old, new in changed:
            numbers = self._changed(before, half, new)
            documents += len(numbers)
            if documents > _MOST_CHANGED or not self._run(old).is_file():
                return None
            one, other = runs.load(self._run(old)), runs.load(self._run(new))
            grown = [number for number, is_grown in numbers.items() if is_grown]
            for family, shards in touched(half.segment, one, other, list(numbers), grown).items():
                found[family] |= shards
        return found

    def _changed(self, before: Remembered, half: Half, block: Block) -> dict[int, bool]:
        """Return the documents of a block that differ, and whether they have more or fewer parts now."""
        size = block.end - block.start
        first = len(before.documents) - size if half.is_delta else block.start
        old = before.documents[first : first + size]
        new = self.documents[half.first + block.start :][:size]
        return {
            number: one.parts != other.parts
            for number, (one, other) in enumerate(zip(old, new, strict=True))
            if one.digest != other.digest
        }
