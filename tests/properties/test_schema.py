"""The JSON Schema that editors use agrees with the validator: what one accepts, so does the other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import BaseModel, ValidationError

from generator import fields
from generator.config import GroupSettings
from generator.export import kind_schema, record_schema, site_schema
from generator.export.describe import is_a, required_examples
from generator.export.draft import draft
from generator.fields import Declared, KeyMap, item_of, model_inside
from generator.forms import to_plain
from generator.kinds import KIND_BY_NAME, KINDS, RECORD_KINDS
from generator.load import load_document
from generator.yaml_nodes import Mapping as MappingNode
from generator.yaml_nodes import YamlProblem, parse

CONTENT = Path(__file__).parents[2] / "content"

# --- YAML as an editor reads it: version 1.2, core schema ------------------------------------------


class CoreLoader(yaml.SafeLoader):
    """Tags of YAML 1.2's core schema: no dates, no sexagesimals, ``no`` is a word."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 # pyyaml's own attribute


CoreLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), None)
CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), None
)
CoreLoader.add_implicit_resolver(
    "tag:core,int", re.compile(r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$"), None
)
CoreLoader.add_implicit_resolver(
    "tag:core,float",
    re.compile(
        r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$"
    ),
    None,
)
CoreLoader.add_constructor(
    "tag:core,int",
    lambda loader, node: int(node.value, 0) if re.match("0[ox]", node.value) else int(node.value),
)
CoreLoader.add_constructor(
    "tag:core,float", lambda loader, node: float(re.sub(r"\.(?=inf|nan)", "", node.value.lower()))
)


def as_an_editor_reads(text: str) -> Any:
    return yaml.load(text, Loader=CoreLoader)


# --- texts that editors type -----------------------------------------------------------------------

ANYTHING = (
    "", "是", "否", "true", "True", "TRUE", "false", "no", "yes", "Yes", "null", "~", "Null", "1", "0", "-1", "08", "012", "2026",
    "2026.03", "1e5", "0x1F", ".5", "1,000", "１２", ".inf", "12:30", "甲", "a", " 甲 ", "2026-03-08", "2026-02-30", "https://a.cn",
)  # fmt: skip
TYPED: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (fields.Day, ("2026-03-08", "2026/3/8", "2026.3.8", "2026年3月8日", "2026年3月8", " 2026-03-08 ", "２０２６-03-08", "2026 - 3 - 8")),
    (fields.Minute, ("2026-03-08 09:15", "2026/3/8 9:15", "2026-03-08T09:15:00", "2026年3月8日9时15分", "2026-03-08", "2026-3-8　9：15")),
    (fields.Month, ("2026-03", "2026.03", "2026年3月", "2026/3", " 2026-12")),
    (fields.YesNo, ("是", "否", "true", "True", "yes", "no", "No", " 是 ", "False")),
    (fields.Number, ("6.2", "1,000", "１２", "-3", "1e3", " 7 ", ".5", "1_000")),
    (fields.Count, ("0", "012", "007", "１２", " 3 ")),
    (fields.Slug, ("zcwj", "2026", "1e5", "true", "null", "a-b", " zt ", "0x1f")),
    (fields.Phone, ("12345", "0575-12345678", "010-12345678", "13800000000", "+8613800000000", "400-123-4567", "110")),
    (fields.WebAddress, ("https://a.cn/", "HTTPS://A.CN/", "Http://a.cn", "tel:12345", "mailto:a@b.cn", " http://a.cn")),
    (fields.CreditCode, ("91350100M000100Y43", "11330600002577014T", "113306000000002030", " 91350100M000100Y43 ")),
    (fields.IndexNumberText, ("000014349/2017-00110", "11330600002577014T/2022-227934", "000014349／2017－00110")),
    (fields.DocumentNumberText, ("越政办发〔2026〕1号", "令1号", "令第三号", "越政办发 〔2026〕 1 号", "公告2026年第3号")),
    (fields.SubjectText, ("综合政务\\政务公开", "综合政务/政务公开", "国防")),
    (fields.ValidityText, ("现行有效", "有效", "已废止", " 失效 ")),
    (fields.Email, ("a@b.cn",)),
    (fields.SitePath, ("/art/1.html", "2024", "true")),
    (fields.FileName, ("a.pdf", "2024", "null")),
)  # fmt: skip


