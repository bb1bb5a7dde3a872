"""`RawDocument` → `ImportedDocument`: which line is the title, the document number, the signature.

Nothing is guessed silently. A value is taken only where its form proves it; what is missing goes to
`unrecognised`, what was concluded rather than read goes to `inferred`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from generator.fields import DocumentNumber, FormatError, IndexNumber, Subject, Validity
from generator.importing import labels
from generator.importing.attachments import find_attachments
from generator.importing.documents import Block, ImportedDocument, Paragraph, RawDocument
from generator.importing.heading import Head, read_head
from generator.importing.issuers import bodies_in, is_body, issuer_of_title, without_state
from generator.importing.outline import to_markdown
from generator.importing.signature import Signature, find_signature
from generator.importing.text import DATE_PATTERN, read_date, read_moment

_EFFECTIVE: Final = re.compile(
    rf"自\s*(?P<day>{DATE_PATTERN})\s*(?:零时)?(?:起(?:正式|开始)?|至[^，。]{{4,20}}?)(?:施行|实施|执行|生效)"
)
_OWN: Final = re.compile(
    r"本(?:办法|规定|条例|细则|意见|通知|方案|决定|规则|标准|解释|法|规范|规程|制度|通告|公告|暂行|实施|试行)[^。]*$"
)
_FROM_ISSUE: Final = re.compile(
    r"自(?:发布|公布|颁布|印发|下发|批准|发文)之日起[^，。]{0,12}(?:施行|实施|执行|生效)"
)
_PAGE_NOISE: Final = frozenset({"窗体顶端", "窗体底端"})


def recognise(raw: RawDocument) -> ImportedDocument:
    """Return the document with everything that could be told from its text and catalogue data."""
    head = read_head(_without_noise(raw.blocks), raw.facts.get(labels.TITLE) or raw.title)
    facts = head.facts | raw.facts
    inferred = list(head.inferred)
    missing = list(raw.remarks)
    signature = find_signature(head.body)
    attachments = find_attachments(head.body, raw.links, signature)
    issuer = _issuer(facts, head, signature, inferred, missing)
    effective_on = _effective_on(facts, head, inferred, missing)
    document = ImportedDocument(
        title=head.title,
        document_number=_number(facts, head, missing),
        issuer=issuer,
        issued_on=_issued_on(facts, head, signature, inferred, missing),
        published_at=read_moment(facts.get(labels.PUBLISHED, "")),
        effective_on=effective_on,
        index_number=_index_number(facts, missing),
        subject=_subject(facts, missing),
        validity=_validity(facts, missing),
        keywords=tuple(dict.fromkeys(re.findall(r"[^\s,，;；、]+", facts.get(labels.KEYWORDS, "")))),
        source=facts.get(labels.SOURCE, ""),
        source_url=address
        if (address := facts.get(labels.ADDRESS, "")).startswith(("http://", "https://"))
        else "",
        signature=signature.lines,
        attachments=attachments,
        body_markdown=to_markdown(head.body, raw.footnotes),
        files=raw.files,
    )
    return replace(document, unrecognised=(*missing, *_gaps(document)), inferred=tuple(inferred))


def _without_noise(blocks: Sequence[Block]) -> list[Block]:
    """Leave out what Word adds when it pastes a web form."""
    return [block for block in blocks if not (isinstance(block, Paragraph) and block.text in _PAGE_NOISE)]


def _number(facts: dict[str, str], head: Head, missing: list[str]) -> str:
    written = facts.get(labels.NUMBER, "") or head.number
    if not written:
        return ""
    try:
        return str(DocumentNumber.parse(written))
    except FormatError:
        repaired = DocumentNumber.repair(written)
        if repaired:
            return str(repaired)
    missing.append(f"发文字号“{written}”格式不符，没有写入，请核对后补填“发文字号”")
    return ""


def _issuer(
    facts: dict[str, str], head: Head, signature: Signature, inferred: list[str], missing: list[str]
) -> tuple[str, ...]:
    """Decide the issuing bodies: catalogue data, signature, order, then the words before 关于 in the title."""
    stated = facts.get(labels.ISSUER, "")
    if stated and (bodies := bodies_in(stated)):
        return bodies
    if stated:
        missing.append(f"“{stated}”不像机关名称，没有写入“发文机关”")
    bodies, hides_others = issuer_of_title(head.title)
    if signature.issuer:
        # Names set side by side lose the space between them on old pages; the title shows where it was.
        return bodies if "".join(bodies) == "".join(signature.issuer) else signature.issuer
    for name in (head.body_of_order, head.letterhead):
        if is_body(name):
            return (without_state(name),)
    if bodies:
        inferred.append(f"发文机关“{'、'.join(bodies)}”取自标题，正文没有署名")
    if hides_others:
        missing.append("标题写作“等部门”，其余发文机关没有写出，请补填“发文机关”")
    return bodies


def _issued_on(
    facts: dict[str, str], head: Head, signature: Signature, inferred: list[str], missing: list[str]
) -> str:
    stated = read_date(facts.get(labels.ISSUED, ""))
    if stated and signature.day and stated != signature.day:
        missing.append(f"目录写成文日期 {stated}，落款写 {signature.day}，两者不一致；按目录写入，请核对")
    if stated or signature.day:
        return stated or signature.day
    if head.promulgated_on:
        inferred.append(f"成文日期 {head.promulgated_on} 取自题注中的公布日期")
    elif head.dates:
        inferred.append(f"成文日期 {head.dates[0]} 取自标题下的日期")
    return head.promulgated_on or (head.dates[0] if head.dates else "")


def _effective_on(facts: dict[str, str], head: Head, inferred: list[str], missing: list[str]) -> str:
    """Read the day from which the document itself, not one it mentions, is in force."""
    stated = read_date(facts.get(labels.EFFECTIVE, ""))
    if stated:
        return stated
    texts = [block.text for block in head.body if isinstance(block, Paragraph)]
    days = dict.fromkeys(
        day
        for text in texts
        for day in _effective_days(text, is_frame=text == head.caption or "现予" in text)
    )
    if len(days) == 1:
        day = next(iter(days))
        inferred.append(f"施行日期 {day} 取自正文的施行条款")
        return day
    if days:
        missing.append(f"正文写有多个施行日期（{'、'.join(days)}），没有写入“施行日期”，请核对")
    elif any(_FROM_ISSUE.search(text) for text in texts):
        missing.append("正文写“自发布之日起施行”一类，没有换算成“施行日期”，请补填")
    return ""


def _effective_days(text: str, *, is_frame: bool) -> list[str]:
    return [
        day
        for match in _EFFECTIVE.finditer(text)
        if (is_frame or _OWN.search(text[: match.start()])) and (day := read_date(_with_day(match["day"])))
    ]


def _with_day(text: str) -> str:
    """Complete 2006年3月1, as printed in some texts."""
    return text if text.rstrip().endswith("日") else f"{text}日"


def _index_number(facts: dict[str, str], missing: list[str]) -> str:
    written = facts.get(labels.INDEX, "")
    if not written:
        return ""
    try:
        return str(IndexNumber.parse(written))
    except FormatError as error:
        missing.append(f"{error.message}，没有写入")
        return ""


def _subject(facts: dict[str, str], missing: list[str]) -> str:
    written = facts.get(labels.SUBJECT, "")
    if not written:
        return ""
    try:
        return str(Subject.parse(written))
    except FormatError as error:
        missing.append(f"{error.message}，“{written}”没有写入")
        return ""


_VALIDITIES: Final = {
    "有效": Validity.IN_FORCE,
    "已废止": Validity.REPEALED,
    "已失效": Validity.LAPSED,
    "部分失效": Validity.AMENDED,
}


def _validity(facts: dict[str, str], missing: list[str]) -> str:
    written = facts.get(labels.VALIDITY, "")
    known = _VALIDITIES.get(written) or next((member for member in Validity if member.value == written), None)
    if written and not known:
        missing.append(f"有效性“{written}”不在可选范围内，没有写入")
    return known.value if known else ""


def _gaps(document: ImportedDocument) -> list[str]:
    """Name what an editor would look for and the document does not state."""
    gaps = [
        (document.title, "没有找到标题，请补填“标题”"),
        (document.document_number, "没有找到发文字号，原文有的请补填“发文字号”"),
        (document.issuer, "没有找到发文机关，请补填“发文机关”"),
        (document.issued_on, "没有找到成文日期，请补填"),
        (document.published_at, "没有找到发布时间，请补填“发布时间”"),
        (document.body_markdown, "没有找到正文"),
    ]
    lost = [
        f"附件“{attachment.name}”没有随附文件，放到本文件旁边后补填“附件”"
        for attachment in document.attachments
        if not attachment.file and not _is_in_text(attachment.name, document.body_markdown)
    ]
    return [text for found, text in gaps if not found] + lost


def _is_in_text(name: str, body: str) -> bool:
    """Whether an attachment is part of the text: its name stands there as a heading as well as in the list."""
    return f"# {name}" in body
