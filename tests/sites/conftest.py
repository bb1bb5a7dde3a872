"""Constants of the sample city, for tests of its pages."""

from __future__ import annotations

from tests.sites.city import CITY_HOSTS, CITY_TODAY

__all__ = ["CITY_HOSTS", "CITY_TODAY"]
