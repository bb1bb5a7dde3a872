"""The content kinds, one file each. `KINDS` and `RECORD_KINDS` are explicit: importing a module registers nothing."""

from typing import Final

from generator.kinds.annual_report import ANNUAL_REPORT
from generator.kinds.base import ContentKind, Entry, LifeCycle, Published, State
from generator.kinds.bundle import BUNDLE
from generator.kinds.checklists import LIST_ENTRY, POWER
from generator.kinds.consultation import CONSULTATION
from generator.kinds.decision import DECISION
from generator.kinds.directories import (
    HIGHER_POLICY,
    LESSON,
    NEW_MEDIUM,
    OTHER_SITE,
    SERVICE_LINK,
    VENUE,
    VILLAGE_BOARD,
)
from generator.kinds.double_publicity import LICENCE, PENALTY
from generator.kinds.event import EVENT
from generator.kinds.finance_product import FINANCE_PRODUCT
from generator.kinds.gazette import GAZETTE
from generator.kinds.hall import HALL_DAY, HALL_WINDOW, RATING
from generator.kinds.interpretation import INTERPRETATION
from generator.kinds.leader import LEADER
from generator.kinds.livelihood import LIVELIHOOD
from generator.kinds.monthly_record import MONTHLY_RECORD
from generator.kinds.news import NEWS, NOTICE, PAGE
from generator.kinds.organisation import ORGANISATION, TOPIC
from generator.kinds.policy import POLICY, REGULATION
from generator.kinds.project import PROJECT
from generator.kinds.question import QUESTION
from generator.kinds.records import Record, RecordKind
from generator.kinds.replies import MESSAGE, PROPOSAL, RECTIFICATION
from generator.kinds.schools import MEAL, SCHOOL, SHARED_MEAL
from generator.kinds.section import SECTION
from generator.kinds.service_guide import SERVICE_GUIDE
from generator.kinds.service_point import SERVICE_POINT
from generator.kinds.soe_report import SOE_REPORT
from generator.kinds.thread import THREAD
from generator.kinds.yearly import ENFORCEMENT_REPORT, SITE_REPORT

__all__ = [
    "KINDS",
    "KIND_BY_NAME",
    "RECORD_KINDS",
    "RECORD_KIND_BY_NAME",
    "ContentKind",
    "Entry",
    "LifeCycle",
    "Published",
    "Record",
    "RecordKind",
    "State",
]

KINDS: Final[tuple[ContentKind, ...]] = (
    SECTION,
    ORGANISATION,
    TOPIC,
    POLICY,
    REGULATION,
    INTERPRETATION,
    QUESTION,
    SERVICE_GUIDE,
    BUNDLE,
    MONTHLY_RECORD,
    CONSULTATION,
    DECISION,
    PROJECT,
    LIVELIHOOD,
    THREAD,
    SOE_REPORT,
    GAZETTE,
    ANNUAL_REPORT,
    SITE_REPORT,
    ENFORCEMENT_REPORT,
    EVENT,
    NEWS,
    NOTICE,
    PAGE,
)
KIND_BY_NAME: Final = {kind.name: kind for kind in KINDS}

RECORD_KINDS: Final[tuple[RecordKind, ...]] = (
    LEADER,
    LICENCE,
    PENALTY,
    POWER,
    LIST_ENTRY,
    SERVICE_POINT,
    HALL_WINDOW,
    HALL_DAY,
    RATING,
    NEW_MEDIUM,
    OTHER_SITE,
    SERVICE_LINK,
    HIGHER_POLICY,
    VILLAGE_BOARD,
    LESSON,
    VENUE,
    SCHOOL,
    MEAL,
    SHARED_MEAL,
    FINANCE_PRODUCT,
    MESSAGE,
    PROPOSAL,
    RECTIFICATION,
)
RECORD_KIND_BY_NAME: Final = {kind.name: kind for kind in RECORD_KINDS}
