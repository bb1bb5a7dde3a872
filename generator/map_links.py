"""Links that open a place in a map service of the reader's choice (地图链接)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from generator.diagnostics import Problem
from generator.fields import Declared, Line, item


class MapLink(Declared):
    """A map service that a link may open; coordinates are those of CGCS2000, which here equals WGS 84."""

    name: Line = item("名称", help="链接的文字", example="用高德地图打开")
    url: Line = item(
        "链接",
        help="https 网址；{经度}、{纬度}、{名称}、{地址}换成点位的值",
        example="https://map.example.com/?q={纬度},{经度}",
    )

    def check(self) -> Iterator[Problem]:
        """Yield problems of the address."""
        if not self.url.startswith("https://"):
            yield Problem("url", "bad-map-link", f"“{self.url}”不是 https 网址", "写以 https:// 开头的网址")
        if "{经度}" not in self.url or "{纬度}" not in self.url:
            yield Problem(
                "url",
                "bad-map-link",
                "网址里没有 {经度} 和 {纬度}",
                "在网址中应填坐标的地方写 {经度}、{纬度}",
            )

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the address for a place, whose values are ready to stand in an address."""
        url = self.url
        for name, value in values.items():
            url = url.replace(f"{{{name}}}", value)
        return url


MAP_LINKS: Final = (
    MapLink(
        name="用高德地图打开",
        url="https://uri.amap.com/marker?position={经度},{纬度}&name={名称}&coordinate=wgs84",
    ),
    MapLink(
        name="用百度地图打开",
        url="https://api.map.baidu.com/marker?location={纬度},{经度}&title={名称}&content={地址}&output=html&coord_type=wgs84",
    ),
    MapLink(
        name="用腾讯地图打开",
        url="https://apis.map.qq.com/uri/v1/marker?marker=coord:{纬度},{经度};title:{名称};addr:{地址}&coord_type=1",
    ),
)
