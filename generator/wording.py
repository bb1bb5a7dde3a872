"""Slips of the pen in official text: impossible dates, stray brackets, wrong words, empty phrases.

Only what is wrong in nearly every place is listed; politics and names of leaders are none of this module's
business, and a site adds its own words. Sources: GB/T 9704-2012 7.2.5 (brackets of document numbers),
《保守国家秘密法》 (secrecy marks), the inspection standard of 2019 (wrong words, columns without content) and
WCAG 2.1 1.3.3 and 2.4.4 (instructions by colour or position, links that say nothing).

`scan` reads every document of every build. All rules are therefore one expression in which every alternative
begins with one rare literal character and looks back from there: the matcher then skips to those characters at
about 6 ns a character, where an expression for each rule would cost that for each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from generator.diagnostics import Severity


class WordRule(msgspec.Struct, frozen=True):
    """A wording to avoid, the right one, and why.

    Attributes:
        right: Empty where only a person can decide.
        unless: Longer words in which the wrong one stands rightly, as 己经 does in 自己经营.
    """

    wrong: str
    right: str = ""
    note: str = ""
    unless: tuple[str, ...] = ()
    severity: Severity = Severity.WARNING


class Finding(msgspec.Struct, frozen=True):
    """One suspicious place in a text.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        replacement: The right text for that span, or empty where only a person can tell.
    """

    start: int
    end: int
    severity: Severity
    code: str
    message: str
    remedy: str
    replacement: str = ""


WORDS: Final = (
    *(
        WordRule(wrong, right)
        for wrong, right in (
            ("座谈会座谈会", "座谈会"),
            ("进一步进一步", "进一步"),
            ("坐谈会", "座谈会"),
            ("截止目前", "截至目前"),
            ("一如继往", "一如既往"),
            ("再接再励", "再接再厉"),
            ("实事求事", "实事求是"),
            ("迫不急待", "迫不及待"),
            ("莫明其妙", "莫名其妙"),
            ("竟聘", "竞聘"),
            ("侯选人", "候选人"),
            ("气侯", "气候"),
            ("通迅", "通讯"),
            ("松驰", "松弛"),
            ("渡假", "度假"),
            ("防碍", "妨碍"),
            ("装璜", "装潢"),
            ("追朔", "追溯"),
            ("幅射", "辐射"),
            ("抵毁", "诋毁"),
            ("针贬", "针砭"),
            ("膺品", "赝品"),
            ("震憾", "震撼"),
            ("寻物启示", "寻物启事"),
            ("招聘启示", "招聘启事"),
            ("征稿启示", "征稿启事"),
            ("既往不究", "既往不咎"),
            ("出奇不意", "出其不意"),
            ("一愁莫展", "一筹莫展"),
            ("走头无路", "走投无路"),
            ("滥芋充数", "滥竽充数"),
            ("名信片", "明信片"),
            ("洁白无暇", "洁白无瑕"),
            ("相形见拙", "相形见绌"),
            ("委屈求全", "委曲求全"),
            ("粗旷", "粗犷"),
            ("融汇贯通", "融会贯通"),
            ("不径而走", "不胫而走"),
            ("鼎立相助", "鼎力相助"),
        )
    ),
    WordRule("布署", "部署", unless=("发布署", "公布署", "颁布署", "分布署", "宣布署")),
    WordRule(
        "按装",
        "安装",
        unless=(
            "按装机",
            "按装配",
            "按装载",
            "按装修",
            "按装备",
            "按装饰",
            "按装卸",
            "按装运",
            "按装置",
            "按装箱",
        ),
    ),
    WordRule("己经", "已经", unless=("自己经", "知己经")),
    WordRule("既使", "即使", unless=("既使用", "既使得")),
    WordRule("竟争", "竞争", unless=("究竟争", "毕竟争")),
    WordRule("竟赛", "竞赛", unless=("究竟赛", "毕竟赛")),
    WordRule("座标", "坐标", unless=("座标准", "座标志", "座标签", "座标识", "插座标", "讲座标")),
    WordRule("编篡", "编纂", unless=("编篡改",)),
    WordRule("脉博", "脉搏", unless=("脉博物", "脉博士", "脉博览")),
)
# Only words that never stand twice by grammar: “本规定规定”, “事业单位单位负责人” are right.
_DOUBLED: Final = frozenset(
    re.findall(
        "..",
        "关于进行以及应当按照根据由于因此但是如果可以必须不得我们他们同志群众加强推进开展落实完善提高提升"
        "促进加快坚持深入积极切实认真全面不断努力继续已经其中其他为了对于问题情况措施",
    )
)


def scan(text: str, extra: Sequence[WordRule] = ()) -> tuple[Finding, ...]:
    """Return the suspicious places of a text, by offset.

    Args:
        text: Markdown or plain text.
        extra: The site's own words, such as former names of departments.
    """
    expression, rules = _compiled(tuple(extra))
    findings = [
        found
        for match in expression.finditer(text)
        if match.lastindex and (found := rules[match.lastindex - 1](text, match))
    ]
    findings += _unbalanced(text)
    findings += _doubled(text)
    return tuple(sorted(findings, key=lambda found: (found.start, found.end))) if findings else ()


# --- one expression for all rules -----------------------------------------------------------------------


class _Rule(NamedTuple):
    """An alternative of the expression.

    Attributes:
        anchor: The literal characters it may begin with.
        tail: What must stand around and behind that character.
        report: Makes the finding, or none if a look at the whole place clears it.
    """

    anchor: str
    tail: str
    report: Callable[[str, re.Match[str]], Finding | None]


# The 200 most frequent characters of statutes and policies, most frequent first: poor anchors.
_FREQUENT: Final = (
    "的人条第行和定应法当十管规有政民以理国者业关部或务门用机工一设会生二保事其作员本不公主地责对三区经在建制产施合可发"
    "安物位府全单等级市资证上动构及处照由为家水中依进自监出所五方四护实品他院下内并权得任提通要时报同成交准查按体标组境"
    "县职期营收学检委款防督六违治件情大服利立共取织运划请企化向备开外计重分技使信据办教项相未律与场活文能案展审代社七申"
    "告程环术予调表年量负改加域议供性批例源电日专车险八道指度受罚个采"
)


@lru_cache(maxsize=8)
def _compiled(
    extra: tuple[WordRule, ...],
) -> tuple[re.Pattern[str], tuple[Callable[[str, re.Match[str]], Finding | None], ...]]:
    rules = [
        _Rule(anchor, rule.tail, rule.report)
        for rule in (*_RULES, *(_word_rule(word) for word in (*extra, *WORDS) if word.wrong))
        for anchor in rule.anchor
    ]
    # The empty group after each alternative says which one matched, without a group around its first letter,
    # which would hide that letter from the matcher's search for possible starts.
    expression = "|".join(f"{re.escape(rule.anchor)}{rule.tail}()" for rule in rules)
    return re.compile(expression), tuple(rule.report for rule in rules)


def _word_rule(word: WordRule) -> _Rule:
    wrong = word.wrong
    place = max(range(len(wrong)), key=lambda index: _FREQUENT.find(wrong[index]) % (len(_FREQUENT) + 1))
    before = f"(?<={re.escape(wrong[: place + 1])})" if place else ""

    def report(text: str, match: re.Match[str]) -> Finding | None:
        start = match.start() - place
        if any(text.startswith(right, max(start - right.find(wrong), 0)) for right in word.unless):
            return None
        advice = f"改为“{word.right}”" if word.right else "请人工核对"
        return Finding(
            start=start,
            end=start + len(wrong),
            severity=word.severity,
            code="wrong-word",
            message=f"“{wrong}”可能有误" + (f"：{word.note}" if word.note else ""),
            remedy=advice,
            replacement=word.right,
        )

    return _Rule(wrong[place], before + re.escape(wrong[place + 1 :]), report)


# --- dates ------------------------------------------------------------------------------------------------

_DATE_END: Final = re.compile(r"(?:([0-9]{4})\s*[年./-]\s*)?([0-9]{1,2})\s*[月./-]\s*([0-9]{1,2})日?$")
_CHINESE_YEAR: Final = re.compile(r"([〇○零一二三四五六七八九]{4})年(?:二|四|六|九|十一)月[^月]*$")
_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_LUNAR: Final = re.compile(r"[农旧阴夏]历|闰")


def _impossible_date(text: str, match: re.Match[str]) -> Finding | None:
    written = _DATE_END.search(text, max(match.start() - 12, 0), match.end())
    if written is None:
        return None
    year, month, day = written.groups()
    reason = _calendar_flaw(int(year) if year else None, int(month), int(day))
    return _date_finding(text, written.start(), match.end(), reason) if reason else None


def _impossible_chinese_date(text: str, match: re.Match[str]) -> Finding | None:
    written = _CHINESE_YEAR.search(text, max(match.start() - 8, 0), match.end())
    year = int(written[1].translate(_DIGITS)) if written else None
    month = {"二": 2, "四": 4, "六": 6, "九": 9}.get(text[match.start() - 1], 11)
    day = {"二十九日": 29, "三十日": 30, "三十一日": 31}[text[match.start() + 1 : match.end()]]
    reason = _calendar_flaw(year, month, day)
    start = written.start() if written else match.start() - (2 if month == 11 else 1)
    return _date_finding(text, start, match.end(), reason) if reason else None


def _calendar_flaw(year: int | None, month: int, day: int) -> str:
    """Return why there is no such day; without a year, the 29th of February exists."""
    if not 1 <= month <= 12:
        return "一年只有12个月"
    if day < 1:
        return "日期从1日起"
    first_of_next = date(year or 2000, month % 12 + 1, 1)
    last = date.fromordinal(first_of_next.toordinal() - 1).day if month < 12 else 31
    return "" if day <= last else f"{f'{year}年' if year else ''}{month}月只有{last}天"


def _date_finding(text: str, start: int, end: int, reason: str) -> Finding | None:
    if _LUNAR.search(text, max(start - 4, 0), end):
        return None
    return Finding(
        start=start,
        end=end,
        severity=Severity.WARNING,
        code="impossible-date",
        message=f"“{text[start:end]}”不是有效日期：{reason}",
        remedy="核对原文后改正",
    )


# --- brackets -----------------------------------------------------------------------------------------------


def _number_brackets(text: str, match: re.Match[str]) -> Finding:
    start = match.start() - (text[match.start() - 1] == "\\")
    written = text[start : match.end()]
    right = re.sub(r"\\?[\[【(（〈［]\s*([0-9]{4})\s*\\?[\]】)）〉］]\s*", r"〔\1〕", written)
    return Finding(
        start=start,
        end=match.end(),
        severity=Severity.WARNING,
        code="document-number-brackets",
        message=f"发文字号“{written}”的年份应当用六角括号",
        remedy=f"改为“{right}”",
        replacement=right,
    )


_PAIRS: Final = (("《", "》", ""), ("（", "）", "()"), ("“", "”", ""), ("〔", "〕", ""))
_LIST_MARK: Final = re.compile(
    r"(?:^|[\s、，。；：）;:,()])(?:[0-9]{1,3}|[A-Za-z]|[一二三四五六七八九十]{1,3}|[①-⑳])$"
)
_REPORTED_BRACKETS: Final = 5


def _unbalanced(text: str) -> Iterator[Finding]:
    for opening, closing, half_width in _PAIRS:
        if text.count(opening) != text.count(closing):
            yield from _unmatched(text, opening, closing, half_width)


def _unmatched(text: str, opening: str, closing: str, half_width: str) -> Iterator[Finding]:
    """Report brackets without a partner; a full-width one may be closed by a half-width one.

    An opening quote at the start of a paragraph continues a quotation of several paragraphs, and “1）” is a
    list mark.
    """
    open_places: list[int] = []
    alone: list[tuple[int, str]] = []
    for match in re.finditer(f"[{opening}{closing}{re.escape(half_width)}]", text):
        place, character = match.start(), match[0]
        if character == opening or character == half_width[:1]:
            if not (character == "“" and open_places and text[place - 1 : place] in ("\n", "　", " ")):
                open_places.append(place)
        elif open_places:
            open_places.pop()
        elif not (opening == "（" and _LIST_MARK.search(text[max(place - 5, 0) : place])):
            alone.append((place, opening))
    alone += [(place, closing) for place in open_places]
    for place, missing in sorted(alone)[:_REPORTED_BRACKETS]:
        around = text[max(place - 6, 0) : place + 7].replace("\n", " ")
        yield Finding(
            start=place,
            end=place + 1,
            severity=Severity.WARNING,
            code="unbalanced-bracket",
            message=f"“{around}”中的 {text[place]} 没有对应的 {missing}",
            remedy=f"补上 {missing}，或者删去多余的 {text[place]}",
        )


# --- fixed phrases --------------------------------------------------------------------------------------------


_PHRASE_REACH: Final = 14


def _phrase(
    code: str, severity: Severity, extent: str, message: str, remedy: str
) -> Callable[[str, re.Match[str]], Finding]:
    """Return a reporter for a phrase that ends with the match and begins where `extent` does."""
    whole = re.compile(f"(?:{extent})$")

    def report(text: str, match: re.Match[str]) -> Finding:
        found = whole.search(text, max(match.start() - _PHRASE_REACH, 0), match.end()) or match
        return Finding(found.start(), match.end(), severity, code, message.format(found[0].strip()), remedy)

    return report


_PLACEHOLDER: Final = _phrase(
    "placeholder-text",
    Severity.WARNING,
    r"本?(?:栏目|页面|网页|频道|板块)?(?:正在)?(?:建设|维护|完善|暂无|敬请).*",
    "“{}”是空栏目用语，公开栏目不得没有内容",
    "补充内容；暂时没有内容的，先不显示该栏目",
)
_SECRECY: Final = _phrase(
    "secrecy-mark",
    Severity.ERROR,
    r"[绝机秘]密 ?★",
    "出现密级标志“{}”，涉密信息不得公开",
    "立即停止发布，由保密审查机构核实；已解密的，删去密级标志并留存解密依据",
)
_INTERNAL: Final = _phrase(
    "secrecy-mark",
    Severity.ERROR,
    r"内部资料.*",
    "出现内部资料标志“{}”",
    "经公开审查确认可以公开的，删去标志后再发布",
)
_VAGUE_LINK: Final = _phrase(
    "vague-link-text",
    Severity.WARNING,
    r"\[[^\[\]\n]*\]|点击[^\]\n]*",
    "“{}”没有说明链接指向什么，读屏用户无法判断",
    "把链接文字写成目标的名称，如“《申请表》（DOCX，24KB）”",
)
_BY_POSITION: Final = _phrase(
    "position-only-instruction",
    Severity.WARNING,
    r"(?:[左右上下][侧方边面]|[左右][上下]角|[红绿蓝黄橙灰白黑紫]色)[^，。；：\s]*",
    "“{}”只用颜色或位置指示操作，看不见屏幕的人无法照办",
    "写出按钮或者链接上的文字，如“点击‘提交’按钮”",
)


def _doubled(text: str) -> Iterator[Finding]:
    """Find two-character words written twice in a row.

    A regular expression with a back reference would take half a second for every million characters. Here the
    low bytes of the characters are one long integer; combined with itself shifted by two characters, the
    places that repeat become zero bytes.
    """
    low_bytes = text.encode("utf-16-le", "surrogatepass")[::2]
    if len(low_bytes) < 4:
        return
    number = int.from_bytes(low_bytes, "little")
    repeated = (number ^ (number >> 16)).to_bytes(len(low_bytes), "little")[:-2]
    if b"\0\0" not in repeated:
        return
    if len(low_bytes) != len(text):  # a character beyond the basic plane takes two units and shifts offsets
        places = [match.start() for match in re.finditer(r"(?=([\u4e00-\u9fff]{2})\1)", text)]
    else:
        places = [match.start() for match in re.finditer(rb"(?=\0\0)", repeated)]
    for place in places:
        word = text[place : place + 2]
        if word in _DOUBLED and text[place + 2 : place + 4] == word:
            yield Finding(
                start=place,
                end=place + 4,
                severity=Severity.WARNING,
                code="doubled-word",
                message=f"“{word}”重复",
                remedy=f"删去一个“{word}”",
                replacement=word,
            )


_LINK_TEXTS: Final = (
    "更多",
    "详情",
    "查看",
    "查看详情",
    "查看更多",
    "下载",
    "这里",
    "此处",
    "链接",
    "点击这里",
    "点击下载",
)
_COLOURED: Final = "|".join(
    (
        r"(?<=[红绿蓝黄橙灰白黑紫]色{0})",
        r"(?<=[红绿蓝黄橙灰白黑紫]色的{0})",
        r"(?<=[左右上下][侧方边面]{0})",
        r"(?<=[左右上下][侧方边面]的{0})",
        r"(?<=[左右][上下]角{0})",
        r"(?<=[左右][上下]角的{0})",
    )
)
_AGENCY_BEFORE: Final = (
    r"(?:(?<=[\u4e00-\u9fff]{0})(?<![据按照见以的在于和与及为至经]{0})|(?<=[\u4e00-\u9fff]\\{0}))"
)
_NUMBER_AFTER: Final = r"\s?(?:19|20)[0-9]{2}\s?\\?[\]】)）〉］]\s?第?\s?[0-9]{1,5}\s?号"

_RULES: Final = (
    _Rule(
        "月",
        r"(?:(?:0?0|3[2-9]|[4-9][0-9])日|(?<=[0-9]月)(?:(?<=[^1]2月)(?:29|30|31)|(?<=[469]月)31|(?<=11月)31)日"
        r"|(?<=年0月)[0-9]{1,2}日|(?<=年00月)[0-9]{1,2}日|(?<=年1[3-9]月)[0-9]{1,2}日|(?<=年[2-9][0-9]月)[0-9]{1,2}日)",
        _impossible_date,
    ),
    _Rule(
        "月",
        r"(?:(?<=二月)(?<!十二月)(?:二十九|三十一?)日|(?<=[四六九]月)三十一日|(?<=十一月)三十一日)",
        _impossible_chinese_date,
    ),
    *(
        _Rule(
            sign,
            rf"(?<![0-9.-][0-9]{{4}}{re.escape(sign)})(?<=(?:19|20)[0-9]{{2}}{re.escape(sign)})"
            rf"(?:0?2{re.escape(sign)}(?:29|30|31)|(?:0?[469]|11){re.escape(sign)}31)(?![0-9{re.escape(sign)}])",
            _impossible_date,
        )
        for sign in "-./"
    ),
    *(
        _Rule(bracket, _AGENCY_BEFORE.format(re.escape(bracket)) + _NUMBER_AFTER, _number_brackets)
        for bracket in "[【(（〈［"
    ),
    _Rule("★", r"(?:(?<=[绝机秘]密★)|(?<=[绝机秘]密 ★))", _SECRECY),
    _Rule("料", r"(?<=内部资料)[，, 　·]{0,3}(?:注意保[存密管]|请勿外传|不得外传|严禁外传)", _INTERNAL),
    *(
        _Rule(word[0], rf"{word[1:]}(?:正在)?(?:建设|维护|完善)中(?=[。！!…\s]|$)", _PLACEHOLDER)
        for word in ("栏目", "页面", "网页", "频道", "板块")
    ),
    _Rule("设", r"(?<=建设)(?<![^\n]建设)中[。！!….]*(?=\s|$)", _PLACEHOLDER),
    _Rule("敬", "请期待", _PLACEHOLDER),
    _Rule("暂", r"无(?:相关)?(?:内容|数据|信息|资料|更新)(?=[。！!….\s]|$)", _PLACEHOLDER),
    _Rule("栏", "目维护", _PLACEHOLDER),
    _Rule("击", r"(?<=点击)(?<!\[点击)(?:这里|此处|此链接|下载(?=[。！!\s]|$))", _VAGUE_LINK),
    _Rule("]", "(?:" + "|".join(rf"(?<=\[{words}\])" for words in _LINK_TEXTS) + r")(?=\()", _VAGUE_LINK),
    _Rule("钮", f"(?:{_COLOURED.format('按钮')})", _BY_POSITION),
    _Rule("标", f"(?:{_COLOURED.format('图标')})", _BY_POSITION),
)
