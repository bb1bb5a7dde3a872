"""What an editor is told about a whole project: every case by its input and the whole text of the diagnostics.

A folder below ``tests/sites_invalid`` holds the files that are laid over a valid project, and in
``expected.txt`` all that `yangguang check` says.
"""

from __future__ import annotations

import io
import os
import re
import unicodedata
from pathlib import Path

import docx
import openpyxl
import pytest

from generator.diagnostics import Severity
from tests.support import SITE_YML, SiteFixture, front, news, policy, question, section

CASES = Path(__file__).parents[1] / "sites_invalid"
ID_NUMBER = "11010519491231002X"


@pytest.mark.parametrize("case", sorted(folder.name for folder in CASES.iterdir() if folder.is_dir()))
def test_says_what_is_wrong_and_how_to_mend_it(case: str, site: SiteFixture) -> None:
    folder = CASES / case
    for file in sorted((folder / "content").rglob("*")):
        if file.is_file():
            site.write(file.relative_to(folder / "content").as_posix(), file.read_bytes())

    assert site.check() + "\n" == (folder / "expected.txt").read_text(encoding="utf-8")


def test_says_nothing_about_a_sound_project(site: SiteFixture) -> None:
    site.write("policy/a.md", policy())
    site.write("question/a.md", question())
    site.write("news/a.md", news())

    assert site.diagnostics() == []


# --- encodings and names -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            news().encode("gb18030"),
            "content/news/a.md:2: 错误[not-utf8]: 文件不是 UTF-8 编码，可能是 GB 18030（GBK、ANSI）编码\n"
            "  办法：用记事本打开，另存为，编码选 UTF-8",
        ),
        (
            news().encode("utf-16"),
            "content/news/a.md:1: 错误[not-utf8]: 文件不是 UTF-8 编码，是 UTF-16（Unicode）编码\n"
            "  办法：用记事本打开，另存为，编码选 UTF-8",
        ),
        (
            b"---\n\xff\xff\xff\n---\n",
            "content/news/a.md:2: 错误[not-utf8]: 文件不是 UTF-8 编码\n  办法：用记事本打开，另存为，编码选 UTF-8",
        ),
        (
            news("甲\0乙\n").encode(),
            "content/news/a.md:5:2: 错误[control-character]: 含有看不见的控制字符\n  办法：删去后重新输入这一行",
        ),
        (
            news(标题="甲\x07").encode(),
            "content/news/a.md:2:6: 错误[control-character]: 含有看不见的控制字符\n  办法：删去后重新输入这一行",
        ),
        (b"\xef\xbb\xbf" + news().replace("\n", "\r\n").encode(), ""),
    ],
    ids=[
        "GB 18030",
        "UTF-16",
        "neither",
        "control character",
        "control character in front matter",
        "BOM, CRLF",
    ],
)
def test_reads_utf8_only(data: bytes, expected: str, site: SiteFixture) -> None:
    site.write("news/a.md", data)

    assert site.check() == expected


def test_asks_for_csv_utf8_where_a_table_is_in_another_encoding(site: SiteFixture) -> None:
    site.write("licence/a.csv", "行政相对人名称\n甲公司\n".encode("gb18030"))

    assert site.check() == (
        "content/licence/a.csv:1: 错误[not-utf8]: 文件不是 UTF-8 编码，可能是 GB 18030（GBK、ANSI）编码\n"
        "  办法：用表格软件打开，另存为，类型选“CSV UTF-8（逗号分隔）”"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("标题: 甲\n", "文件没有以“---”开头的文件信息"),
        ("---\n标题: 甲\n正文\n", "文件信息没有以“---”结束"),
        ("", "文件没有以“---”开头的文件信息"),
    ],
)
def test_explains_where_front_matter_begins_and_ends(text: str, expected: str, site: SiteFixture) -> None:
    site.write("news/a.md", text)

    assert site.check() == (
        f"content/news/a.md:1:1: 错误[no-front-matter]: {expected}\n"
        "  办法：第一行写 ---，接着每行一个“键: 值”，再写一行 ---，然后是正文"
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "aux.txt",
            "错误[reserved-name]: 文件名“aux.txt”是 Windows 保留给设备的名字，在那里打不开\n  办法：换一个名字",
        ),
        (
            "COM1",
            "错误[reserved-name]: 文件名“COM1”是 Windows 保留给设备的名字，在那里打不开\n  办法：换一个名字",
        ),
        (
            "a:b.txt",
            "错误[bad-file-name]: 文件名“a:b.txt”含有 Windows 不允许的符号\n"
            '  办法：去掉 < > : " \\ | ? * 和控制字符',
        ),
        ("end.", "错误[bad-file-name]: 文件名“end.”以点或空格结尾\n  办法：去掉末尾的点或空格"),
        ("表" * 70, "错误[long-file-name]: 文件名有 70 个字，太长\n  办法：压缩到 60 个汉字以内"),
    ],
)
def test_refuses_names_that_windows_cannot_hold(name: str, expected: str, site: SiteFixture) -> None:
    site.write(f"news/{name}", "x")

    assert site.check() == f"content/news/{name}: {expected}"


