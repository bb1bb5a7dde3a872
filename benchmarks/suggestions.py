"""How good the proposals of ``yangguang suggest`` are, by hold-out: ``python -m benchmarks.suggestions [文件.jsonl.gz]``.

Subjects and keywords: each classified document of the sample is left out in turn and proposed from the others.
Duplicates: every policy of the corpus given (JSON Lines with title, doc_number, topic, body_markdown) gets a copy
without number, with another title and without every tenth paragraph; counted are the copies found again and the
pairs found besides, which a person must look at.
"""

# ruff: noqa: T201  # a benchmark prints its table
from __future__ import annotations

import gzip
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import msgspec

from generator.config import load_config
from generator.suggestions.duplicates import duplicates
from generator.suggestions.subjects import Classifier, is_sure, keywords_for, learned_from
from generator.suggestions.texts import Text, features, read_texts

ROOT = Path(__file__).parents[1]


def subjects(texts: Sequence[Text], name: str) -> None:
    """Print how often the right class of the first level is proposed first, or among the first three."""
    known = [text for text in texts if learned_from([text])]
    first = third = sure = right = 0
    for text in known:
        proposals = Classifier(learned_from(other for other in known if other is not text)).propose(
            features(text)
        )
        wanted = text.subject.partition("\\")[0]
        found = [proposal.subject.partition("\\")[0] for proposal in proposals]
        first += found[0] == wanted
        third += wanted in found
        sure += is_sure(proposals)
        right += is_sure(proposals) and found[0] == wanted
    count = len(known)
    print(
        f"主题分类（{name}，{count} 份留一法）：第一个就对 {first / count:.0%}，前三个有 {third / count:.0%}；"
        f"“把握较大” {sure} 份，其中对 {right / max(sure, 1):.0%}"
    )


def keywords(texts: Sequence[Text]) -> None:
    """Print how many of the keywords proposed are those that editors wrote."""
    hits = proposed = 0
    for text in texts:
        if not text.keywords:
            continue
        used = Counter(
            word for other in texts if other is not text for word in set(other.keywords) if len(word) > 1
        )
        starts = defaultdict(list)
        for word in used:
            starts[word[:2]].append(word)
        found = keywords_for(text, starts, used, len(texts))
        proposed += len(found)
        hits += len(set(found) & set(text.keywords))
    print(f"关键词（样例，{len(texts)} 份留一法）：建议 {proposed} 个，编辑正好写了的 {hits / proposed:.0%}")


def copies(texts: list[Text]) -> None:
    """Print recall and the pairs found besides."""
    changed = [
        msgspec.structs.replace(
            text,
            path=f"{text.path}~",
            title=f"转发：{text.title}",
            number="",
            body="\n\n".join(part for index, part in enumerate(text.body.split("\n\n")) if index % 10 != 4),
        )
        for text in texts
    ]
    before = time.process_time()
    alone = len(duplicates(texts))
    pairs = duplicates([*texts, *changed])
    found = sum(pair.second == f"{pair.first}~" or pair.first == f"{pair.second}~" for pair in pairs)
    print(
        f"重复：{len(texts)} 份的改动副本找回 {found / len(texts):.1%}；原有文件之间另报 {alone} 对；"
        f"{time.process_time() - before:.1f} 秒"
    )


def corpus(path: Path) -> list[Text]:
    """Return the policies of a corpus as texts."""
    texts = []
    for line in gzip.decompress(path.read_bytes()).decode().splitlines():
        row = json.loads(line)
        issuer = (row["issuer"],) if row["issuer"] else ()
        number, subject = row["doc_number"] or "", row["topic"] or ""
        texts.append(
            Text(row["id"], "", "policy", row["title"], number, subject, issuer, (), row["body_markdown"])
        )
    return texts


if __name__ == "__main__":
    group, _ = load_config(ROOT)
    assert group is not None
    sample = read_texts(group)
    subjects(sample, "样例")
    keywords(sample)
    for name in sys.argv[1:]:
        rows = corpus(Path(name))
        subjects(rows, Path(name).name)
        copies(rows)
