"""Valid content beside what `tests.support` offers, and lists of what a built site holds."""

from __future__ import annotations

from tests.sites.output import Output
from tests.support import SiteFixture, front


def interpretation(target: str, /, **fields: object) -> str:
    """Return a valid interpretation of one policy."""
    return front(
        {
            "标题": "《越明市养老服务办法》解读",
            "发布时间": "2026-11-03 09:00",
            "解读形式": "文字",
            "解读文件": f"[{target}]",
            "解读单位": "越明市人民政府办公室",
        }
        | fields,
        "办法讲清了三件事，便于群众办事。\n",
    )


def guide(**fields: object) -> str:
    """Return a valid service guide that names no policy unless told."""
    return front(
        {
            "标题": "高龄津贴申领",
            "发布时间": "2026-11-02 09:00",
            "事项类型": "行政给付",
            "实施机关": "越明市民政局",
            "服务对象": "自然人",
            "设定依据": "[{文件: 《越明市养老服务办法》, 条款: 第一条}]",
            "申请条件": "[八十周岁以上]",
            "办理材料": "[{名称: 身份证, 形式: 原件, 来源: 申请人自备}]",
            "办理地点": "[{名称: 社区服务中心, 地址: 镜湖路 88 号}]",
            "办理时间": "工作日 9:00—17:00",
            "咨询电话": "0575-00000000",
            "办理流程": "[{名称: 受理, 说明: 当场受理}]",
            "核验日期": "2026-11-02",
        }
        | fields
    )


def consultation(**fields: object) -> str:
    """Return a valid consultation, open from 2026-11-02 until 2026-12-02."""
    return front(
        {
            "标题": "关于公开征求《越明市养老服务办法（修订草案）》意见的公告",
            "发布时间": "2026-11-01 09:00",
            "征集类别": "行政规范性文件",
            "起草单位": "越明市民政局",
            "开始日期": "2026-11-02",
            "截止日期": "2026-12-02",
            "起草说明": "为了便利群众，修订本办法。",
            "征集渠道": "{邮箱: yj@example.gov.cn}",
        }
        | fields,
        "现向社会公开征求意见。\n",
    )


def built(site: SiteFixture, hosts: dict[str, str] | None = None) -> Output:
    """Build a site, which must succeed, and return its output."""
    site.published()
    return Output(site.output, hosts or {"https://yueming.example/": ""})


def rows_of(output: Output, path: str) -> list[str]:
    """Return the titles in a listing's rows, as they stand."""
    page = output.pages[path]
    return [
        element.text_content().strip()
        for element in page.tree.xpath("//main//a[contains(@class, 'row__link')]")
    ]
