"""Whole imports: files in, content files and a report out."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from generator.diagnostics import Diagnostic, Severity
from generator.importing import run_import
from generator.importing.mapping import bundled_names, read_mapping
from generator.kinds import KIND_BY_NAME
from generator.load import load_document
from generator.validate import validate_document

CORPUS = Path(__file__).parents[3] / "../shared/corpus"
needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the open test corpus is not beside this checkout"
)

MAPPING = """\
种类: policy
标识: id
正文: text
字段:
  name: 标题
  no: 发文字号
  org: {写入: 发文机关, 分隔: "、"}
  made: {写入: [成文日期, 发布时间], 日期格式: "%d/%m/%Y", 时刻: "09:00"}
  state: {写入: 有效性, 对应: {有效: 现行有效, 不明: ""}}
  index: 索引号
固定值: {栏目: zcwj}
缺省值: {发文机关: 原文未注明}
"""


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "mapping.yml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def problems_of(target: Path) -> tuple[int, list[Diagnostic]]:
    """Load and validate everything below ``content/``; return how many documents are valid, and the problems."""
    valid, found = 0, []
    for path in sorted((target / "content").rglob("*.md")):
        relative = path.relative_to(target).as_posix()
        kind = KIND_BY_NAME[relative.split("/")[1]]
        data = path.read_bytes()
        source, problems = load_document(relative, kind.name, path.stem, data)
        found += problems
        if source is not None:
            document, problems = validate_document(source, kind, data)
            valid += document is not None
            found += problems
    return valid, found


RECORD = {
    "id": "A_1",
    "name": "关于防汛的通知",
    "no": "越水发[2026]03号",
    "org": "越明市水利局、越明市应急管理局",
    "made": "08/03/2026",
    "state": "有效",
    "index": None,
    "text": "第一条 加强值班。\n\n1. 备足物资*。",
}
WRITTEN = """\
---
标题: 关于防汛的通知
发文字号: 越水发〔2026〕3号
发文机关:
  - 越明市水利局
  - 越明市应急管理局
成文日期: 2026-03-08
发布时间: 2026-03-08 09:00
有效性: 现行有效
栏目: zcwj
导入: 是
---

第一条 加强值班。

