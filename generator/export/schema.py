"""JSON Schema for editors, from the declarations: whatever the validator accepts, the schema accepts.

Keys may be written as Chinese labels or English names; values may be text or what YAML makes of it (a number,
yes or no), because the validator reads the text as typed. Draft 7, which the editors' YAML plugins know best.
"""

from __future__ import annotations

import re
from typing import Any, Final

from generator.config import GroupSettings
from generator.export.describe import form_of
from generator.fields import Declared, item_of, model_inside
from generator.kinds import ContentKind, RecordKind
from generator.load import BODY_KEY

Schema = dict[str, Any]

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
_NUMBERS: Final = ("1", "-1", "2026", "2026.03", "1e5")
_BOOLEANS: Final = ("true", "True", "TRUE", "false", "False", "FALSE")
_NULLS: Final = ("null", "Null", "NULL", "~")


def kind_schema(kind: ContentKind) -> Schema:
    """Return the schema of a document: its front matter, and the body where the file is YAML."""
    schema = _object(kind.model)
    body = {
        "type": ["string", "number", "boolean", "null"],
        "description": "正文（Markdown），写在“|”后面缩进两格",
    }
    schema["properties"] |= {BODY_KEY: body, "body": {**body, "doNotSuggest": True}}
    return {"$schema": DRAFT, "title": kind.label, "description": kind.purpose, **schema}


def record_schema(kind: RecordKind) -> Schema:
    """Return the schema of a YAML file of records."""
    return {
        "$schema": DRAFT,
        "title": kind.label,
        "description": kind.purpose,
        "type": ["array", "null"],
        "items": _object(kind.model),
    }


def site_schema() -> Schema:
    """Return the schema of ``site.yml``."""
    return {"$schema": DRAFT, "title": "站点设置", **_object(GroupSettings)}


def _object(model: type[Declared]) -> Schema:
    raw = model.model_json_schema()
    definitions = raw.get("$defs", {})
    properties: Schema = {}
    required: list[Schema] = []
    for name, info in model.model_fields.items():
        declared = item_of(info)
        value = _value(raw["properties"][name], definitions, model_inside(info.annotation))
        help = "。".join(part for part in (declared.help, f"写法：{form_of(info)}") if part)
        described: Schema = {"title": declared.label, "description": help}
        if isinstance(declared.example, str):
            described["examples"] = [declared.example]
        if info.is_required():
            required.append({"anyOf": [{"required": [declared.label]}, {"required": [name]}]})
        else:
            value = _or_blank(value)
        # Both spellings where they differ; completion proposes the Chinese one only.
        properties[name] = {**described, **value, "doNotSuggest": True}
        properties[declared.label] = {**described, **value}
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "allOf": required} if required else schema


def _value(raw: Schema, definitions: Schema, inner: type[Declared] | None) -> Schema:
    """Turn pydantic's schema of one value into what an editor may type for it."""
    if "$ref" in raw:
        found = definitions[raw["$ref"].rpartition("/")[2]]
        return _object(inner) if inner and "properties" in found else {"enum": list(found["enum"])}
    if "anyOf" in raw:
        options = [
            _value(option, definitions, inner) for option in raw["anyOf"] if option != {"type": "null"}
        ]
        return options[0] if len(options) == 1 else {"anyOf": options}
    if "enum" in raw:
        return _choice(raw["enum"])
    if raw["type"] == "array":
        items = _value(raw["items"], definitions, inner)
        many = {"type": "array", "items": items} | (
            {"minItems": raw["minItems"]} if "minItems" in raw else {}
        )
        return many if inner else {"anyOf": [many, items]}
    if raw["type"] == "object":
        return {"type": "object", "additionalProperties": _text("")}
    if raw["type"] == "string" or "minLength" in raw:
        return _text(raw.get("pattern", ""))
    return {"type": raw["type"]}


def _choice(values: list[Any]) -> Schema:
    """Return a closed set of a type that forgives blanks around the word, as quotes can keep them."""
    words = dict.fromkeys(str(value).lower() if isinstance(value, bool) else str(value) for value in values)
    pattern = rf"^\s*({'|'.join(map(re.escape, words))})\s*$"
    return {
        "anyOf": [{"enum": list(dict.fromkeys([*words, *values]))}, {"type": "string", "pattern": pattern}]
    }


def _text(pattern: str) -> Schema:
    """Return the schema of a text, with the other types that its spelling may have in YAML."""
    lenient = _lenient(pattern)
    types = ["string"]
    for name, spellings in (("number", _NUMBERS), ("boolean", _BOOLEANS), ("null", _NULLS)):
        if any(re.search(lenient, spelling) for spelling in spellings):
            types.append(name)
    schema: Schema = {"type": types if len(types) > 1 else "string"}
    return {**schema, "pattern": lenient} if lenient else schema


def _lenient(pattern: str) -> str:
    """Loosen a pattern to what the validator reads: blanks around, wide digits, any ending that is optional."""
    open_ended = re.sub(r"\([^()]*\)\?\$$", "", pattern)
    loosened = re.sub(r"^\^", r"^\\s*", open_ended)
    loosened = re.sub(r"\$$", r"\\s*$", loosened).replace(r"\d", "[0-9０-９]")
    return re.sub(r"\\.|\[[^\]]*\]|[a-z]", _either_case, loosened)


def _either_case(match: re.Match[str]) -> str:
    letter = match[0]
    return f"[{letter}{letter.upper()}]" if len(letter) == 1 else letter


def _or_blank(schema: Schema) -> Schema:
    """Let a key stand without a value, as if it were not there."""
    if "anyOf" in schema:
        return {"anyOf": [*schema["anyOf"], {"type": "null"}]}
    if "enum" in schema:
        return {"enum": [*schema["enum"], None]}
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return {**schema, "type": list(dict.fromkeys([*types, "null"]))}
