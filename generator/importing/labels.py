"""Catalogue data that a source states by label, as in 索 引 号：000014349/2004-00205."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

TITLE: Final = "标题"
NUMBER: Final = "发文字号"
ISSUER: Final = "发文机关"
ISSUED: Final = "成文日期"
PUBLISHED: Final = "发布时间"
EFFECTIVE: Final = "施行日期"
INDEX: Final = "索引号"
SUBJECT: Final = "主题分类"
VALIDITY: Final = "有效性"
KEYWORDS: Final = "关键词"
SOURCE: Final = "来源"
ADDRESS: Final = "来源网址"

_SPELLINGS: Final = {
    TITLE: "标题 名称 信息名称 文件名称 公文名称 信息标题",
    NUMBER: "发文字号 文号 文件编号 发文文号 文件字号",
    ISSUER: "发文机关 发布机构 发布机关 发文单位 颁布单位 发布单位 制发机关 制定机关 公开主体 责任部门",
    ISSUED: "成文日期 成文时间 生成日期 发文日期 颁布日期 印发日期 制定日期 签发日期",
    PUBLISHED: "发布时间 发布日期 公开日期 公开时间 公布日期 日期 时间 发稿时间",
    EFFECTIVE: "施行日期 实施日期 生效日期 执行日期",
    INDEX: "索引号 信息索引号 索引",
    SUBJECT: "主题分类 内容分类 主题 信息分类 公文主题分类",
    VALIDITY: "有效性 时效性 文件状态 信息状态",
    KEYWORDS: "主题词 关键词 关键字",
    SOURCE: "来源 信息来源 稿件来源 文章来源",
}
_LABELS: Final = {
    spelling: label for label, spellings in _SPELLINGS.items() for spelling in spellings.split()
}
_BARE: Final = re.compile(r"[【\[]?([\u4e00-\u9fff\s]{2,12}?)\s*[】\]]?\s*[:：]?\s*")
_WITH_VALUE: Final = re.compile(
    r"(?:[【\[]([\u4e00-\u9fff\s]{2,12}?)[】\]]\s*[:：]?|([\u4e00-\u9fff\s]{2,12}?)\s*[:：])\s*(\S.*)", re.S
)

_NEXT_LABEL: Final = re.compile(r"\s+(?=[\u4e00-\u9fff]{2,6}\s?[:：])")
"""Where the next label begins in a line such as ``来源：本网 日期：2014-04-29``."""


def label_of(segment: str, *, needs_mark: bool = True) -> str:
    """Return the label that the segment is, in its official spelling, or an empty string.

    Args:
        needs_mark: Whether a colon or brackets must show that it is a label, as outside of table cells.
    """
    match = _BARE.fullmatch(segment)
    if not match or (needs_mark and not re.search(r"[:：】\]]\s*$", segment)):
        return ""
    return _LABELS.get(re.sub(r"\s+", "", match[1]), "")


def labelled(segment: str) -> tuple[str, str]:
    """Split ``文号：津政发〔2008〕38号`` into label and value; both empty if it is no such line."""
    match = _WITH_VALUE.fullmatch(segment)
    label = _LABELS.get(re.sub(r"\s+", "", match[1] or match[2]), "") if match else ""
    return (label, match[3].strip()) if match and label else ("", "")


def read_facts(segments: Sequence[str]) -> dict[str, str]:
    """Collect labelled values from texts in reading order: cells, lines, list items; empty cells included.

    A label may stand in its own segment, before its value, or together with it. The first value of a label
    counts, since later ones belong to related documents.
    """
    facts: dict[str, str] = {}
    segments = [part for segment in segments for part in _NEXT_LABEL.split(segment)]
    for position, segment in enumerate(segments):
        label = label_of(segment)
        if label:
            following = segments[position + 1] if position + 1 < len(segments) else ""
            value = "" if label_of(following) or labelled(following)[0] else following
        else:
            label, value = labelled(segment)
        if label and value.strip():
            facts.setdefault(label, value.strip())
    return facts
