"""QR codes as a camera sees them: read from the drawn page by another program than the one that made them."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser

from tests.sites.output import Output

SHEETS = {
    "haibao/dianwei-zwzx.html": "dianwei/zwzx.html",
    "haibao/zhuanti-yanglao.html": "zhuanti/yanglao.html",
    "haibao/lanmu-zcwj.html": "zcwj/",
    "haibao/biaozhi-zhuanqu.html": "",
}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("sheet", "leads"), SHEETS.items())
def test_a_sheet_s_code_leads_to_the_address_written_below_it(
    browser: Browser, city: Output, sheet: str, leads: str, dark: bool
) -> None:
    """In dark colours too: many programs cannot read a light code on dark ground."""
    context = browser.new_context(color_scheme="dark" if dark else "light")
    page = context.new_page()
    page.goto((city.root / sheet).as_uri())
    picture = page.locator(".sheet").screenshot()
    written = page.locator(".sheet__address").inner_text()
    context.close()

    with Image.open(io.BytesIO(picture)) as image:
        found = zxingcpp.read_barcodes(image.convert("L"))
    assert [code.text for code in found] == [written] == [f"https://yueming.example/{leads}"]


def test_a_sign_offers_its_mark_as_a_drawing(city: Output) -> None:
    page = city.pages["haibao/biaozhi-zhuanqu.html"]
    [address] = page.tree.xpath("//a[@download]/@href")
    drawing = (city.root / page.path).parent.joinpath(address).read_text(encoding="utf-8")
    assert drawing.startswith("<svg") and "<text" not in drawing and "<script" not in drawing
    assert "政务公开专区" in page.text