1\\. 备足物资\\*。
"""


def test_a_record_becomes_a_content_file(tmp_path: Path, mapping: Path) -> None:
    table = tmp_path / "a.jsonl"
    table.write_text(json.dumps(RECORD, ensure_ascii=False) + "\n", encoding="utf-8")
    report = run_import([table], target=tmp_path / "site", mapping=mapping)
    assert (report.read, report.written, report.diagnostics) == (1, ("content/policy/a-1.md",), ())
    assert (tmp_path / "site/content/policy/a-1.md").read_text("utf-8") == WRITTEN
    assert problems_of(tmp_path / "site")[0] == 1


def test_csv_and_gzip_give_the_same_file(tmp_path: Path, mapping: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(json.dumps(RECORD).encode(), mtime=0))
    row = {key: value or "" for key, value in RECORD.items()}
    quoted = ['"' + value.replace('"', '""') + '"' for value in row.values()]
    (tmp_path / "b.csv").write_bytes((",".join(row) + "\r\n" + ",".join(quoted) + "\r\n").encode("gb18030"))
    for name in ("a.jsonl.gz", "b.csv"):
        run_import([tmp_path / name], target=tmp_path / name[0], mapping=mapping)
        assert (tmp_path / name[0] / "content/policy/a-1.md").read_text("utf-8") == WRITTEN


def test_values_that_cannot_be_used_are_reported_once_with_their_number(
    tmp_path: Path, mapping: Path
) -> None:
    table = tmp_path / "a.jsonl"
    records = [
        {"id": "a", "name": "甲文件", "state": "失踪", "index": "12"},
        {"id": "b", "name": "乙文件", "state": "失踪", "index": "13"},
        {"id": "c", "name": "丙文件", "state": "不明"},
    ]
    table.write_text("\n".join(json.dumps(record) for record in records) + "\n{broken\n", encoding="utf-8")
    report = run_import([table], target=tmp_path, mapping=mapping)
    assert len(report.written) == 3
    assert [re.sub(r"^.*?/a\.jsonl", "a.jsonl", item.text()) for item in report.diagnostics] == [
        "a.jsonl:4: 错误[import-record]: 这一行不是 JSON 对象，没有导入\n  办法：每行写一个完整的 JSON 对象，编码用 UTF-8",
        "a.jsonl: 警告[import-value]: 有效性有 2 处没有写入：不在可选范围内，例如“失踪”（a）\n"
        "  办法：在原表中改正，或在字段映射的“对应”中写明换成什么",
        "a.jsonl: 警告[import-value]: 索引号有 2 处没有写入：索引号格式不符，例如“12”（a）\n"
        "  办法：在原表中改正，或在字段映射的“对应”中写明换成什么",
        "a.jsonl: 提示[import-default]: 3 条记录没有“发文机关”，写入了缺省值“原文未注明”\n  办法：发布前补上真实的内容",
    ]


def test_a_second_import_overwrites_only_when_told(tmp_path: Path, mapping: Path) -> None:
    table = tmp_path / "a.jsonl"
    table.write_text(json.dumps(RECORD), encoding="utf-8")
    run_import([table], target=tmp_path, mapping=mapping)
    (tmp_path / "content/policy/a-1.md").write_text("改过", encoding="utf-8")

    again = run_import([table], target=tmp_path, mapping=mapping)
    assert (again.written, again.collisions) == ((), ("content/policy/a-1.md",))
    assert [item.code for item in again.diagnostics] == ["import-exists"]
    assert (tmp_path / "content/policy/a-1.md").read_text("utf-8") == "改过"

    run_import([table], target=tmp_path, mapping=mapping, overwrite=True)
    assert (tmp_path / "content/policy/a-1.md").read_text("utf-8") == WRITTEN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "种类: polcy\n字段: {a: 标题}\n",
            "m.yml:1:5: 错误[import-mapping]: “种类”没有“polcy”\n  办法：您是不是想写“policy”？",
        ),
        (
            "种类: policy\n",
            "m.yml:1:1: 错误[import-mapping]: 没有写“字段”\n  办法：在“字段”下逐行写“原字段: 目标键”",
        ),
        (
            "种类: policy\n字段:\n  a: 发文子号\n",
            "m.yml:3:6: 错误[import-mapping]: 政策文件没有“发文子号”这个键\n  办法：您是不是想写“发文字号”？",
        ),
        (
            "种类: policy\n字段:\n  a: {写入: 标题, 日期格工: x}\n",
            "m.yml:3:15: 错误[import-mapping]: 不认识“日期格工”\n  办法：您是不是想写“日期格式”？",
        ),
        ("种类: [policy\n", None),
    ],
)
def test_a_mapping_that_cannot_be_used_is_explained(tmp_path: Path, text: str, expected: str | None) -> None:
    path = tmp_path / "m.yml"
    path.write_text(text, encoding="utf-8")
    found, diagnostics = read_mapping(path, "m.yml")
    assert found is None
    assert len(diagnostics) == 1
    if expected:
        assert diagnostics[0].text() == expected


def test_bundled_mappings_are_valid() -> None:
    assert bundled_names() == ("policies", "regulations", "scale")
    report = run_import([], target=Path(), mapping="scale")
    assert report.diagnostics == ()


def test_a_folder_of_files_is_imported_and_gaps_are_listed(tmp_path: Path) -> None:
    sources = tmp_path / "old"
    (sources / "2014").mkdir(parents=True)
    document = docx.Document()
    document.add_paragraph("越明市水利局关于防汛的通知").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("越水发〔2014〕3号").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("各区：")
    document.add_paragraph("请加强值班。")
    for line in ("越明市水利局", "2014年3月8日"):
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.save(str(sources / "2014/通知.docx"))
    (sources / "说明.txt").write_bytes("防汛值班说明\n值班人员应当坚守岗位。\n".encode("gbk"))
    (sources / "旧文件.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (sources / "坏文件.docx").write_bytes(b"PK")

    report = run_import(
        [sources, sources / "旧文件.doc"],
        target=tmp_path,
        defaults={"发布时间": "2026-01-01 00:00", "发文机关": "原文未注明"},
    )

    assert report.written == ("content/policy/ysf-2014-3.md", "content/policy/fxzbsm.md")
    assert [(Path(item.path).name, item.message) for item in report.diagnostics] == [
        ("坏文件.docx", "不是有效的 .docx 文件"),
        ("旧文件.doc", "不能导入 .doc 文件"),
    ]
    first, second = report.items
    assert first.unrecognised == ("没有找到发布时间，请补填“发布时间”",)
    assert "没有找到发文机关，请补填“发文机关”" in second.unrecognised
    valid, problems = problems_of(tmp_path)
    assert valid == 2
    assert [item for item in problems if item.severity is Severity.ERROR] == []


def test_attachments_and_images_get_safe_names_beside_the_document(tmp_path: Path) -> None:
    (tmp_path / "流程图.png").write_bytes(b"\x89PNG")
    (tmp_path / "申请 表.DOCX").write_bytes(b"PK")
    (tmp_path / "a.html").write_text(
        "<h1>关于防汛的通知</h1><div id=zoom><p>各区：</p><p>请各单位加强值班值守，备足物资，落实责任，确保安全度汛。</p>"
        '<p><img src="流程图.png" alt="流程"></p><p>附件：申请表</p></div><a href="申请%20表.DOCX">申请表</a>',
        encoding="utf-8",
    )
    report = run_import([tmp_path / "a.html"], target=tmp_path / "site")
    folder = tmp_path / "site/content/policy/gyfxdtz"
    assert report.written == ("content/policy/gyfxdtz/index.md",)
    assert sorted(path.name for path in folder.iterdir()) == [
        "gyfxdtz-fj1.docx",
        "gyfxdtz-tu1.png",
        "index.md",
    ]
    text = (folder / "index.md").read_text("utf-8")
    assert "附件:\n  - 名称: 申请表\n    文件: gyfxdtz-fj1.docx\n" in text
    assert "![流程](gyfxdtz-tu1.png)" in text


def test_a_missing_source_or_mapping_is_reported(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("id\n1\n", encoding="utf-8")
    codes = Counter(
        item.code
        for report in (
            run_import([tmp_path / "gone.docx"], target=tmp_path),
            run_import([table], target=tmp_path),
            run_import([table], target=tmp_path, mapping=tmp_path / "gone.yml"),
        )
        for item in report.diagnostics
    )
    assert codes == {"import-missing": 1, "import-mapping": 2}


@needs_corpus
@pytest.mark.parametrize(("name", "count"), [("regulations", 1668), ("policies", 546)])
def test_the_corpus_is_imported_without_an_error(tmp_path: Path, name: str, count: int) -> None:
    report = run_import([CORPUS / f"{name}.jsonl.gz"], target=tmp_path, mapping=name)
    assert (report.read, len(report.written)) == (count, count)
    assert [item.text() for item in report.diagnostics if item.severity <= Severity.WARNING] == []
    valid, problems = problems_of(tmp_path)
    assert valid == count
    assert [item.text() for item in problems if item.severity is Severity.ERROR] == []


@needs_corpus
def test_the_scale_content_is_imported_without_a_problem(tmp_path: Path) -> None:
    table = tmp_path / "scale.jsonl"
    command = [sys.executable, str(CORPUS / "scale.py"), "-n", "2000", "--seed", "1", "-o", str(table)]
    subprocess.run(command, check=True, timeout=120)
    report = run_import([table], target=tmp_path, mapping="scale")
    assert (len(report.written), report.diagnostics) == (2000, ())
    assert problems_of(tmp_path) == (2000, [])
