"""Old web pages: encoding, catalogue tables, page furniture, nested layout tables, files beside the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.importing.errors import UnreadableSource
from generator.importing.html import decode, read_html
from generator.importing.recognise import recognise

TEXT = "关于做好防汛工作的通知，请认真贯彻执行。"
BODY = "<p>各镇人民政府：</p><p>　　一、加强值班。</p><p>　　二、备足物资，落实责任，确保安全度汛，不得有误。</p>"
LONG = f"<p>　　{'各单位要压实责任，' * 30}完。</p>"


def texts(page: str) -> list[str]:
    return [getattr(block, "text", "") for block in read_html(page.encode()).blocks]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        b"\xef\xbb\xbf" + TEXT.encode("utf-8"),
        TEXT.encode("utf-16"),
        b"<meta charset=gb2312>" + TEXT.encode("gb2312"),
        TEXT.encode("gb18030"),
        b'<meta charset="gb2312">' + TEXT.encode("utf-8"),
        b'<meta charset="utf-8">' + TEXT.encode("gbk"),
    ],
    ids=[
        "utf-8",
        "utf-8-bom",
        "utf-16",
        "gb2312",
        "undeclared-gb18030",
        "utf-8-called-gb2312",
        "gbk-called-utf-8",
    ],
)
def test_the_encoding_is_told_from_the_bytes(data: bytes) -> None:
    text, remark = decode(data)
    assert text.endswith(TEXT)
    assert not remark


def test_broken_bytes_are_reported_with_their_number() -> None:
    text, remark = decode("文件".encode("gb18030") + b"\xff\xff" + "内容".encode("gb18030"))
    assert text.startswith("文件")
    assert "2 处文字不能识别" in remark


def test_catalogue_data_of_a_table_with_spaced_labels() -> None:
    page = f"""
    <table><tr><td><b>索 引 号：</b></td><td>000014349/2004-00205</td><td><b>主题分类：</b></td><td>卫生、体育\\体育</td></tr>
    <tr><td><b>发文机关：</b></td><td>国务院办公厅</td><td><b>成文日期：</b></td><td>2004年12月17日</td></tr>
    <tr><td><b>标　　题：</b></td><td colspan="3">国务院办公厅关于申办运动会的复函</td></tr>
    <tr><td><b>发文字号：</b></td><td>国办函〔2004〕88号</td><td><b>发布日期：</b></td><td>2018年12月24日</td></tr>
    <tr><td><b>主 题 词：</b></td><td></td><td></td><td></td></tr></table>
    <table><tr><td id="UCAP-CONTENT"><p align=center>国务院办公厅关于</p><p align=center>申办运动会的复函</p>
    <p align=center>国办函〔2004〕88号</p>{BODY}<p align=right>国务院办公厅</p><p align=right>二〇〇四年十二月十七日</p></td></tr></table>
    <p>扫一扫在手机打开当前页</p>"""
    document = recognise(read_html(page.encode()))
    assert (document.index_number, document.subject) == ("000014349/2004-00205", "卫生、体育\\体育")
    assert (document.issued_on, document.published_at) == ("2004-12-17", "2018-12-24")
    assert (document.title, document.document_number) == (
        "国务院办公厅关于申办运动会的复函",
        "国办函〔2004〕88号",
    )
    assert document.keywords == ()
    assert document.body_markdown == (
        "各镇人民政府：\n\n一、加强值班。\n\n二、备足物资，落实责任，确保安全度汛，不得有误。\n\n国务院办公厅\n\n二〇〇四年十二月十七日\n"
    )


def test_a_catalogue_that_contradicts_the_signature_is_reported() -> None:
    page = (
        "<table><tr><td>成文日期：</td><td>2004年4月17日</td></tr></table>"
        f"<div id=zoom>{BODY}<p>国务院办公厅</p><p>二〇〇四年四月二十七日</p></div>"
    )
    document = recognise(read_html(page.encode()))
    assert document.issued_on == "2004-04-17"
    assert (
        "目录写成文日期 2004-04-17，落款写 2004-04-27，两者不一致；按目录写入，请核对"
        in document.unrecognised
    )


def test_page_furniture_is_left_out() -> None:
    page = f"""<html><head><title>越明市水利局</title><style>p{{}}</style></head><body>
    <div class=menu><a href=/>首页</a> | <a href=/xxgk>信息公开</a> | <a href=/zwfw>在线办事</a></div>
    <script>document.write("假的正文，很长很长很长很长很长很长")</script>
    <table><tr><td class="title01">关于做好防汛工作的通知</td></tr></table>
    <table><tr><td>来源：越明市水利局 日期： 2014-04-29 【字号 <a href=#>大</a>】</td></tr>
    <tr><td><table><tr><td><div style="display:none">已隐藏</div>{BODY}{LONG}</td></tr></table></td></tr></table>
    <div><a href=/a>上一篇</a> <a href=/b>下一篇</a></div></body></html>"""
    raw = read_html(page.encode())
    assert [getattr(block, "text", "") for block in raw.blocks] == [
        "各镇人民政府：",
        "一、加强值班。",
        "二、备足物资，落实责任，确保安全度汛，不得有误。",
        "各单位要压实责任，" * 30 + "完。",
    ]
    document = recognise(raw)
    assert (document.title, document.published_at, document.source) == (
        "关于做好防汛工作的通知",
        "2014-04-29",
        "越明市水利局",
    )


def test_identification_metas_are_read() -> None:
    page = f"""<head><meta name="ArticleTitle" content="关于做好防汛工作的通知"><meta name="PubDate" content="2026-03-08 09:15">
    <meta name="Url" content="https://www.example.gov.cn/a.html"></head><body><h1>通知公告</h1>{BODY}</body>"""
    document = recognise(read_html(page.encode()))
    assert document.title == "关于做好防汛工作的通知"
    assert document.published_at == "2026-03-08 09:15"
    assert document.source_url == "https://www.example.gov.cn/a.html"


def test_line_breaks_separate_paragraphs() -> None:
    assert texts(
        f"<div id=zoom>　　一、加强值班。<br>　　二、备足物资。<br><br>　　三、落实责任，{'确保安全，' * 5}不得有误。</div>"
    )[:2] == [
        "一、加强值班。",
        "二、备足物资。",
    ]


def test_ordered_lists_keep_their_numbers() -> None:
    page = f"<div id=zoom>{BODY}<ol><li>供水</li><li>供电</li></ol><ul><li>供气</li><li>供暖</li></ul></div>"
    body = recognise(read_html(page.encode())).body_markdown
    assert body.endswith("1.供水\n\n2.供电\n\n- 供气\n- 供暖\n")


def test_attachments_beside_the_page_are_taken_along(tmp_path: Path) -> None:
    (tmp_path / "P0201.PDF").write_bytes(b"%PDF-1.4")
    (tmp_path.parent / "secret.pdf").write_bytes(b"%PDF-1.4")
    page = (
        f"<div id=zoom>{BODY}<p>附件：1.申请表</p><p>2.汇总表</p></div>"
        '<a href="./P0201.PDF">申请表.pdf</a> <a href="../secret.pdf">密件</a> <a href="http://a.cn/x.docx">汇总表</a>'
    )
    document = recognise(read_html(page.encode(), tmp_path))
    assert [(a.name, a.file) for a in document.attachments] == [
        ("申请表", "P0201.pdf"),
        ("汇总表", ""),
        ("密件", ""),
    ]
    assert [file.name for file in document.files] == ["P0201.pdf"]
    assert "附件“汇总表”没有随附文件，放到本文件旁边后补填“附件”" in document.unrecognised


def test_missing_images_and_lost_links_are_named(tmp_path: Path) -> None:
    (tmp_path / "tu.png").write_bytes(b"\x89PNG")
    page = f'<div id=zoom>{BODY}<p><img src=tu.png alt="流程图"><img src=gone.png>见<a href="https://www.gov.cn/">官网</a></p></div>'
    raw = read_html(page.encode(), tmp_path)
    assert recognise(raw).body_markdown.endswith("![流程图](tu.png)\n\n见官网\n")
    assert raw.remarks == (
        "图片没有随网页保存，没有导入：gone.png",
        "正文中的超链接只保留了文字：https://www.gov.cn/",
    )


def test_tables_of_data_are_kept_with_their_merged_cells() -> None:
    page = (
        f"<div id=zoom>{BODY}<table><tr><td rowspan=2>省</td><td colspan=2>人数</td></tr><tr><td>男</td><td>女</td></tr>"
        "<tr><td>浙江</td><td>1</td><td>2</td></tr></table></div>"
    )
    assert recognise(read_html(page.encode())).body_markdown.endswith(
        '<table>\n<thead>\n<tr><th rowspan="2" scope="col">省</th><th colspan="2" scope="col">人数</th></tr>\n'
        '<tr><th scope="col">男</th><th scope="col">女</th></tr>\n</thead>\n<tbody>\n'
        "<tr><td>浙江</td><td>1</td><td>2</td></tr>\n</tbody>\n</table>\n"
    )


@pytest.mark.parametrize("data", [b"", b"<html><body> </body></html>", b"<script>render('x')</script>"])
def test_a_page_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource):
        read_html(data)
