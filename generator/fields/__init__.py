"""Domain types of front matter, and `item()`, which declares a field once.

A field's type brings its behaviour: how text is read, which Chinese sentence explains a mistake, and how a
JSON Schema for editors describes it. Front matter reaches these types as text, because YAML decides nothing.
"""

from generator.fields.choices import GENRES, Disclosure, Label, OpennessArea, Validity, ValidityText
from generator.fields.codes import CreditCode, IndexNumber, IndexNumberText
from generator.fields.dates import Day, Minute, Month, day_words, parse_date, parse_minute
from generator.fields.declaration import (
    Declared,
    FormatError,
    Item,
    Weight,
    item,
    item_of,
    validator_of,
    warn,
)
from generator.fields.document_numbers import DocumentNumber, DocumentNumberText
from generator.fields.keys import KeyMap, holds_many, model_inside
from generator.fields.lists import Codes, Lines, References, SitePaths, Slugs
from generator.fields.subjects import SUBJECTS, Subject, SubjectText
from generator.fields.text import (
    CONTROL,
    SLUG,
    Email,
    FileName,
    Line,
    Phone,
    Prose,
    Reference,
    SitePath,
    Slug,
    WebAddress,
)
from generator.fields.values import YES, Count, Number, YesNo
from generator.fields.waivers import WaiverText, parse_waivers

__all__ = [
    "CONTROL",
    "GENRES",
    "SLUG",
    "SUBJECTS",
    "YES",
    "Codes",
    "Count",
    "CreditCode",
    "Day",
    "Declared",
    "Disclosure",
    "DocumentNumber",
    "DocumentNumberText",
    "Email",
    "FileName",
    "FormatError",
    "IndexNumber",
    "IndexNumberText",
    "Item",
    "KeyMap",
    "Label",
    "Line",
    "Lines",
    "Minute",
    "Month",
    "Number",
    "OpennessArea",
    "Phone",
    "Prose",
    "Reference",
    "References",
    "SitePath",
    "SitePaths",
    "Slug",
    "Slugs",
    "Subject",
    "SubjectText",
    "Validity",
    "ValidityText",
    "WaiverText",
    "WebAddress",
    "Weight",
    "YesNo",
    "day_words",
    "holds_many",
    "item",
    "item_of",
    "model_inside",
    "parse_date",
    "parse_minute",
    "parse_waivers",
    "validator_of",
    "warn",
]
