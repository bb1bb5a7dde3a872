"""Attachments are opened as readers would open them: real Office files, PDF, archives, and broken ones."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.attachments import AttachmentFacts, Limits, Table, inspect, privacy_problems
from generator.diagnostics import Severity

ID_NUMBER = "11010519491231002X"  # the example of GB 11643
CORPUS = Path(__file__).parents[2] / "../shared/corpus"


def codes(facts: AttachmentFacts) -> list[str]:
    return [problem.code for problem in facts.problems]


def word(path: Path, *, author: str = "", table: list[list[str]] | None = None) -> Path:
    document = docx.Document()
    document.core_properties.author = author
    document.add_paragraph("越明市人民政府办公室关于做好政务公开工作的通知")
    if table:
        grid = document.add_table(rows=0, cols=len(table[0]))
        for values in table:
            for cell, value in zip(grid.add_row().cells, values, strict=True):
                cell.text = value
    document.save(str(path))
    return path


def sheet(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "名单"
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def pdf(path: Path, pages: list[str], extra: str = "", trailer_extra: str = "") -> Path:
    """Write a PDF whose pages show the given ASCII lines; a page of "" is blank, as a scan is to a reader."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {extra} >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for text in pages:
        stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET" if text else ""
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    body = b"%PDF-1.4\n"
    offsets = []
    for number, value in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{value}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    trailer += (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer_extra} >>\nstartxref\n{len(body)}\n%%EOF\n"
    )
    path.write_bytes(body + trailer.encode())
    return path


