"""Word files built from scratch, read as an editor would read them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from generator.importing.documents import Cell, Table
from generator.importing.errors import UnreadableSource
from generator.importing.recognise import recognise
from generator.importing.word import read_word

RAW = Path(__file__).parents[3] / "../shared/corpus/raw"


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def texts(document: Document) -> list[str]:
    return [getattr(block, "text", "") for block in read_word(saved(document)).blocks]


def define_numbering(
    document: Document, levels: list[tuple[str, str]], number_id: int = 90, start: int | None = None
) -> None:
    """Add a list definition; levels are pairs of number format and text such as ``第%1条``."""
    numbering = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (form, text) in enumerate(levels)
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number_id}">{inner}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    override = (
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
    )
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number_id}"><w:abstractNumId w:val="{number_id}"/>{override}</w:num>'
        )
    )


def numbered(document: Document, text: str, level: int = 0, number_id: int = 90) -> Paragraph:
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>'
        )
    )
    return paragraph


def test_articles_numbered_by_word_keep_their_numbers() -> None:
    document = docx.Document()
    define_numbering(
        document,
        [
            ("chineseCountingThousand", "第%1章"),
            ("chineseCountingThousand", "第%2条"),
            ("chineseCounting", "（%3）"),
        ],
    )
    numbered(document, "总则")
    numbered(document, "为了规范管理，制定本办法。", 1)
    numbered(document, "本办法适用于下列事项：", 1)
    numbered(document, "供水；", 2)
    numbered(document, "供电。", 2)
    document.add_paragraph("前款所称供水，包括二次供水。")
    numbered(document, "有下列情形之一的：", 1)
    numbered(document, "停水。", 2)
    numbered(document, "附则", 0)
    numbered(document, "本办法由市水利局解释。", 1)

    assert texts(document) == [
        "第一章\u3000总则",
        "第一条\u3000为了规范管理，制定本办法。",
        "第二条\u3000本办法适用于下列事项：",
        "（一）供水；",
        "（二）供电。",
        "前款所称供水，包括二次供水。",
        "第三条\u3000有下列情形之一的：",
        "（一）停水。",
        "第二章\u3000附则",
        "第一条\u3000本办法由市水利局解释。",
    ]


def test_articles_go_on_counting_through_chapters_where_word_says_so() -> None:
    document = docx.Document()
    define_numbering(document, [("chineseCountingThousand", "第%1章"), ("chineseCountingThousand", "第%2条")])
    level = document.part.numbering_part.element.find(qn("w:abstractNum")).findall(qn("w:lvl"))[1]
    level.insert(1, parse_xml(f'<w:lvlRestart {nsdecls("w")} w:val="0"/>'))
    for text, depth in (("总则", 0), ("甲。", 1), ("附则", 0), ("乙。", 1)):
        numbered(document, text, depth)

    assert texts(document) == ["第一章\u3000总则", "第一条\u3000甲。", "第二章\u3000附则", "第二条\u3000乙。"]


@pytest.mark.parametrize(
    ("form", "text", "start", "expected"),
    [
        ("chineseCountingThousand", "%1、", 10, ["十、", "十一、"]),
        ("japaneseCounting", "%1、", 20, ["二十、", "二十一、"]),
        ("chineseCountingThousand", "第%1条", 101, ["第一百零一条\u3000", "第一百零二条\u3000"]),
        ("chineseCountingThousand", "第%1条", 110, ["第一百一十条\u3000", "第一百一十一条\u3000"]),
        ("decimal", "（%1）", 9, ["（9）", "（10）"]),
        ("decimalEnclosedCircle", "%1", 1, ["① ", "② "]),
        ("ideographTraditional", "%1．", 1, ["甲．", "乙．"]),
        ("chineseLegalSimplified", "%1、", 11, ["壹拾壹、", "壹拾贰、"]),
        ("upperLetter", "%1.", 26, ["Z.", "AA."]),
        ("lowerRoman", "%1.", 4, ["iv.", "v."]),
    ],
)
def test_number_formats_of_official_texts(form: str, text: str, start: int, expected: list[str]) -> None:
    document = docx.Document()
    define_numbering(document, [(form, text)], start=start)
    numbered(document, "甲")
    numbered(document, "乙")
    assert texts(document) == [f"{expected[0]}甲", f"{expected[1]}乙"]


def test_a_style_can_carry_the_number() -> None:
    document = docx.Document()
    define_numbering(document, [("chineseCounting", "%1、")])
    style = document.styles.add_style("条目", 1)
    style.element.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="90"/></w:numPr>')
    )
    document.add_paragraph("工作目标", style="条目")
    document.add_paragraph("工作任务", style="条目")
    switched_off = document.add_paragraph("说明", style="条目")
    switched_off._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="0"/></w:numPr>')
    )
    assert texts(document) == ["一、工作目标", "二、工作任务", "说明"]


def test_merged_cells_keep_their_extent() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "数量"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "越明市"

    (block,) = read_word(saved(document)).blocks

    assert block == Table(
        (
            (Cell(("00",), header=True), Cell(("数量",), columns=2, header=True)),
            (Cell(("越明市",), rows=2), Cell(("11",)), Cell(("12",))),
            (Cell(("21",)), Cell(("22",))),
        )
    )


def test_merged_tables_become_html_and_simple_ones_pipe_tables() -> None:
    document = docx.Document()
    document.add_paragraph("关于公布补贴标准的通知").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("现将补贴标准公布如下。")
    simple = document.add_table(2, 2)
    for cell, text in zip(
        (cell for row in simple.rows for cell in row.cells), ("项目", "标准|元", "供暖", "1*2<3"), strict=True
    ):
        cell.text = text
    document.add_paragraph("合并如下。")
    merged = document.add_table(2, 2)
    merged.cell(0, 0).merge(merged.cell(0, 1)).text = "补贴<合计>"
    merged.cell(1, 0).text = "甲"
    merged.cell(1, 1).add_paragraph("乙")

    body = recognise(read_word(saved(document))).body_markdown

    assert body == (
        "现将补贴标准公布如下。\n\n"
        "| 项目 | 标准&#124;元 |\n| --- | --- |\n| 供暖 | 1\\*2&lt;3 |\n\n"
        "合并如下。\n\n"
        '<table>\n<thead>\n<tr><th colspan="2" scope="col">补贴&lt;合计&gt;</th></tr>\n</thead>\n<tbody>\n'
        "<tr><td>甲</td><td>乙</td></tr>\n</tbody>\n</table>\n"
    )


def test_tables_that_only_place_text_are_taken_apart() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "关于做好防汛工作的通知"
    table.cell(1, 0).text = "越政办发〔2026〕3号"
    assert texts(document) == ["关于做好防汛工作的通知", "越政办发〔2026〕3号"]


def revision(kind: str, text: str) -> str:
    tag = "delText" if kind == "del" else "t"
    return f'<w:{kind} {nsdecls("w")} w:id="1" w:author="a"><w:r><w:{tag}>{text}</w:{tag}></w:r></w:{kind}>'


def test_deleted_and_hidden_text_and_comments_are_dropped_and_reported() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("办理时限为")
    paragraph._p.append(parse_xml(revision("del", "二十")))
    paragraph._p.append(parse_xml(revision("ins", "十")))
    paragraph.add_run("个工作日。")
    paragraph.add_run("内部掌握").font.hidden = True
    run = paragraph.add_run()._r
    run.append(parse_xml(f'<w:commentReference {nsdecls("w")} w:id="0"/>'))

    raw = read_word(saved(document))

    assert [getattr(block, "text", "") for block in raw.blocks] == ["办理时限为十个工作日。"]
    assert raw.remarks == (
        "修订中已删除的文字 1 处没有导入",
        "修订中新增的文字 1 处按定稿导入，请核对是否已经接受",
        "隐藏文字 1 处没有导入",
        "批注 1 条没有导入",
    )


def test_superscripts_stay_readable() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("面积50m")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run("以上。")
    assert texts(document) == ["面积50m²以上。"]


def test_text_boxes_are_read_once() -> None:
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>框内文字。</w:t></w:r></w:p></w:txbxContent>"
    namespaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="urn:wps"'
    )
    document.add_paragraph("正文。").add_run()._r.append(
        parse_xml(
            f'<mc:AlternateContent {namespaces} {nsdecls("w")}><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
        )
    )
    assert texts(document) == ["正文。", "框内文字。"]


def test_lines_broken_by_hand_at_full_width_are_joined() -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run(
        "\u3000\u3000第一条\u3000为建立和完善本市廉租住房保障制度，逐步解决城"
    )
    run.add_break()
    run.add_text("市低收入家庭的住房困难，制定本办法。")
    run.add_break()
    run.add_text("\u3000\u3000第二条\u3000本办法适用于本市。")
    assert texts(document) == [
        "第一条\u3000为建立和完善本市廉租住房保障制度，逐步解决城市低收入家庭的住房困难，制定本办法。",
        "第二条\u3000本办法适用于本市。",
    ]


def package(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "这是旧版 Word（.doc）或加密的文件"),
        (b"PK\x03\x04 truncated", "不是有效的 .docx 文件"),
        (b"", "不是有效的 .docx 文件"),
        (package(styles="<a/>"), "不是有效的 .docx 文件"),
        (package(document="<w:document"), "Word 文件损坏（word/document.xml）"),
        (package(document="<document/>"), "Word 文件没有正文"),
    ],
)
def test_a_broken_file_is_explained(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read_word(data)
    assert caught.value.message == message
    assert caught.value.remedy


def test_entities_of_a_hostile_file_are_not_expanded() -> None:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = (
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        f'<w:document xmlns:w="{namespace}"><w:body><w:p><w:r><w:t>甲&x;乙</w:t></w:r></w:p></w:body></w:document>'
    )
    blocks = read_word(package(document=text)).blocks
    assert [getattr(block, "text", "") for block in blocks] == ["甲"]


def lines_of(path: Path) -> Iterator[str]:
    """Yield the visible lines of a file as python-docx sees them, without white space."""
    document = docx.Document(str(path))
    for node in document.element.body.iter(qn("w:p")):
        for line in Paragraph(node, document).text.split("\n"):
            yield re.sub(r"\s", "", line)


@pytest.mark.skipif(not RAW.is_dir(), reason="the open test corpus is not beside this checkout")
def test_no_line_of_the_real_files_is_lost() -> None:
    lost: list[str] = []
    total = 0
    for path in sorted(RAW.glob("*.docx")):
        document = recognise(read_word(path.read_bytes()))
        plain = re.sub(r"<br>|</?t[^>]*>|\\(?=\S)|^#+ ", "", document.body_markdown, flags=re.M)
        plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&#124;", "|")
        kept = re.sub(r"\s", "", document.title + plain)
        for line in lines_of(path):
            total += len(line) > 20
            if len(line) > 20 and line not in kept:
                lost.append(f"{path.name}: {line[:60]}")
    assert total > 2000
    # Left over: the title line where it is not exactly the title (in 《》, with 全文如下), labels, ruled lines.
    assert len(lost) <= total // 300, "\n".join(lost)
