"""References: found in the source, resolved by the library, linked in the page."""

from __future__ import annotations

import pytest

from generator.markup import ROOT_MARK, ResolvedImage, ResolvedLink, convert, scan

NOTICE = ResolvedLink("zhengce/a.html", "tiao-5", "关于测试的通知", text="《测试办法》第五条")


def found(body: str) -> list[tuple[str, str, str, int, int]]:
    return [(item.form, item.target, item.clause, item.line, item.column) for item in scan(body)]


@pytest.mark.parametrize(
    ("body", "reference"),
    [
        ("见[[绍政办发〔2021〕3号#第五条]]", ("wiki", "绍政办发〔2021〕3号", "第五条", 1, 2)),
        ("见[[绍政办发[2021]3号|那个文件]]", ("wiki", "绍政办发[2021]3号", "", 1, 2)),
        ("见[[#第五条]]", ("wiki", "", "第五条", 1, 2)),
        ("甲\n按照《测试办法》执行", ("title", "《测试办法》", "", 2, 3)),
        ("《测试法》第三条第二款第（一）项规定", ("title", "《测试法》", "第三条第二款第（一）项", 1, 1)),
        ("按照绍政办发〔2021〕3号要求", ("number", "绍政办发〔2021〕3号", "", 1, 3)),
        ("（国办发[2013]27号）", ("number", "国办发[2013]27号", "", 1, 2)),
        ("省政府令第12号", ("number", "省政府令第12号", "", 1, 1)),
        ("[甲](../b/c.md#tiao-5)", ("path", "../b/c.md", "#tiao-5", 1, 1)),
        ("[甲](附件 1.pdf)", ("path", "附件 1.pdf", "", 1, 1)),
        ("![图](img/a.png)", ("image", "img/a.png", "", 1, 1)),
        ("[甲](https://a.example/#b)", ("url", "https://a.example/#b", "", 1, 1)),
        ("<https://a.example/>", ("url", "https://a.example/", "", 1, 1)),
        ('<a href="b.pdf">甲</a>', ("path", "b.pdf", "", 1, 1)),
        ("[甲][b]\n\n[b]: c.md", ("path", "c.md", "", 3, 1)),
    ],
)
def test_references_are_found_with_their_place(body: str, reference: tuple[str, str, str, int, int]) -> None:
    assert found(body) == [reference]


@pytest.mark.parametrize(
    "body", ["`《码》`", "```\n[[甲]] 《乙》\n```", r"\[\[甲\]\]", "<!-- 《乙》 -->", "~~~\n[甲](b.md)\n~~~"]
)
def test_code_comments_and_escapes_refer_to_nothing(body: str) -> None:
    assert found(body) == []


def test_a_title_inside_a_link_is_not_a_second_reference() -> None:
    assert [item[0] for item in found("[《甲》](b.md)和[[丙|《丁》]]")] == ["path", "wiki"]


@pytest.mark.parametrize(
    ("body", "key", "shown"),
    [
        ("见[[绍〔2021〕3号#第五条]]。", ("绍〔2021〕3号", "第五条"), "《测试办法》第五条"),
        ("见[[绍〔2021〕3号#第五条|该条]]。", ("绍〔2021〕3号", "第五条"), "该条"),
        ("见《测试办法》第五条。", ("《测试办法》", "第五条"), "《测试办法》第五条"),
        ("见绍政办发〔2021〕3号。", ("绍政办发〔2021〕3号", ""), "绍政办发〔2021〕3号"),
        ("见[该条](b.md#c)。", ("b.md", "#c"), "该条"),
        ('见<a href="b.md#c">该条</a>。', ("b.md", "#c"), "该条"),
    ],
)
def test_a_resolved_reference_is_linked_from_the_root(body: str, key: tuple[str, str], shown: str) -> None:
    assert convert(body, links={key: NOTICE}).html == (
        f'<p>见<a href="{ROOT_MARK}zhengce/a.html#tiao-5" title="关于测试的通知">{shown}</a>。</p>'
    )


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("见[[绍〔2021〕3号#第五条]]。", "见绍〔2021〕3号第五条。"),
        ("见《测试办法》第五条。", "见《测试办法》第五条。"),
        ("见[该条](b.md)。", "见该条。"),
    ],
)
def test_an_unresolved_reference_stays_text(body: str, shown: str) -> None:
    assert convert(body, links={("《别的》", ""): NOTICE, ("b.md", ""): None}).html == f"<p>{shown}</p>"


def test_a_title_whose_clause_is_unknown_still_leads_to_the_document() -> None:
    html = convert("见《测试办法》第九条。", links={("《测试办法》", ""): ResolvedLink("a.html")}).html
    assert html == f'<p>见<a href="{ROOT_MARK}a.html">《测试办法》</a>第九条。</p>'


def test_titles_in_code_headings_and_links_are_not_linked() -> None:
    links = {("《甲》", ""): ResolvedLink("a.html"), ("b.md", ""): ResolvedLink("b.html")}
    html = convert("## 学习《甲》\n\n`《甲》`和[《甲》](b.md)", links=links).html
    assert html == (
        f'<h2 id="jie-1">学习《甲》</h2>\n<p><code>《甲》</code>和<a href="{ROOT_MARK}b.html">《甲》</a></p>'
    )