def package(path: Path, parts: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in parts.items():
            archive.writestr(name, value)
    return path


def rewritten(
    path: Path, change: Callable[[str, bytes], bytes], added: dict[str, bytes] | None = None
) -> Path:
    """Change the parts of an office file as another program would have written them."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return package(path, {name: change(name, value) for name, value in parts.items()} | (added or {}))


def compound(streams: dict[str, bytes]) -> bytes:
    """Return a compound file ([MS-CFB]) of 512-byte sectors: allocation table, directory, then the streams."""
    directory, data = b"", b""
    table = [0xFFFFFFFD, 0xFFFFFFFE]
    for name, value in {"Root Entry": b"", **streams}.items():
        sectors = -(-len(value) // 512)
        encoded = name.encode("utf-16-le") + b"\0\0"
        first = len(table) if sectors else 0xFFFFFFFE
        kind = 2 if name != "Root Entry" else 5
        directory += struct.pack(
            "<64sHBB3I36x3I", encoded, len(encoded), kind, 1, *[0xFFFFFFFF] * 3, first, len(value), 0
        )
        data += value.ljust(sectors * 512, b"\0")
        table += [*range(len(table) + 1, len(table) + sectors), 0xFFFFFFFE][: sectors or 0]
    assert len(directory) <= 512, "one directory sector"
    header = struct.pack(
        "<8s16xHHHHH6x10I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0,
    )  # fmt: skip
    allocation = struct.pack("<128I", *(table + [0xFFFFFFFF] * (128 - len(table))))
    return header.ljust(512, b"\xff") + allocation + directory.ljust(512, b"\0") + data


# --- what a good file says about itself -----------------------------------------------------------------


def test_a_word_file_gives_its_text_and_tables(tmp_path: Path) -> None:
    path = word(tmp_path / "fj1.docx", table=[["序号", "事项"], ["1", "城市公园改造"]])

    facts = inspect(path)

    assert (facts.suffix, facts.format, facts.size) == (".docx", "DOCX", path.stat().st_size)
    assert "越明市人民政府办公室关于做好政务公开工作的通知" in facts.text
    assert facts.tables == (Table("", ("序号", "事项"), (("1", "城市公园改造"),)),)
    assert facts.problems == ()


def test_a_workbook_gives_one_table_for_each_sheet_below_its_title(tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "fj.xlsx",
        [["2025年项目清单"], [], ["序号", "项目", "投资"], [1, "道路", 1.5], [2, None, 3]],
    )

    facts = inspect(path)

    assert (facts.format, facts.pages) == ("XLSX", 1)
    assert facts.tables == (Table("名单", ("序号", "项目", "投资"), (("1", "道路", "1.5"), ("2", "", "3"))),)
    assert facts.text.strip() == "2025年项目清单"
    assert facts.problems == ()


def test_a_pdf_gives_pages_and_text(tmp_path: Path) -> None:
    facts = inspect(pdf(tmp_path / "a.pdf", ["Annual report of openness", "Second page of the report"]))

    assert (facts.format, facts.pages, facts.has_text_layer, facts.problems) == ("PDF", 2, True, ())
    assert facts.text == "Annual report of openness\nSecond page of the report"


@pytest.mark.parametrize(
    ("text", "layer", "expected"), [("通知正文", True, []), ("", False, ["attachment-no-text-layer"])]
)
def test_an_ofd_file_gives_its_text(tmp_path: Path, text: str, layer: bool, expected: list[str]) -> None:
    page = f"<ofd:Page xmlns:ofd='urn:o'><ofd:TextObject><ofd:TextCode>{text}</ofd:TextCode></ofd:TextObject></ofd:Page>"
    parts: dict[str, str | bytes] = {
        "OFD.xml": "<OFD/>",
        "Doc_0/Document.xml": "<D/>",
        "Doc_0/Pages/Page_0/Content.xml": page,
    }

    facts = inspect(package(tmp_path / "a.ofd", parts))

    assert (facts.format, facts.pages, facts.has_text_layer, facts.text) == ("OFD", 1, layer, text)
    assert codes(facts) == expected


def test_an_open_document_gives_text_and_tables(tmp_path: Path) -> None:
    content = (
        '<c xmlns:t="urn:table" xmlns:x="urn:text"><x:p>名单</x:p><t:table t:name="表一"><t:table-row>'
        "<t:table-cell><x:p>姓名</x:p></t:table-cell><t:table-cell><x:p>事由</x:p></t:table-cell></t:table-row>"
        '<t:table-row><t:table-cell t:number-columns-repeated="2"><x:p>张*</x:p></t:table-cell></t:table-row></t:table></c>'
    )
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content,
        "META-INF/manifest.xml": "<manifest/>",
    }

    facts = inspect(package(tmp_path / "a.ods", parts))

    assert (facts.text, facts.problems) == ("名单", ())
    assert facts.tables == (Table("表一", ("姓名", "事由"), (("张*", "张*"),)),)


def test_a_csv_file_is_one_table(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('﻿名称,地址\r\n"越明市,图书馆",文化路1号\r\n', encoding="utf-8")

    assert inspect(path).tables == (Table("", ("名称", "地址"), (("越明市,图书馆", "文化路1号"),)),)
    assert inspect(path).problems == ()


@pytest.mark.parametrize(
    ("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.gif", "GIF"), ("a.webp", "WEBP")]
)
def test_images_are_what_they_say(tmp_path: Path, name: str, kind: str) -> None:
    Image.new("RGB", (4, 4)).save(tmp_path / name, kind)

    assert inspect(tmp_path / name).problems == ()


# --- files that are not what they say ---------------------------------------------------------------------


def test_a_missing_file_a_folder_and_an_empty_file_are_errors(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "folder.pdf").mkdir()

    assert codes(inspect(tmp_path / "none.pdf")) == ["attachment-missing"]
    assert codes(inspect(tmp_path / "folder.pdf")) == ["attachment-missing"]
    assert codes(inspect(tmp_path / "empty.pdf")) == ["attachment-empty"]


def test_says_what_a_renamed_file_really_is(tmp_path: Path) -> None:
    (problem,) = inspect(pdf(tmp_path / "a.docx", ["Annual report"])).problems

    assert (problem.code, problem.severity) == ("attachment-type-mismatch", Severity.ERROR)
    assert problem.message == "附件扩展名是 .docx，内容却是 PDF"
    assert problem.hint == "用相应的软件打开后另存为该格式，不要只改扩展名"


@pytest.mark.parametrize(
    ("name", "data", "actual"),
    [
        ("a.pdf", "这不是PDF".encode(), "文本"),
        ("a.pdf", b"\x00\x01\x02\x03" * 50, "无法识别的数据"),
        ("a.xlsx", b"<html><table></table></html>", "HTML"),
        ("a.doc", b"{\\rtf1 text}", "RTF"),
        ("a.jpg", b"\x89PNG\r\n\x1a\n0000", "PNG"),
        ("a.csv", b"\x89PNG\r\n\x1a\n0000", "PNG"),
        ("a.txt", b"Rar!\x1a\x07\x00", "RAR"),
    ],
)
def test_the_first_bytes_decide(tmp_path: Path, name: str, data: bytes, actual: str) -> None:
    (tmp_path / name).write_bytes(data)

    messages = [problem.message for problem in inspect(tmp_path / name).problems]
    assert messages[0] == f"附件扩展名是 {name[1:]}，内容却是 {actual}"


def test_a_workbook_under_the_name_of_a_document_is_told_apart(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", [["序号", "项目"]])
    path = path.rename(tmp_path / "a.docx")

    assert [problem.message for problem in inspect(path).problems] == ["附件扩展名是 .docx，内容却是 XLSX"]


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.exe", b"MZ\x00"), ("a.pdf", b"MZ\x90\x00\x03"), ("a.txt", b"#!/bin/sh\n"), ("a.bat", b"dir")],
)
def test_programs_are_refused_under_any_name(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)

    assert codes(inspect(tmp_path / name)) == ["attachment-executable"]


def test_an_svg_with_a_script_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><rect/></svg>", encoding="utf-8")
    (tmp_path / "b.svg").write_text("<svg onload='x()'/>", encoding="utf-8")

    assert codes(inspect(tmp_path / "a.svg")) == []
    assert codes(inspect(tmp_path / "b.svg")) == ["attachment-executable"]


def test_an_unknown_type_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a.xyz").write_text("正文", encoding="utf-8")

    (problem,) = inspect(tmp_path / "a.xyz").problems
    assert (problem.code, problem.severity) == ("attachment-unknown-type", Severity.WARNING)


def test_text_that_is_not_utf8_is_a_warning_but_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("姓名,电话\r\n张三,13812345678\r\n".encode("gb18030"))

    facts = inspect(tmp_path / "a.csv")
    assert codes(facts) == ["attachment-encoding"]
    assert facts.tables[0].headers == ("姓名", "电话")


# --- locked, scripted and talkative files -------------------------------------------------------------------


def test_a_locked_pdf_is_an_error(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=pdf(tmp_path / "a.pdf", ["Annual report"]))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")

    assert codes(inspect(tmp_path / "locked.pdf")) == ["attachment-encrypted"]


def test_a_pdf_locked_with_a_strong_cipher_is_an_error_too(tmp_path: Path) -> None:
    zeros = {size: f"<{'00' * size}>" for size in (16, 32, 48)}
    lock = (
        f"/ID [{zeros[16]} {zeros[16]}] /Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -4 /O {zeros[48]} "
        f"/U {zeros[48]} /OE {zeros[32]} /UE {zeros[32]} /Perms {zeros[16]} /StmF /StdCF /StrF /StdCF "
        "/CF << /StdCF << /CFM /AESV3 /Length 32 >> >> >>"
    )

    assert codes(inspect(pdf(tmp_path / "a.pdf", ["Annual report"], trailer_extra=lock))) == [
        "attachment-encrypted"
    ]


def test_a_scan_without_text_is_a_warning(tmp_path: Path) -> None:
    facts = inspect(pdf(tmp_path / "a.pdf", ["", ""]))

    assert (facts.pages, facts.has_text_layer) == (2, False)
    assert [(problem.code, problem.severity) for problem in facts.problems] == [
        ("attachment-no-text-layer", Severity.WARNING)
    ]


def test_a_pdf_with_a_script_is_an_error(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", ["Annual report"], "/OpenAction << /S /JavaScript /JS (app.alert) >>")

    assert codes(inspect(path)) == ["attachment-macro"]


@pytest.mark.parametrize(
    ("name", "streams", "expected"),
    [
        ("a.docx", {"EncryptedPackage": b"x" * 600}, ["attachment-encrypted"]),
        ("a.doc", {"WordDocument": b"\xec\xa5\xc1\x00" + b"\0" * 6 + b"\x00\x01"}, ["attachment-encrypted"]),
        ("a.xls", {"Workbook": b"\x09\x08\x02\x00\x00\x06\x2f\x00\x02\x00"}, ["attachment-encrypted"]),
        ("a.doc", {"WordDocument": b"\xec\xa5\xc1\x00" + b"\0" * 600}, ["attachment-not-searched"]),
        ("a.xls", {"Workbook": b"\x09\x08\x02\x00\x00\x06\x42\x00\x02\x00"}, ["attachment-not-searched"]),
        ("a.et", {"Workbook": b"\x09\x08\x02\x00\x00\x06\x42\x00\x02\x00"}, ["attachment-not-searched"]),
        (
            "a.doc",
            {"WordDocument": b"\0" * 20, "_VBA_PROJECT": b"x"},
            ["attachment-macro", "attachment-not-searched"],
        ),
        ("a.xls", {"WordDocument": b"\0" * 20}, ["attachment-type-mismatch", "attachment-not-searched"]),
    ],
)
def test_old_office_files(tmp_path: Path, name: str, streams: dict[str, bytes], expected: list[str]) -> None:
    (tmp_path / name).write_bytes(compound(streams))

    assert codes(inspect(tmp_path / name)) == expected


@pytest.mark.parametrize("encoding", ["utf-16-le", "gb18030"])
@pytest.mark.parametrize("shift", [b"", b"\x01"])
def test_personal_data_in_old_office_files_is_found_although_not_told_apart(
    tmp_path: Path, encoding: str, shift: bytes
) -> None:
    text = f"联系人张三，身份证号{ID_NUMBER}，请核对".encode(encoding)
    (tmp_path / "a.doc").write_bytes(compound({"WordDocument": b"\0" * 64 + shift + text}))

    assert "personal-id-number" in [problem.code for problem in privacy_problems(inspect(tmp_path / "a.doc"))]


def test_macros_are_an_error(tmp_path: Path) -> None:
    path = rewritten(word(tmp_path / "a.docx"), lambda _name, part: part, {"word/vbaProject.bin": b"x"})
    (tmp_path / "a.xlsm").write_bytes(b"PK\x03\x04")

    assert codes(inspect(path)) == ["attachment-macro"]
    assert codes(inspect(tmp_path / "a.xlsm")) == ["attachment-macro"]


def test_names_in_the_properties_are_a_warning_that_does_not_repeat_them(tmp_path: Path) -> None:
    (problem,) = inspect(word(tmp_path / "a.docx", author="张三丰")).problems

    assert (problem.code, problem.severity) == ("attachment-metadata", Severity.WARNING)
    assert problem.message == "文档属性中留有作者、修改者等 1 个名称"
    assert codes(inspect(word(tmp_path / "b.docx", author="越明市人民政府办公室"))) == []


def test_tracked_changes_and_comments_are_warnings_and_deleted_text_is_read(tmp_path: Path) -> None:
    path = word(tmp_path / "a.docx")
    deleted = b"<w:p><w:del><w:r><w:delText>13812345678</w:delText></w:r></w:del></w:p><w:sectPr"
    comments = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:comment><w:p><w:r><w:t>李四{ID_NUMBER}</w:t></w:r></w:p></w:comment></w:comments>"
    ).encode()
    rewritten(
        path, lambda _name, part: part.replace(b"<w:sectPr", deleted, 1), {"word/comments.xml": comments}
    )

    facts = inspect(path)

    assert codes(facts) == ["attachment-tracked-changes", "attachment-comments"]
    assert [problem.code for problem in privacy_problems(facts)] == ["mobile-number", "personal-id-number"]


def test_hidden_sheets_rows_and_comments_of_a_workbook_are_warnings(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["序号", "项目"])
    book.active["A1"].comment = openpyxl.comments.Comment("请电13812345678", "admin")
    book.active.row_dimensions[1].hidden = True
    secret = book.create_sheet("底稿")
    secret.sheet_state = "hidden"
    secret.append(["姓名", "身份证号"])
    secret.append(["张三", ID_NUMBER])
    book.save(tmp_path / "a.xlsx")

    facts = inspect(tmp_path / "a.xlsx")

    assert [problem.message for problem in facts.problems] == [
        "附件有隐藏的工作表：底稿",
        "工作表“Sheet”有隐藏的行或列",
        "附件留有批注",
    ]
    assert [problem.code for problem in privacy_problems(facts)] == ["mobile-number", "sensitive-table"]


# --- personal data ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "csv"])
def test_a_list_of_persons_is_an_error_in_every_format(tmp_path: Path, suffix: str) -> None:
    rows = [["姓名", "身份证号", "补贴"], ["张三", ID_NUMBER, "100"], ["李四", ID_NUMBER, "200"]]
    path = tmp_path / f"a.{suffix}"
    if suffix == "docx":
        word(path, table=rows)
    elif suffix == "xlsx":
        sheet(path, [list(row) for row in rows])
    else:
        path.write_text("\n".join(map(",".join, rows)), encoding="utf-8")

    (problem,) = privacy_problems(inspect(path))

    assert (problem.code, problem.severity) == ("sensitive-table", Severity.ERROR)
    assert "表格的“身份证号”列有 2 行个人信息未作处理" in problem.message
    assert ID_NUMBER not in problem.message + problem.hint


def test_numbers_in_a_pdf_are_found_and_an_office_number_can_be_released(tmp_path: Path) -> None:
    facts = inspect(pdf(tmp_path / "a.pdf", ["Call 13812345678 or 0575-88888888 for help"]))

    assert [problem.message for problem in privacy_problems(facts)] == [
        "附件中有 1 处手机号码，如 138****5678"
    ]
    assert privacy_problems(facts, allow=("13812345678",)) == ()


def test_a_telephone_stored_as_a_number_is_found(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", [["姓名", "手机"], ["张三", 13812345678.0]])
    exponent = rewritten(path, lambda _name, part: part.replace(b"13812345678", b"1.3812345678E10"))

    assert [problem.code for problem in privacy_problems(inspect(exponent))] == ["sensitive-table"]


def test_a_merged_header_and_a_content_control_do_not_shift_the_columns(tmp_path: Path) -> None:
    path = word(tmp_path / "a.docx", table=[["姓名", "备注", "手机"], ["张三", "无", "13812345678"]])

    def merge(name: str, part: bytes) -> bytes:
        if name != "word/document.xml":
            return part
        first, second, rest = part.partition(b"</w:tr>")
        cells = first.split(b"<w:tc>")
        spanned = cells[1].replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="2"/>', 1)
        control = b"<w:sdt><w:sdtContent><w:tc>" + cells[3] + b"</w:sdtContent></w:sdt>"
        return b"<w:tc>".join([cells[0], spanned]) + control + second + rest

    (table,) = inspect(rewritten(path, merge)).tables

    assert table == Table("", ("姓名", "", "手机"), (("张三", "无", "13812345678"),))


def test_a_blank_application_form_is_no_leak(tmp_path: Path) -> None:
    path = word(tmp_path / "a.docx", table=[["姓名", "", "身份证号", ""], ["联系电话", "", "家庭住址", ""]])

    assert privacy_problems(inspect(path)) == ()


# --- archives and hostile files -------------------------------------------------------------------------------


def test_an_archive_is_searched_through_its_members(tmp_path: Path) -> None:
    inner = sheet(tmp_path / "in.xlsx", [["姓名", "身份证号"], ["张三", ID_NUMBER]]).read_bytes()
    path = package(
        tmp_path / "a.zip", {"名单.xlsx": inner, "空.pdf": b"", "说明.txt": "电话13812345678".encode()}
    )

    facts = inspect(path)

    assert [problem.message for problem in facts.problems] == ["压缩包内的“空.pdf”：附件是空文件（0 字节）"]
    assert [problem.message for problem in privacy_problems(facts)] == [
        "附件中有 1 处手机号码，如 138****5678",
        "附件的“名单.xlsx 名单”中，表格的“身份证号”列有 1 行个人信息未作处理",
    ]


def test_archives_within_archives_are_opened_to_a_stated_depth(tmp_path: Path) -> None:
    data = b"13812345678"
    for level in range(4):
        path = package(tmp_path / f"{level}.zip", {"a.zip" if level else "a.txt": data})
        data = path.read_bytes()

    facts = inspect(path, Limits(archive_depth=2))

    assert codes(facts) == ["attachment-not-searched"]
    assert facts.problems[0].message.endswith("附件压缩包嵌套超过 2 层，内层未作检查")
    assert facts.text == ""


def test_a_locked_member_is_an_error(tmp_path: Path) -> None:
    data = bytearray(package(tmp_path / "a.zip", {"a.txt": "正文"}).read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    (tmp_path / "a.zip").write_bytes(data)

    assert [problem.message for problem in inspect(tmp_path / "a.zip").problems] == [
        "压缩包内的“a.txt”设有密码"
    ]


def test_bombs_are_not_unpacked(tmp_path: Path) -> None:
    dense = package(tmp_path / "dense.zip", {"a.txt": b"0" * 20_000_000})
    large = package(tmp_path / "large.zip", {f"{number}.txt": b"0" * 1000 for number in range(20)})

    assert codes(inspect(dense)) == ["attachment-archive-bomb"]
    assert codes(inspect(large, Limits(unpacked_bytes=10_000))) == ["attachment-archive-bomb"]
    assert codes(inspect(large, Limits(archive_members=10))) == ["attachment-archive-bomb"]


def test_entities_in_an_office_file_are_refused(tmp_path: Path) -> None:
    def poison(name: str, part: bytes) -> bytes:
        bomb = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]>'
        return part.replace(b"?>", b"?>" + bomb, 1) if name == "word/document.xml" else part

    assert codes(inspect(rewritten(word(tmp_path / "a.docx"), poison))) == ["attachment-damaged"]


def test_limits_are_said_when_reached(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("名称,数\n" + "甲,1\n" * 50, encoding="utf-8")
    long = tmp_path / "a.txt"
    long.write_text("政" * 200, encoding="utf-8")

    assert codes(inspect(path, Limits(table_rows=10))) == ["attachment-not-searched"]
    assert len(inspect(path, Limits(table_rows=10)).tables[0].rows) == 9
    assert codes(inspect(long, Limits(characters=100))) == ["attachment-not-searched"]
    assert codes(inspect(long, Limits(file_bytes=100))) == ["attachment-too-large"]
    assert codes(inspect(pdf(tmp_path / "a.pdf", ["The first page"] * 3), Limits(pages=2))) == [
        "attachment-not-searched"
    ]


SAMPLES = ("docx", "xlsx", "pdf", "zip", "doc", "csv")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("samples")
    word(folder / "a.docx", table=[["姓名", "事项"], ["张三", "补贴"]])
    sheet(folder / "a.xlsx", [["姓名", "事项"], ["张三", "补贴"]])
    pdf(folder / "a.pdf", ["Annual report"])
    package(folder / "a.zip", {"a.txt": "正文"})
    (folder / "a.doc").write_bytes(compound({"WordDocument": "正文正文正文".encode("utf-16-le")}))
    (folder / "a.csv").write_text("姓名,事项\n张三,补贴\n", encoding="utf-8")
    return {suffix: (folder / f"a.{suffix}").read_bytes() for suffix in SAMPLES}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    suffix=st.sampled_from(SAMPLES),
    place=st.floats(0, 1, exclude_max=True),
    junk=st.binary(min_size=1, max_size=40),
    cut=st.booleans(),
)
def test_a_damaged_file_gives_problems_and_never_an_exception(
    samples: dict[str, bytes], tmp_path: Path, suffix: str, place: float, junk: bytes, cut: bool
) -> None:
    data = samples[suffix]
    at = int(place * len(data))
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(data[:at] if cut else data[:at] + junk + data[at + len(junk) :])

    facts = inspect(path)

    assert facts.size == path.stat().st_size
    assert all(problem.message and problem.hint for problem in (*facts.problems, *privacy_problems(facts)))


def test_a_truncated_office_file_is_called_damaged(tmp_path: Path, samples: dict[str, bytes]) -> None:
    (tmp_path / "a.docx").write_bytes(samples["docx"][:2000])

    (problem,) = inspect(tmp_path / "a.docx").problems
    assert problem.code == "attachment-damaged"
    assert problem.message == "附件已损坏，无法读取"


def test_real_documents_open_without_a_problem() -> None:
    if not CORPUS.is_dir():
        pytest.skip("the shared corpus is not on this machine")
    paths = sorted((CORPUS / "raw").glob("*.docx"))

    assert len(paths) == 60
    for path in paths:
        facts = inspect(path)
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            expected = archive.read("word/document.xml").decode().count("<w:tbl>")
        assert (facts.problems, privacy_problems(facts)) == ((), ())
        assert len(facts.text) > 300
        assert len(facts.tables) <= expected