def test_refuses_a_name_that_is_not_utf8(site: SiteFixture) -> None:
    folder = os.fsencode(site.write("news/a.md", news()).parent)
    Path(os.fsdecode(folder + b"/" + "法.txt".encode("gb18030"))).write_bytes(b"x")

    assert site.check() == (
        "content/news/\ufffd\ufffd.txt: 错误[bad-file-name]: 文件名不是 UTF-8 编码，在别的电脑上会变成乱码\n"
        "  办法：重新输入文件名，只用小写英文字母、数字和连字符"
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [("Tu.csv", "tu.csv"), ("é.csv", "e\u0301.csv"), ("STRASSE.csv", "straße.csv")],
    ids=["case", "NFC and NFD", "case folding"],
)
def test_refuses_names_that_other_systems_take_for_one(first: str, second: str, site: SiteFixture) -> None:
    for name in (first, second):
        site.write(f"licence/x/{name}.txt", "甲")
    shown = sorted(unicodedata.normalize("NFC", name) for name in (first, second))

    assert site.check() == (
        f"content/licence/x/{shown[1]}.txt: 错误[confusable-name]: 与“content/licence/x/{shown[0]}.txt”只有大小写或字符编码的差别，"
        "在 Windows 和 macOS 上会互相覆盖\n  办法：改成明显不同的名字"
    )


def test_follows_no_link_out_of_the_tree_nor_in_a_circle(site: SiteFixture) -> None:
    folder = site.write("news/a.md", news()).parent
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / "up").symlink_to(site.root / "content")

    assert site.check() == (
        "content/news/gone.txt: 错误[broken-link]: 快捷方式（符号链接）指向的文件不存在\n  办法：删去，或放回文件\n"
        "content/news/passwd.txt: 错误[path-escapes]: 快捷方式（符号链接）指向内容目录之外\n  办法：把文件本身放进内容目录\n"
        "content/news/up: 错误[path-loop]: 快捷方式（符号链接）指向它自己所在的文件夹\n  办法：删去这个快捷方式"
    )


# --- sections ----------------------------------------------------------------------------------------


def _empty_sections(site: SiteFixture, count: int, **fields: object) -> None:
    for index in range(count):
        site.write(f"section/k{index}.md", section(标题=f"栏目{index}", **fields))


@pytest.mark.parametrize(("count", "severity"), [(4, "警告"), (5, "错误")])
def test_five_empty_sections_fail_a_site(count: int, severity: str, site: SiteFixture) -> None:
    _empty_sections(site, count)

    assert site.check() == "\n".join(
        f"content/section/k{index}.md:2:5: {severity}[empty-section]: 栏目“栏目{index}”没有内容"
        f"（“越明市政务公开”共有 {count} 个空白栏目，5 个以上单项否决）\n"
        "  办法：补充内容，或写“无内容时: 隐藏”"
        for index in range(count)
    )


def test_hidden_and_explained_sections_are_not_empty(site: SiteFixture) -> None:
    _empty_sections(site, 3, 无内容时="隐藏")
    site.write("section/m.md", section(无内容时="说明", 空白说明="本机关无此项信息"))

    assert site.check() == ""
    site.build()
    assert not (site.output / "k0").exists()
    assert "本机关无此项信息" in site.page("m/index.html")


def test_proposes_the_slug_where_a_title_of_a_section_is_written(site: SiteFixture) -> None:
    site.write("section/gzdt.md", section(标题="工作动态", 无内容时="隐藏"))
    site.write("news/a.md", news(栏目="工作动态"))

    assert site.check() == (
        "content/news/a.md:4:5: 错误[unknown-section]: 没有“工作动态”这个栏目\n"
        "  办法：写代号，不写名称：“工作动态”的代号是 gzdt"
    )


