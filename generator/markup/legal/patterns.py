"""How the parts of laws and official documents are written."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from generator.markup.numerals import NUMBER

SECTION_LIMIT: Final = 2000
EXCERPT_LENGTH: Final = 120
SHORT: Final = 40
COMPLAINTS: Final = 200
"""After so many the rest of a body's faults follow from the same cause."""
ENDS: Final = frozenset("。；：，、！？;:,!?.…")

SPACE: Final = r"(?:[ \u3000\u2000-\u200b]|&nbsp;)"
CLAUSE: Final = re.compile(
    rf"(第({NUMBER})条(?:之({NUMBER}))?)(?:{SPACE}+|(?=[【〔（(][^】〕）)]{{1,20}}[】〕）)]))"
)
TIGHT_CLAUSE: Final = re.compile(
    rf"(第({NUMBER})条(?:之({NUMBER}))?)(?![第的规之至到、，,；;。：:及和与或中款项所内以外前后是一])"
)
STRONG_CLAUSE: Final = re.compile(rf"<(strong|b)>(第({NUMBER})条(?:之({NUMBER}))?){SPACE}*</\1>{SPACE}*")
DIVISION: Final = re.compile(rf"第({NUMBER})(编|分编|章|节){SPACE}*(.*)", re.S)
ITEM: Final = re.compile(rf"[（(]({NUMBER})[）)]{SPACE}*")
POINT: Final = re.compile(rf"([0-9０-９]{{1,2}})(?:[．、]|\.(?![0-9])){SPACE}*")
ORDINAL: Final = re.compile(rf"([一二三四五六七八九十]{{1,3}})、{SPACE}*")
DATE: Final = re.compile(
    r"[12]\d{3}年\d{1,2}月\d{1,2}日|二[〇○OＯ零0一]{1,2}[〇○零一二三四五六七八九]{1,2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
ATTACHMENT: Final = re.compile(
    r"附(?:件|表|录|图)?\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})?\s*[:：]?$"
)
ATTACHED: Final = re.compile(r"附件?\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[:：]\s*\S")
ATTACHED_HEADING: Final = re.compile(
    rf"附(?:件|表|录|图)\s*([0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,3}})?(?:\s*[:：]|{SPACE}|$)"
)
ADDRESSEE: Final = re.compile(
    r"(?!.*下列|.*以下).*(?:政府|委|局|厅|部|部门|办|院|室|会|单位|机构|公司|企业|学校|代表|同志|委员|朋友|街道|乡|镇|处|所|站|中心|省|市|县|区|州|盟|旗|队"
    r"|行|社|团|校|组|馆|台|署|司|者|民)(?:[（(][^）)]*[）)])?[:：]"
)
NOTE: Final = re.compile(r"[（(](?:此件|本文有删减|联系人)")
CONTENTS: Final = re.compile(r"目[ \u3000]*(?:录|次)[:：]?$")
SPACED: Final = re.compile(r"^(\S)[ \u3000\u2000-\u200b]+(\S)$")
TAG: Final = re.compile(r"<[^>]*>")

LEVELS: Final = {"编": 0, "分编": 1, "章": 2, "节": 3}
NAMES: Final = {"编": "bian", "分编": "fenbian", "章": "zhang", "节": "jie"}


def is_title(text: str) -> bool:
    return 0 < len(text) <= SHORT and text[-1] not in ENDS and text[0] not in "#（(第一二三四五六七八九十附"


def plain(html: str) -> str:
    """Heading text for a table of contents: no tags, and 总　则 without the inner space."""
    text = html.strip(" \u3000\u2002\u2003")
    if "<" in text or "&" in text:
        text = unescape(TAG.sub("", text)).strip()
    return SPACED.sub(r"\1\2", text)


def heading_text(text: str) -> str:
    return text.lstrip("#").strip()