def texts(info: Any) -> st.SearchStrategy[str]:
    """Texts for a field: its own spellings, those of others, and noise."""
    own = [text for alias, spellings in TYPED if is_a(info, alias) for text in spellings]
    example = item_of(info).example
    own += [example] if isinstance(example, str) else []
    noise = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)
    strategies = [st.sampled_from(own)] * 3 if own else []
    return st.one_of(*strategies, st.sampled_from(ANYTHING), noise)


def values(info: Any) -> st.SearchStrategy[Any]:
    """Values for a field: mostly of the right shape."""
    inner = model_inside(info.annotation)
    one: st.SearchStrategy[Any] = mappings(inner, required_examples(inner)) if inner else texts(info)
    return st.one_of(one, st.lists(one, max_size=3), st.just(""))


@st.composite
def mappings(draw: st.DrawFn, model: type[Declared], base: Mapping[str, Any]) -> dict[str, Any]:
    """A valid mapping with some keys replaced or added, each key in one of its two spellings."""
    result = {model_key(model, label): value for label, value in base.items()}
    names = draw(st.lists(st.sampled_from(sorted(model.model_fields)), max_size=3, unique=True))
    result |= {name: draw(values(model.model_fields[name])) for name in names}
    return {
        draw(st.sampled_from((name, item_of(model.model_fields[name]).label))): value
        for name, value in result.items()
    }


def model_key(model: type[Declared], label: str) -> str:
    return KeyMap.of(model).names.get(label, label)


def written(value: Any, plain: bool, indent: str = "") -> Iterator[str]:
    """Write YAML in block style; ``plain`` leaves quotes away where the text stays the same without."""
    if isinstance(value, dict):
        if not value:
            yield "{}"
        for key, inner in value.items():
            first, *rest = written(inner, plain)
            yield f"{key}: {first}" if isinstance(inner, str) or inner in ([], {}) else f"{key}:"
            if not (isinstance(inner, str) or inner in ([], {})):
                yield from (f"  {line}" for line in (first, *rest))
    elif isinstance(value, list):
        if not value:
            yield "[]"
        for entry in value:
            first, *rest = written(entry, plain)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)
    else:
        yield value if plain and is_plain(value) else json.dumps(value, ensure_ascii=False)


def is_plain(text: str) -> bool:
    try:
        return bool(yaml.load(f"k: {text}", Loader=yaml.BaseLoader) == {"k": text})
    except yaml.YAMLError:
        return False


# --- the property ----------------------------------------------------------------------------------


def accepted(model: type[BaseModel], keys: KeyMap, text: str) -> bool:
    """Whether the validator accepts a text as a mapping of a model."""
    try:
        tree = parse(text)
    except YamlProblem:
        return False
    if not isinstance(tree, MappingNode):
        return False
    plain = to_plain(tree, keys)
    try:
        model.model_validate(plain.data, context={"warnings": []})
    except ValidationError:
        return False
    return not plain.problems


MODELS: dict[str, tuple[type[Declared], dict[str, Any], dict[str, Any]]] = {
    **{
        kind.name: (
            kind.model,
            {kind.label_of(name): value for name, value in draft(kind).items()},
            kind_schema(kind),
        )
        for kind in KINDS
    },
    **{
        kind.name: (kind.model, required_examples(kind.model), record_schema(kind)["items"])
        for kind in RECORD_KINDS
    },
    "site.yml": (GroupSettings, required_examples(GroupSettings), site_schema()),
}