# --- time ---------------------------------------------------------------------------------------------


def consultation(**fields: object) -> str:
    return front(
        {
            "标题": "关于公开征求意见的公告",
            "发布时间": "2026-11-02 09:00",
            "征集类别": "规章草案",
            "起草单位": "越明市民政局",
            "开始日期": "2026-11-02",
            "截止日期": "2026-12-02",
            "起草说明": "为了方便群众，起草了本稿。",
            "征集渠道": "{邮箱: yj@example.gov.cn}",
        }
        | fields,
        "征求意见。\n",
    )


def test_thirty_days_suffice_for_a_consultation_and_so_does_a_reason(site: SiteFixture) -> None:
    site.write("consultation/a.md", consultation())
    site.write("consultation/b.md", consultation(截止日期="2026-11-10", 缩短理由="国家统一部署"))

    assert site.check() == ""


def test_a_document_of_the_future_may_be_meant(site: SiteFixture) -> None:
    site.write("news/a.md", news(标题="将来的消息", 发布时间="2026-12-01 09:00", 定时发布="是"))

    assert site.check() == ""
    site.build()
    assert not any("将来的消息".encode() in data for _, data in site.outputs())
    site.today = "2026-12-01"
    site.build()
    assert "将来的消息" in site.page("yaowen/a.html")


def test_a_document_is_in_force_on_its_last_day(site: SiteFixture) -> None:
    site.write("policy/a.md", policy(有效期至="2026-11-20", 有效性="现行有效"))

    assert site.check() == ""
    site.today = "2026-11-21"
    assert site.check() == (
        "content/policy/a.md:10:6: 错误[validity-conflict]: 有效性写的是“现行有效”，按日期和修改废止关系应是“失效”（有效期至 2026-11-20）\n"
        "  办法：删去“有效性”一行让系统计算，或核对日期和关系"
    )


# --- what must stay out -------------------------------------------------------------------------------


def test_internal_answers_and_drafts_are_in_no_output(site: SiteFixture) -> None:
    site.write("policy/a.md", policy())
    site.build()
    without = dict(site.outputs())
    site.write(
        "question/a.md", question("秘而不宣甲\n", 公开范围="内部", 标题="秘而不宣乙？", 短答="秘而不宣丙")
    )
    site.write("news/b.md", news("秘而不宣丁\n", 草稿="是", 标题="秘而不宣戊", 关键词="秘而不宣己"))

    assert site.check() == ""
    site.build()

    assert not [path for path, data in site.outputs() if "秘而不宣".encode() in data]
    # Packed files, too, such as the search index, are as if the two did not exist.
    assert dict(site.outputs()) == without


def test_finds_personal_data_in_attachments(site: SiteFixture) -> None:
    site.write("policy/a.md", policy(附件="[{名称: 通知, 文件: a.docx}, {名称: 名单, 文件: b.xlsx}]"))
    site.write(
        "policy/a.docx", _word(f"联系人证件 {ID_NUMBER}", [["姓名", "手机号"], ["张三", "13800138000"]])
    )
    site.write("policy/b.xlsx", _sheet([["姓名", "身份证号"], ["张三", ID_NUMBER]]))

    assert site.check() == (
        "content/policy/a.docx: 错误[personal-id-number]: 附件中有 1 处居民身份证号，如 110*************2X\n"
        "  办法：删去，或者改写为 110*************2X（只留前3位和后2位）；惩戒公示等依法须公开的，登记豁免并写明依据\n"
        "content/policy/a.docx: 错误[sensitive-table]: 附件中，表格的“手机号”列有 1 行个人信息未作处理\n"
        "  办法：删去这一列；确需保留的，隐去中间位；依法须公开的，登记豁免并写明依据\n"
        "content/policy/b.xlsx: 错误[sensitive-table]: 附件的“Sheet”中，表格的“身份证号”列有 1 行个人信息未作处理\n"
        "  办法：删去这一列；确需保留的，隐去中间位；依法须公开的，登记豁免并写明依据"
    )


