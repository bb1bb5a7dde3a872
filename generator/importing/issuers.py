"""Names of issuing bodies (发文机关): what such a name looks like, and where several stand together."""

from __future__ import annotations

import re
from typing import Final

_ENDINGS: Final = [
    "政府",
    "办公厅",
    "办公室",
    "委员会",
    "常委会",
    "党委",
    "市委",
    "省委",
    "区委",
    "县委",
    "工委",
    "纪委",
    "中央",
    "军委",
    "发展改革委",
    "民委",
    "编委",
    "编办",
    "委办",
    "委",
    "部",
    "厅",
    "局",
    "院",
    "署",
    "总署",
    "总局",
    "海关",
    "海事",
    "法院",
    "检察院",
    "银行",
    "总行",
    "支行",
    "分行",
    "中心",
    "指挥部",
    "领导小组",
    "联席会议",
    "管理处",
    "处",
    "总队",
    "支队",
    "大队",
    "所",
    "大学",
    "学院",
    "总公司",
    "公司",
    "集团",
    "协会",
    "总会",
    "联合会",
    "基金会",
    "理事会",
    "街道",
    "委会",
    "社",
    "总工会",
    "妇联",
    "残联",
    "团委",
    "库",
    "台",
    "站",
]
_NAME: Final = re.compile(rf"[\u4e00-\u9fff·（）]{{1,30}}(?:{'|'.join(_ENDINGS)})")
_STATE: Final = re.compile(r"中华人民共和国(?=[\u4e00-\u9fff]{2,})")
_TITLE: Final = re.compile(
    r"(?P<bodies>[\u4e00-\u9fff、（）\s·]{2,80}?)(?:关于|批转|转发|印发|发布|对(?=全国|十|第))"
)
_OTHERS: Final = re.compile(r"等(?:[一二三四五六七八九十\d]+个?)?(?:部门|单位|委局|部委)$")
_NO_BODY: Final = re.compile(r"有关|各|相关|本")


def is_body(text: str) -> bool:
    """Whether the text is the name of one public body."""
    return bool(_NAME.fullmatch(text)) and not _NO_BODY.match(text)


def without_state(name: str) -> str:
    """Leave out the country before a ministry's name, as official short forms do."""
    return _STATE.sub("", name) if name.startswith("中华人民共和国") else name


def bodies_in(text: str) -> tuple[str, ...]:
    """Return the bodies a line names, separated by 、, commas or spaces; empty if a part is no body's name."""
    parts = [part for part in re.split(r"[、，,;；\s]+", text.strip()) if part]
    if not parts or not all(is_body(part) for part in parts):
        # Letter-spaced names (国 务 院) and names broken by one blank are single ones.
        squeezed = re.sub(r"\s+", "", text)
        return (without_state(squeezed),) if is_body(squeezed) else ()
    return tuple(dict.fromkeys(without_state(part) for part in parts))


def issuer_of_title(title: str) -> tuple[tuple[str, ...], bool]:
    """Return the bodies that a title opens with, and whether it hides others behind 等部门."""
    match = _TITLE.match(title)
    if not match:
        return (), False
    named = match["bodies"].strip()
    shortened = _OTHERS.sub("", named)
    return bodies_in(shortened), shortened != named
