"""All indicators of the standard, in its order."""

from __future__ import annotations

from typing import Final

from generator.audit import design, openness, services, veto
from generator.audit.model import Rule

RULES: Final[tuple[Rule, ...]] = (*veto.RULES, *openness.RULES, *services.RULES, *design.RULES)
INDICATORS: Final = frozenset(rule.id for rule in RULES)