def test_a_document_waives_what_is_wrong_with_its_attachment(site: SiteFixture) -> None:
    waiver = "[{code: sensitive-table, 原因: 惩戒公示，依据《……条例》第三条}]"
    site.write("policy/a.md", policy(附件="[{名称: 名单, 文件: b.xlsx}]", 豁免=waiver))
    site.write("policy/b.xlsx", _sheet([["姓名", "身份证号"], ["张三", ID_NUMBER]]))

    assert site.check() == ""
    assert [(item.code, item.severity, item.remedy) for item in site.diagnostics()] == [
        ("sensitive-table", Severity.NOTE, "已豁免：惩戒公示，依据《……条例》第三条")
    ]


def _word(text: str, rows: list[list[str]]) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, content in zip(row.cells, cells, strict=True):
            cell.text = content
    return _bytes_of(document)


def _sheet(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return _bytes_of(book)


def _bytes_of(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


# --- waivers ------------------------------------------------------------------------------------------


def test_a_waiver_turns_an_error_into_a_note_with_its_reason(site: SiteFixture) -> None:
    site.write(
        "news/a.md", news("电话13800138000。\n", 豁免="[{code: mobile-number, 原因: 对外公布的公务电话}]")
    )

    assert [item.text() for item in site.diagnostics()] == [
        "content/news/a.md:6:3: 提示[mobile-number]: 出现手机号码 138****8000，公开前应当去标识化\n"
        "  办法：已豁免：对外公布的公务电话"
    ]


def test_a_waiver_holds_in_every_phase(site: SiteFixture) -> None:
    waivers = "[{code: broken-anchor, 原因: 旧网页如此}, {code: unknown-organisation, 原因: 已撤销}]"
    site.write("news/a.md", news("[附表](#fubiao)\n", 发布机构="越明市某办", 豁免=waivers))

    assert site.check() == ""


def test_some_errors_cannot_be_waived(site: SiteFixture) -> None:
    site.write("news/a.md", news(栏目="zcwi", 豁免="[{code: unknown-section, 原因: 无所谓}]"))

    assert site.check() == (
        "content/news/a.md:4:5: 错误[unknown-section]: 没有“zcwi”这个栏目\n  办法：您是不是想写“zcwj”？"
    )


def test_a_refused_waiver_is_a_warning(site: SiteFixture) -> None:
    site.write("news/a.md", news(豁免="[{code: duplicate-url, 原因: 无所谓}]"))

    assert site.check() == (
        "content/news/a.md:4:5: 警告[unused-waiver]: “duplicate-url”不能豁免，这样的错误会弄坏网站\n"
        "  办法：改正错误，删去这条豁免"
    )


# --- what was published -------------------------------------------------------------------------------


def test_a_published_page_must_not_vanish_unless_it_is_redirected(site: SiteFixture) -> None:
    site.write("news/a.md", news())
    published = site.published()
    site.remove("news/a.md")
    site.write("news/b.md", news())

    assert site.check(published) == (
        "yaowen/a.html: 错误[vanished-page]: 已经发布过的网页 yaowen/a.html 不见了\n"
        "  办法：在改名后的文件里写“旧网址”，或恢复原文件；确需撤下的，换成说明撤下原因的页面"
    )
    assert not site.build(published=published).is_published

    site.write("news/b.md", news(旧网址="/yaowen/a.html"))
    assert site.check(published) == ""
    assert site.build(published=published).is_published
    assert "b.html" in site.page("yaowen/a.html")


# --- imported documents -------------------------------------------------------------------------------


def test_old_texts_are_imported_with_warnings_only(site: SiteFixture) -> None:
    body = "## 一\n\n#### 二\n\n![](x.png) [[旧文]]\n\n第三条　甲\n"
    site.write(
        "policy/a.md", policy(body, 导入="是", 发文字号="越政办[2026]1号", 发文机关="旧机关", 成文日期=None)
    )

    assert {item.severity for item in site.diagnostics()} == {Severity.WARNING}
    assert site.build().is_published
    site.write("policy/a.md", policy(body, 发文机关="旧机关"))
    assert not site.build().is_published


def test_an_excerpt_may_lack_clauses(site: SiteFixture) -> None:
    body = "第三条　甲\n\n第九条　乙\n"
    site.write("policy/a.md", policy(body, 节选="是"))

    assert site.check() == ""
    site.write("policy/a.md", policy(body))
    assert "clause-gap" in site.check()


# --- all at once --------------------------------------------------------------------------------------


def test_reports_a_faulty_file_once_and_not_those_that_refer_to_it(site: SiteFixture) -> None:
    site.write("policy/a.md", policy(成文日期="2026-02-30"))
    site.write("question/a.md", question())
    site.write(
        "news/a.md",
        news("见[[越政办发〔2026〕1号#第一条]]和[原文](../policy/a.md)。\n", 相关文件="越明市养老服务办法"),
    )

    assert site.check() == (
        "content/policy/a.md:5:7: 错误[bad-date]: 成文日期“2026-02-30”不是有效日期\n"
        "  办法：2026 年 2 月只有 28 天，按 YYYY-MM-DD 填写"
    )


def test_a_site_that_selects_what_is_not_there_is_told_so(site: SiteFixture) -> None:
    site.configure(
        SITE_YML + "    收录: {栏目: [zcwi, 栏目zcjd], 类型: [政策文建], 文档: [policy/x, news/draft]}\n"
    )
    site.write("news/draft.md", news(草稿="是"))

    assert site.check() == (
        "site.yml: 错误[unknown-selection]: “越明市政务公开”的“收录”写了“policy/x”，没有这个文档\n"
        "  办法：核对这个文档，或删去\n"
        "site.yml: 错误[unknown-selection]: “越明市政务公开”的“收录”写了“zcwi”，没有这个栏目\n"
        "  办法：您是不是想写“zcwj”？\n"
        "site.yml: 错误[unknown-selection]: “越明市政务公开”的“收录”写了“政策文建”，没有这个类型\n"
        "  办法：您是不是想写“政策文件”？\n"
        "site.yml: 错误[unknown-selection]: “越明市政务公开”的“收录”写了“栏目zcjd”，没有这个栏目\n"
        "  办法：写代号，不写名称：“栏目zcjd”的代号是 zcjd"
    )


def test_the_handbook_lists_every_code_that_these_cases_show() -> None:
    handbook = (Path(__file__).parents[2] / "docs/handbook/codes.md").read_text(encoding="utf-8")
    shown = {
        code
        for file in CASES.glob("*/expected.txt")
        for code in re.findall(r"^\S+: (?:错误|警告)\[([a-z-]+)\]", file.read_text(encoding="utf-8"), re.M)
    }

    assert len(shown) > 40
    assert sorted(code for code in shown if f"`{code}`" not in handbook) == []


# --- periods and personal data by the rules of domain 03 ----------------------------------------------


@pytest.mark.parametrize(
    ("closes", "reason", "code"),
    [
        ("2026-12-01", None, "short-consultation"),
        ("2026-12-01", "防汛紧急", ""),
        ("2026-12-02", None, ""),
    ],
    ids=["29 days", "29 days with a reason", "30 days"],
)
def test_a_draft_rule_is_open_for_thirty_days_after_the_opening_day(
    closes: str, reason: str | None, code: str, site: SiteFixture
) -> None:
    fields: dict[str, object] = {
        "标题": "关于公开征求意见的公告",
        "发布时间": "2026-11-02 09:00",
        "征集类别": "规章草案",
        "起草单位": "越明市民政局",
        "开始日期": "2026-11-02",
        "截止日期": closes,
        "缩短理由": reason,
        "起草说明": "为了规范工作，起草了本稿。",
        "征集渠道": "{邮箱: yj@example.gov.cn}",
    }
    site.write("consultation/a.md", front(fields, "征求意见。\n"))

    assert [item.code for item in site.diagnostics()] == ([code] if code else [])


@pytest.mark.parametrize(("number", "code"), [(ID_NUMBER, "personal-id-number"), ("110105194912310021", "")])
def test_a_sheet_is_refused_for_a_number_whose_check_digit_holds_and_for_no_other(
    number: str, code: str, site: SiteFixture
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["序号", "备注"])
    book.active.append(["1", number])
    data = io.BytesIO()
    book.save(data)
    site.write("policy/a/index.md", policy(附件="[{名称: 名单, 文件: mingdan.xlsx}]"))
    site.write("policy/a/mingdan.xlsx", data.getvalue())

    errors = [item for item in site.diagnostics() if item.severity is Severity.ERROR]

    assert [item.code for item in errors if item.code == "personal-id-number"] == ([code] if code else [])
    assert all(item.path == "content/policy/a/mingdan.xlsx" for item in errors)
    assert bool(errors) is bool(code)
