"""Part two of the standard, 功能设计 and 内容质量 (domain/02, K-41 to K-50); what each place costs is 待核."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.audit.evidence import Evidence, of_problem
from generator.audit.model import Check, Finding, Method, Part, Rule, Share
from generator.audit.pages import plain_text
from generator.diagnostics import Severity

WORDING: Final = frozenset(
    {
        "bad-document-number",
        "document-number-brackets",
        "doubled-word",
        "impossible-date",
        "placeholder-text",
        "unbalanced-bracket",
        "wrong-word",
    }
)
"""Codes of `wording.py` about the text itself (domain/02, 5); its others are about access."""

MISTAKES: Final = "我为政府网站找错"
_LINKED: Final = re.compile(r"<a\s[^>]*>(?:(?!</a>).)*" + MISTAKES, re.S)


def domain(evidence: Evidence) -> Iterator[Finding]:
    """K-41: a name below .gov.cn, and the site's name in its title."""
    site = evidence.site
    if not site.domain.endswith(".gov.cn"):
        text = f"域名“{site.domain}”不以 .gov.cn 结尾"
        yield Finding(Severity.WARNING, text, "政府网站用 .gov.cn 域名", "site.yml", Share.WHOLE)
    if evidence.pages and site.name not in evidence.pages.home_text.partition("</title>")[0]:
        text = f"首页的标题里没有网站名称“{site.name}”"
        yield Finding(Severity.WARNING, text, "不要改动主题里的标题", "index.html")


def footer(evidence: Evidence) -> Iterator[Finding]:
    """K-42: the official items that must stand at the foot of the home page (domain/01, 2.1)."""
    if evidence.pages is None:
        return
    shown, text = evidence.pages.home_footer, plain_text(evidence.pages.home_footer)
    site, items = evidence.site, evidence.site.footer
    contacts = [value for value in (items.phone, items.email, items.address) if value]
    wanted = {
        "主办单位": items.sponsor in text,
        "网站标识码": site.id_code in text,
        "联系方式": any(value in text for value in contacts),
        "站点地图": "站点地图" in text,
    }
    if not evidence.is_demonstration:
        wanted["ICP 备案号"] = bool(items.icp and items.icp in text)
        wanted["公安备案号"] = bool(items.police and items.police in text)
        wanted["党政机关网站标识"] = bool(items.badge and items.badge in shown)
    for label, is_there in wanted.items():
        if not is_there:
            yield Finding(Severity.WARNING, f"首页底部没有{label}", "在 site.yml 的“页脚”补写", "index.html")


def mistakes(evidence: Evidence) -> Iterator[Finding]:
    """K-43: the entrance to 我为政府网站找错."""
    if evidence.pages and not _LINKED.search(evidence.pages.home_footer):
        text = f"首页底部没有“{MISTAKES}”的入口"
        yield Finding(
            Severity.WARNING, text, "在 site.yml 的“页脚”写“党政机关标识”", "index.html", Share.WHOLE
        )


def broken_links(evidence: Evidence) -> Iterator[Finding]:
    """K-44: links to pages, pictures and files of the site that are not there."""
    if evidence.pages:
        for page, link in evidence.pages.broken:
            yield Finding(Severity.WARNING, f"链接 {link} 打不开", "改正链接，或放回文件", page)


def search(evidence: Evidence) -> Iterator[Finding]:
    """K-45: a search, which finds published documents by their titles."""
    if evidence.pages is None:
        return
    if "search.html" not in evidence.pages.home_links and 'role="search"' not in evidence.pages.home_text:
        text = "首页没有搜索入口"
        yield Finding(Severity.WARNING, text, "不要从主题里删去搜索框", "index.html", Share.WHOLE)
    if evidence.searched is None:
        text = "没有搜索索引"
        yield Finding(Severity.WARNING, text, "运行 yangguang build，不加 --no-search", "", Share.WHOLE)
        return
    for document in evidence.library.published:
        found = evidence.searched.get(document.id)
        if found is not None and document.url not in found:
            text = f"用标题“{document.title}”搜索，前十条里没有它"
            yield of_problem(
                document.problem("title", "", text, "运行 yangguang clean 后重新生成", Severity.WARNING)
            )


def tags(evidence: Evidence) -> Iterator[Finding]:
    """K-47: the tags of 《网站页面规范》 on every page (domain/01, 1)."""
    if evidence.pages:
        for page, missing in evidence.pages.untagged:
            yield Finding(
                Severity.WARNING, f"网页标签不全，缺 {'、'.join(missing)}", "补齐内容后重新生成", page
            )


def wording(evidence: Evidence) -> Iterator[Finding]:
    """K-50: slips of the pen that `check` warns of; waived ones are listed apart."""
    for diagnostic in evidence.problems(WORDING):
        yield of_problem(diagnostic)


def _rule(
    id: str,
    name: str,
    method: Method,
    check: Check | None = None,
    rest: str = "",
    *,
    each: float = 1,
    total: float = 5,
    needs_pages: bool = True,
    demonstration: str = "",
) -> Rule:
    return Rule(id, name, Part.DEDUCTION, method, check, total, each, needs_pages, rest, demonstration)


RULES: Final = (
    _rule("K-41", "域名名称", Method.AUTOMATIC, domain, demonstration="演示站不得使用政府网站的域名"),
    _rule("K-42", "网站标识", Method.AUTOMATIC, footer),
    _rule(
        "K-43",
        "“我为政府网站找错”",
        Method.PARTIAL,
        mistakes,
        "留言是否按期办结，在找错平台核对",
        demonstration="演示站不接入",
    ),
    _rule("K-44", "可用性", Method.PARTIAL, broken_links, "站外链接能否打开须联网检查", each=0.1),
    _rule("K-45", "站内搜索", Method.AUTOMATIC, search),
    _rule("K-46", "一号登录", Method.IMPOSSIBLE, rest="静态网站没有登录；政务服务网的统一身份认证另行核对"),
    _rule("K-47", "页面标签", Method.AUTOMATIC, tags, each=0.1),
    _rule("K-48", "兼容性", Method.EXTERNAL, rest="用两种以上的浏览器打开首页、栏目页和文章页"),
    _rule("K-49", "IPv6 支持", Method.EXTERNAL, rest="由监测平台检查首页和二三级页面的连通率"),
    _rule(
        "K-50",
        "错别字和表述",
        Method.PARTIAL,
        wording,
        "只查常见错别字、不合法的日期、括号和文号；其余须人工校对",
        needs_pages=False,
    ),
)
