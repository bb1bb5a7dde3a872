"""The self-report (自评) by the inspection standard of government sites, 国办秘函〔2019〕19号."""

from generator.audit.model import Report, State
from generator.audit.report import write_report
from generator.audit.rules import INDICATORS
from generator.audit.run import audit_project
from generator.audit.settings import AUDIT_NAME, load_audit_settings

__all__ = [
    "AUDIT_NAME",
    "INDICATORS",
    "Report",
    "State",
    "audit_project",
    "load_audit_settings",
    "write_report",
]