def test_leaving_the_site_is_said_in_words() -> None:
    assert convert("[甲](https://www.example.com/?a=1&b=2)").html == (
        '<p><a class="external" href="https://www.example.com/?a=1&amp;b=2" '
        'rel="noopener noreferrer external">甲<span class="external__note">（站外）</span></a></p>'
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://www.gov.cn/",
        "https://zj.gov.cn/a",
        "https://www.yueming.example/",
        "mailto:a@yueming.example",
    ],
)
def test_government_sites_and_the_groups_own_are_not_outside(address: str) -> None:
    html = convert(f"[甲]({address})", domains=frozenset({"yueming.example"})).html
    assert html == f'<p><a href="{address}">甲</a></p>'


def test_a_host_that_only_ends_like_a_government_site_is_outside() -> None:
    assert "external" in convert("[甲](https://fakegov.cn/)").html


def test_an_image_gets_its_size_and_sources() -> None:
    sources = (("image/webp", (("tu/a-480.webp", 480), ("tu/a-640.webp", 640))),)
    images = {"img/a.png": ResolvedImage("tu/a.png", 640, 480, sources)}
    assert convert("![流程图](img/a.png)", images=images).html == (
        f'<p><picture><source type="image/webp" srcset="{ROOT_MARK}tu/a-480.webp 480w, '
        f'{ROOT_MARK}tu/a-640.webp 640w" sizes="(min-width: 60em) 39rem, 100vw">'
        f'<img src="{ROOT_MARK}tu/a.png" alt="流程图" width="640" height="480" loading="lazy"></picture></p>'
    )


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("甲\n\n[乙]()", (3, 1, "empty-link")),
        ("[乙](#)", (1, 1, "empty-link")),
        ("[乙](javascript:void(0))", (1, 1, "bad-link")),
        ("[乙](file:///C:/a.doc)", (1, 1, "bad-link")),
        ("[乙](http://localhost/a)", (1, 1, "bad-link")),
        ("[乙](http://10.1.2.3/a)", (1, 1, "bad-link")),
        ('<a href="http://192.168.1.1/">乙</a>', (1, 1, "bad-link")),
        ("甲![](a.png)", (1, 2, "image-without-alt")),
        ('<img src="a.png">', (1, 1, "image-without-alt")),
        ("甲<script>x</script>", (1, 2, "raw-script")),
        ('<b onclick="x">甲</b>', (1, 1, "raw-script")),
        ("见[[#第九条]]", (1, 2, "broken-anchor")),
        ("[甲](#jie-9)", (1, 1, "broken-anchor")),
    ],
)
def test_faults_are_reported_where_they_are(body: str, problem: tuple[int, int, str]) -> None:
    assert [(item.line, item.column, item.code) for item in convert(body).problems] == [problem]


@pytest.mark.parametrize(
    "body",
    [
        "`<script>`",
        "```\n<script>\n```",
        "[甲](http://100.example.com/)",
        '<img src="a.png" alt="图">',
        "[甲](#jie-1)\n\n## 乙",
    ],
)
def test_what_only_looks_like_a_fault_is_not_reported(body: str) -> None:
    assert convert(body).problems == ()


def _external(address: str) -> str:
    shown = address.replace("&", "&amp;")
    return (
        f'<a class="external" href="{shown}" rel="noopener noreferrer external">{shown}'
        '<span class="external__note">（站外）</span></a>'
    )


@pytest.mark.parametrize(
    ("body", "before", "address", "after"),
    [
        (
            "请登录https://a.example/b_1?c=1&d=2，查询。",
            "请登录",
            "https://a.example/b_1?c=1&d=2",
            "，查询。",
        ),
        ("见（https://a.example/b(1)）。", "见（", "https://a.example/b(1)", "）。"),
        ("(see https://a.example/b.)", "(see ", "https://a.example/b", ".)"),
        ("网址：http://a.example:8080/甲", "网址：", "http://a.example:8080/", "甲"),
        ("“https://a.example”", "“", "https://a.example", "”"),
    ],
)
def test_a_bare_address_becomes_a_link_without_the_signs_around_it(
    body: str, before: str, address: str, after: str
) -> None:
    assert convert(body).html == f"<p>{before}{_external(address)}{after}</p>"


def test_bare_addresses_of_governments_and_of_the_group_do_not_leave() -> None:
    html = convert("https://www.gov.cn/ 和 https://b.example/", domains=frozenset({"b.example"})).html
    assert html == (
        '<p><a href="https://www.gov.cn/">https://www.gov.cn/</a> 和 '
        '<a href="https://b.example/">https://b.example/</a></p>'
    )


@pytest.mark.parametrize(
    "body", ["http://192.168.1.2/oa", "`https://a.example/`", "## https://a.example/", "xhttps://a.cn/"]
)
def test_addresses_in_code_and_headings_and_of_an_office_network_stay_text(body: str) -> None:
    assert "<a" not in convert(body).html


def test_an_address_within_a_title_belongs_to_the_title() -> None:
    links = {("《甲https://a.cn/乙》", ""): NOTICE}
    html = convert("《甲https://a.cn/乙》", links=links).html
    assert html.count("<a") == 1 and "tiao-5" in html
