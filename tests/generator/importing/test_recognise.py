"""Recognition of titles, numbers, signatures and attachments in plain texts."""

from __future__ import annotations

import pytest

from generator.importing.documents import ImportedDocument
from generator.importing.plain import read_text
from generator.importing.recognise import recognise

RUNNING = "为做好防汛工作，保障人民群众生命财产安全，现就有关事项通知如下。"


def document(text: str) -> ImportedDocument:
    return recognise(read_text(text.encode()))


def test_a_notice_as_it_is_printed() -> None:
    found = document(
        f"越明市水利局关于做好防汛工作的通知\n越水发〔2026〕3号\n各区、县水利局：\n　　{RUNNING}\n"
        "　　附件：1.值班表\n　　2.《物资清单》\n\n　　　　　　　　　　　　　　　　越明市水利局\n　　　　　　　　　　　　　　　　2026年3月8日\n（此件公开发布）\n"
    )
    assert found.title == "越明市水利局关于做好防汛工作的通知"
    assert found.document_number == "越水发〔2026〕3号"
    assert found.issuer == ("越明市水利局",)
    assert found.issued_on == "2026-03-08"
    assert found.signature == ("越明市水利局", "2026年3月8日")
    assert [attachment.name for attachment in found.attachments] == ["值班表", "物资清单"]
    assert found.body_markdown.startswith("各区、县水利局：\n\n为做好防汛工作")


@pytest.mark.parametrize(
    ("signature", "issuer"),
    [
        ("财政部　国土资源部", ("财政部", "国土资源部")),
        ("财政部\n国土资源部", ("财政部", "国土资源部")),
        ("国 务 院", ("国务院",)),
        ("中华人民共和国住房和城乡建设部", ("住房和城乡建设部",)),
        ("财政部、国土资源部", ("财政部", "国土资源部")),
    ],
)
def test_bodies_that_sign_together(signature: str, issuer: tuple[str, ...]) -> None:
    found = document(f"关于做好防汛工作的通知\n各省：\n{RUNNING}\n{signature}\n二○○九年十一月十八日\n")
    assert found.issuer == issuer
    assert found.issued_on == "2009-11-18"


def test_an_order_is_numbered_by_its_body_and_signed_by_its_head() -> None:
    found = document(
        "越明市人民政府令\n第12号\n《越明市供水管理办法》已经市人民政府常务会议通过，现予公布，自2026年5月1日起施行。\n"
        "市　长　李　明\n2026年3月8日\n越明市供水管理办法\n第一条　为了规范供水，制定本办法。\n"
    )
    assert found.title == "越明市供水管理办法"
    assert found.document_number == "越明市人民政府令第12号"
    assert found.issuer == ("越明市人民政府",)
    assert found.signature == ("市长 李明", "2026年3月8日")
    assert found.effective_on == "2026-05-01"


def test_a_caption_gives_promulgation_and_is_kept() -> None:
    found = document(
        "城市蓝线管理办法\n（2005年12月20日建设部令第145号发布　自2006年3月1日起施行\n根据2011年《决定》修正）\n第一条　为了加强保护，制定本办法。\n"
    )
    assert (found.document_number, found.issuer) == ("建设部令第145号", ("建设部",))
    assert (found.issued_on, found.effective_on) == ("2005-12-20", "2006-03-01")
    assert found.body_markdown.startswith(
        "（2005年12月20日建设部令第145号发布　自2006年3月1日起施行根据2011年《决定》修正）\n\n第一条"
    )
    assert "成文日期 2005-12-20 取自题注中的公布日期" in found.inferred


def test_what_is_missing_is_named() -> None:
    found = document("防汛工作办法\n第一条　为了加强防汛，制定本办法。\n第二条　本办法自发布之日起施行。\n")
    assert found.issuer == () and found.issued_on == "" and found.effective_on == ""
    assert found.unrecognised == (
        "正文写“自发布之日起施行”一类，没有换算成“施行日期”，请补填",
        "没有找到发文字号，原文有的请补填“发文字号”",
        "没有找到发文机关，请补填“发文机关”",
        "没有找到成文日期，请补填",
        "没有找到发布时间，请补填“发布时间”",
    )


def test_an_issuer_told_only_by_the_title_is_marked_as_inferred() -> None:
    found = document(f"越明市水利局关于做好防汛工作的通知\n各区：\n{RUNNING}\n")
    assert found.issuer == ("越明市水利局",)
    assert "发文机关“越明市水利局”取自标题，正文没有署名" in found.inferred


@pytest.mark.parametrize(
    "sentence",
    [
        "《供水条例》自2020年1月1日起施行，本市遵照办理。",
        "按照国家规定，自2020年1月1日起施行新标准的，可以申请。",
    ],
)
def test_the_day_another_text_takes_effect_is_not_taken(sentence: str) -> None:
    assert document(f"关于做好供水工作的通知\n各区：\n{sentence}\n").effective_on == ""


def test_several_days_of_effect_are_left_to_the_editor() -> None:
    found = document(
        "越明市办法\n第一条　本办法自2020年1月1日起施行。\n第二条　本条规定自2021年1月1日起施行，本办法自2021年6月1日起执行。\n"
    )
    assert found.effective_on == ""
    assert any("多个施行日期" in text for text in found.unrecognised)


def test_articles_open_with_their_number_and_sentences_that_cite_one_do_not() -> None:
    body = document(
        "越明市办法\n第一章总则\n第一条为了规范管理，制定本办法。\n第二条 本办法适用于本市。\n第一条规定的情形除外。\n第三条下列行为禁止：\n第二十条规定的行为。\n第二章　附　则\n第四条 试行。\n"
    ).body_markdown
    assert body == (
        "## 第一章　总则\n\n第一条　为了规范管理，制定本办法。\n\n第二条　本办法适用于本市。\n\n"
        "第一条　规定的情形除外。\n\n第三条　下列行为禁止：\n\n第二十条规定的行为。\n\n## 第二章　附　则\n\n第四条　试行。\n"
    ).replace("第一条　规定的情形除外。", "第一条规定的情形除外。")


def test_parts_chapters_and_sections_nest() -> None:
    body = document(
        "越明市法典\n第一编　总则\n第一章　基本规定\n第一节　原则\n第一条　甲。\n第二编　物权\n第二条　乙。\n"
    ).body_markdown
    assert [line for line in body.splitlines() if line.startswith("#")] == [
        "## 第一编　总则",
        "### 第一章　基本规定",
        "#### 第一节　原则",
        "## 第二编　物权",
    ]


def test_a_table_of_contents_is_no_second_set_of_headings() -> None:
    body = document(
        "越明市办法\n目　录\n第一章　总则\n第二章　附则\n第一章　总则\n第一条　甲。\n第二章　附则\n第二条　乙。\n"
    ).body_markdown
    assert (
        body
        == "目　录\n\n第一章　总则\n\n第二章　附则\n\n## 第一章　总则\n\n第一条　甲。\n\n## 第二章　附则\n\n第二条　乙。\n"
    )