@pytest.mark.parametrize("name", MODELS)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_accepts_whatever_the_validator_accepts(name: str, data: st.DataObject) -> None:
    model, base, schema = MODELS[name]
    mapping = data.draw(mappings(model, base))
    text = "\n".join(written(mapping, data.draw(st.booleans()))) + "\n"
    if accepted(model, KeyMap.of(model), text):
        problems = [error.message for error in Draft7Validator(schema).iter_errors(as_an_editor_reads(text))]
        assert not problems, text


@pytest.mark.parametrize("name", MODELS)
def test_accepts_every_spelling_of_every_field(name: str) -> None:
    """Without chance: each field alone with each of its spellings and all odd words."""
    model, base, schema = MODELS[name]
    keys = KeyMap.of(model)
    rest = "\n".join(written({model_key(model, label): value for label, value in base.items()}, True))
    tried = 0
    for field, info in model.model_fields.items():
        if model_inside(info.annotation):
            continue
        validator = Draft7Validator(schema["properties"][item_of(info).label])
        others = re.sub(rf"^{field}:.*\n(?: .*\n)*", "", f"{rest}\n", flags=re.MULTILINE)
        own = [text for alias, spellings in TYPED if is_a(info, alias) for text in spellings]
        for spelling in dict.fromkeys((*own, *ANYTHING)):
            for plain in (True, False):
                (line,) = written({field: spelling}, plain)
                if accepted(model, keys, f"{others}{line}\n"):
                    tried += 1
                    value = as_an_editor_reads(line)[field]
                    assert not [error.message for error in validator.iter_errors(value)], line
    assert tried > len(model.model_fields)


# --- and what it is there for ----------------------------------------------------------------------

POLICY = """\
标题: 越明市养老服务办法
发布时间: 2026-11-02 09:00
发文机关: 越明市人民政府办公室
附件:
  - 名称: 申请表
    文件: a.docx
"""


def problems_of(text: str, name: str = "policy") -> list[str]:
    """The places that an editor underlines."""
    errors = Draft7Validator(MODELS[name][2]).iter_errors(as_an_editor_reads(text))
    return sorted("/".join(map(str, error.absolute_path)) or error.validator for error in errors)


def test_has_nothing_to_say_about_a_sound_document() -> None:
    assert problems_of(POLICY) == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("标题:", "题目:", "additionalProperties"),
        ("2026-11-02 09:00", "下周一", "发布时间"),
        ("标题: 越明市养老服务办法", "文件性质: 重要文件\n标题: 甲", "文件性质"),
        ("标题: 越明市养老服务办法", "草稿: 也许\n标题: 甲", "草稿"),
        ("名称: 申请表", "名字: 申请表", "附件/0"),
        ("文件: a.docx", "文件: [a.docx]", "附件/0/文件"),
        ("标题: 越明市养老服务办法", "主站: 门户\n标题: 甲", "主站"),
        ("发布时间: 2026-11-02 09:00\n", "", "anyOf"),
    ],
)
def test_underlines_a_mistake_where_it_is(old: str, new: str, place: str) -> None:
    assert old in POLICY
    assert place in problems_of(POLICY.replace(old, new))


def test_completes_chinese_keys_only() -> None:
    properties = MODELS["policy"][2]["properties"]
    proposed = {key for key, value in properties.items() if not value.get("doNotSuggest")}
    assert {"标题", "发文字号", "正文"} <= proposed
    assert all(re.search(r"[\u4e00-\u9fff]", key) for key in proposed)
    assert properties["发文字号"]["description"].startswith("例如 越政办发〔2026〕3号")


@pytest.mark.parametrize("name", sorted(KIND_BY_NAME))
def test_agrees_with_the_sample_city(name: str) -> None:
    validator = Draft7Validator(MODELS[name][2])
    files = sorted((CONTENT / name).rglob("*.md"))
    assert files
    for file in files:
        data = file.read_bytes()
        source, _ = load_document(f"content/{name}/{file.name}", name, file.stem, data)
        assert source
        front = data.decode("utf-8-sig").replace("\r\n", "\n").split("\n---", 1)[0].removeprefix("---\n")
        problems = [error.message for error in validator.iter_errors(as_an_editor_reads(front))]
        assert not problems, file
