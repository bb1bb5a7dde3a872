"""``site.yml`` → `SiteGroup`: the sites of a group (集约化站群), declared like the content kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec

from generator.diagnostics import Diagnostic, Problem, Severity
from generator.digest import digest_bytes
from generator.extending import NO_EXTENSIONS, Extensions, read_extensions
from generator.fields import (
    Codes,
    Count,
    Day,
    Declared,
    Email,
    FormatError,
    KeyMap,
    Label,
    Line,
    Lines,
    Phone,
    Slug,
    YesNo,
    item,
    validator_of,
)
from generator.forms import Collector, to_plain, validated
from generator.kinds import KINDS
from generator.load import decode
from generator.map_links import MAP_LINKS, MapLink
from generator.paths import is_absolute, safe_join
from generator.yaml_nodes import Mapping, YamlProblem, parse

CONFIG_NAME: Final = "site.yml"
DEMONSTRATION_CODE: Final = "0000000000"

_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_BASE_PATH: Final = re.compile(r"/(?:[a-z0-9._-]+/)*")
_ICP: Final = re.compile(r"[\u4e00-\u9fa5]ICP备\d{6,10}号(?:-\d+)?")
_POLICE: Final = re.compile(r"[\u4e00-\u9fa5]公网安备\s*\d{14}号?")


def _domain(text: str) -> str:
    if not _DOMAIN.fullmatch(text):
        raise FormatError(
            "bad-domain", f"“{text}”不是域名", "只写域名，不带 https:// 和路径，例如 www.example.gov.cn"
        )
    return text


def _base_path(text: str) -> str:
    if not _BASE_PATH.fullmatch(text):
        raise FormatError("bad-base-path", f"“{text}”不是根路径", "以 / 开头、以 / 结尾，例如 / 或 /zwgk/")
    return text


Domain = Annotated[str, validator_of(_domain)]
BasePath = Annotated[str, validator_of(_base_path)]


class Engine(Label):
    """Search engine of a site."""

    BUILT_IN = "自建"
    LUNR = "lunr"


class Layout(Label):
    """How the search index lies on the host: many small files, or packs for hosts with a file limit."""

    FILES = "分片"
    PACKED = "打包"


class Search(Declared):
    """Search settings (搜索)."""

    engine: Engine = item("引擎", default=Engine.BUILT_IN, help="自建：任何规模；lunr：300 篇以内的小站")
    layout: Layout = item("布局", default=Layout.FILES, help="打包：主机限制文件个数时使用")
    hint: Line = item("示例", default="例如：老人补贴", help="搜索框里的示例")
    hot_words: Lines = item("热词", default=(), help="首页搜索框下的常用词")


class FooterSettings(Declared):
    """The official items of the footer (页脚; domain/01, 2.1)."""

    sponsor: Line = item("主办", example="越明市人民政府办公室")
    undertaker: Line | None = item("承办", default=None)
    address: Line | None = item("地址", default=None)
    phone: Phone | None = item("电话", default=None)
    email: Email | None = item("邮箱", default=None)
    icp: Line | None = item("ICP备案号", default=None)
    police: Line | None = item("公安备案号", default=None)
    badge: Line | None = item("党政机关标识", default=None, help="标识链接里 id= 后面的 32 位字符")


class Selection(Declared):
    """Which documents of the pool a site shows (收录)."""

    issuers: Lines = item("机构", default=(), help="只收这些机构发布的内容；不写则不限")
    sections: Codes = item("栏目", default=(), help="只收这些栏目及其下级；不写则不限")
    without: Codes = item("排除栏目", default=(), help="不收这些栏目及其下级")
    kinds: Lines = item("类型", default=(), help="只收这些类型；不写则不限")
    documents: Lines = item("文档", default=(), help="另外收录的个别文档，写编号，例如 policy/szbf-2026-18")


class Limits(Declared):
    """Numbers of the rules that are not certain or differ by place (domain lines marked 待核)."""

    home_days: Count = item("首页更新天数", default=14, help="首页最新一条内容不得早于几天前")
    verified_days: Count = item("核验天数", default=365, help="问答核验日期超过几天提醒")
    guide_days: Count = item("指南核验天数", default=180, help="办事指南核验日期超过几天提醒")
    feedback_days: Count = item("反馈天数", default=30, help="征集截止后几天内应公布采纳情况")
    reply_days: Count = item("留言答复天数", default=90, help="公开的留言超过几天没有答复提醒")
    proposal_days: Count = item("提案答复天数", default=180, help="建议提案超过几天没有答复提醒")
    licence_days: Count = item("许可公示工作日", default=7, help="许可、处罚作出后几个工作日内公示")
    disclosure_days: Count = item("主动公开工作日", default=20, help="信息形成后几个工作日内公开")
    soe_event_days: Count = item("国企临时报告工作日", default=20, help="重大事项发生后几个工作日内公开")
    soe_half_months: Count = item("国企中期报告月数", default=2, help="半年届满后几个月内公开")
    soe_year_months: Count = item("国企年度报告月数", default=6, help="年度届满后几个月内公开")
    page_size: Count = item("每页条数", default=20, help="列表每页几条")


class EditionName(Label):
    """Editions (版本) that may be built beside the portal."""

    ELDER = "长者版"
    TRADITIONAL = "繁体版"


class OpenData(Label):
    """How much open data (数据开放) a project writes."""

    LISTS = "清单"
    EACH = "逐篇"


class Entrance(Declared):
    """One of the large entrances (入口) on the home page of the elder edition."""

    name: Line = item("名称", help="一看就懂的几个字", example="查政策")
    note: Line | None = item("说明", default=None, help="名称下面的一行小字")
    mark: Line | None = item("字", default=None, help="左边的一个大字；不写用名称的第一个字")
    link: Line = item("链接", help="本站网页的地址、站外网址，或 tel: 加电话", example="zcwj/index.html")

    def check(self) -> Iterator[Problem]:
        """Yield problems between the keys."""
        if self.mark and len(self.mark) > 2:
            yield Problem("mark", "bad-mark", f"“字”只写一两个字，现在是“{self.mark}”", "例如 策")


class ElderSettings(Declared):
    """Settings of the elder edition (长者版)."""

    entrances: tuple[Entrance, ...] = item(
        "入口", default=(), help="首页的 6 到 8 个大入口；不写则按已有的栏目自动排出", max_length=8
    )
    words: Lines = item(
        "搜索词", default=(), help="搜这些词时把长者版放在最前；长辈版、关怀版、大字等常用的不用写"
    )


CARD_KINDS: Final = (*(kind.label for kind in KINDS if kind.url), "图解")


class FontSettings(Declared):
    """Fonts for pictures drawn at build (字体)."""

    sans: Line | None = item("黑体", default=None, help="正文用的字体文件（ttf、otf、ttc），在项目目录里")
    song: Line | None = item("宋体", default=None, help="标题用的字体文件")

    @property
    def files(self) -> tuple[str, str]:
        """Both files, empty where none is named."""
        return self.sans or "", self.song or ""


class CardSettings(Declared):
    """Pictures shown where a page is shared (分享图)."""

    drawn: YesNo = item("生成", default=True, help="否：不画分享图")
    each: Lines = item(
        "逐篇",
        default=("图解", "专题"),
        help="哪几类内容每篇画一张，其余每类一张；写类型的名称，例如 政策解读",
    )


LEAST_WARNING: Final = 20
"""Seconds in which a reader must be able to ask for more time (WCAG 2.2.1)."""


class KioskSettings(Declared):
    """Settings of the kiosk edition (自助终端)."""

    idle_seconds: Count = item("空闲秒数", default=90, help="几秒没有人操作就提醒，随后回到首页")
    warning_seconds: Count = item("提醒秒数", default=20, help="提醒几秒后回到首页，至少 20")
    entrances: tuple[Entrance, ...] = item(
        "入口", default=(), help="首页的三个大键；不写则是信息查询、依申请公开、宣传资料", max_length=3
    )
    modules: tuple[Entrance, ...] = item(
        "模块",
        default=(),
        help="首页的五个模块；不写则是政务公开、互动交流、政务服务、数据开放、依申请公开",
        max_length=6,
    )

    def check(self) -> Iterator[Problem]:
        """Yield problems between the keys."""
        if self.warning_seconds < LEAST_WARNING:
            yield Problem(
                "warning_seconds",
                "short-warning",
                f"“提醒秒数”是 {self.warning_seconds} 秒，老人来不及按",
                f"至少 {LEAST_WARNING} 秒",
            )


class SiteSettings(Declared):
    """One site of the group."""

    id: Slug = item("代号", help="站点代号", example="portal")
    name: Line = item("名称", help="SiteName：网站规范名称", example="越明市人民政府")
    subtitle: Line | None = item("副题", default=None, help="站名下的一行小字")
    domain: Domain = item("域名", help="SiteDomain：不带协议和路径", example="www.yueming.example")
    base_path: BasePath = item("根路径", default="/", help="网站在域名下的路径")
    id_code: Line = item("标识码", help="SiteIDCode：政府网站标识码", example=DEMONSTRATION_CODE)
    selection: Selection | None = item("收录", default=None, help="本站收哪些内容；不写则全部")
    footer: FooterSettings = item(
        "页脚", help="页脚的规定项目", example={"主办": "越明市人民政府办公室", "电话": "0575-00000000"}
    )
    search: Search = item("搜索", default=Search(), help="搜索设置")
    hotline: Phone = item("服务热线", default="12345", help="页面上提示拨打的电话")
    elder: ElderSettings = item("长者版", default=ElderSettings(), help="长者版的设置")
    access_limits: Lines = item("无障碍不足", default=(), help="写进无障碍声明的本站不足，一条一句")
    kiosk: KioskSettings = item("自助终端", default=KioskSettings(), help="自助终端版的设置")
    tokens: dict[str, str] = item("外观", default={}, help='覆盖主题的设计变量，例如 qing: "#154d7a"')

    def checked(self) -> Iterator[tuple[str, Entrance | KioskSettings]]:
        """Yield the settings within that have rules of their own, with their places."""
        yield "kiosk", self.kiosk
        for name, entrances in (
            ("elder.entrances", self.elder.entrances),
            ("kiosk.entrances", self.kiosk.entrances),
            ("kiosk.modules", self.kiosk.modules),
        ):
            yield from ((f"{name}.{index}", entrance) for index, entrance in enumerate(entrances))


class ExtensionSettings(Declared):
    """Code of the project's own (扩展)."""

    folder: Line = item("目录", default="extensions", help="放自己的 .py 文件的文件夹")
    markdown: Lines = item(
        "Markdown", default=(), help="正文的写法扩展，Python-Markdown 的扩展类", example="jifen:Jifen"
    )
    filters: dict[str, str] = item(
        "过滤器", default={}, help="模板里用的过滤器：名称和函数", example={"wan_yuan": "jine:wan_yuan"}
    )


class GroupSettings(Declared):
    """The whole of ``site.yml``."""

    demonstration: YesNo = item("演示", default=False, help="是：每页标明不是政府网站，免去备案等项目")
    demonstration_text: Line = item("演示说明", default="开源软件演示，内容均为虚构，不是政府网站。")
    build_date: Day | None = item("构建日期", default=None, help="固定“今天”，用于演示和重现；平时不写")
    content: Line = item("内容目录", default="content")
    output: Line = item("输出目录", default="public")
    theme: Line | None = item("主题目录", default=None, help="自己的主题目录，覆盖自带主题中的同名文件")
    id_code_pattern: Line = item("标识码格式", default=r"(\d{10}|bm\d{8})")
    own_domains: Lines = item("本集约平台域名", default=(), help="这些域名的链接不算站外")
    editions: tuple[EditionName, ...] = item(
        "版本", default=(EditionName.ELDER,), help="普通版之外还生成的版本；写 [] 则只有普通版"
    )
    open_data: OpenData = item(
        "数据开放",
        default=OpenData.LISTS,
        help="清单：按类型、按年的 CSV 和 JSON；逐篇：每篇另有带正文的 JSON 和索引号网址，文件数约为三倍",
    )
    traditional_exceptions: Lines = item(
        "繁体例外", default=(), help="繁体版里不转换的词，例如人名；另有写法的写“词=写法”"
    )
    sites: tuple[SiteSettings, ...] = item("站点", help="站群中的网站，第一个是主站", min_length=1)
    fonts: FontSettings = item(
        "字体", default=FontSettings(), help="画长图和分享图用的字体；不写则用系统里的"
    )
    cards: CardSettings = item("分享图", default=CardSettings(), help="网页被转发时显示的图")
    limits: Limits = item("规则数值", default=Limits(), help="各地口径不同的数值")
    map_links: tuple[MapLink, ...] = item(
        "地图链接", default=MAP_LINKS, help="点位页上打开外部地图的链接；不写则是三家地图，写 [] 则没有"
    )
    extensions: ExtensionSettings = item(
        "扩展", default=ExtensionSettings(), help="自己写的正文写法和模板过滤器"
    )

    def check(self) -> Iterator[Problem]:
        """Yield problems between settings."""
        yield from self._check_folders()
        yield from self._check_pictures()
        for index, link in enumerate(self.map_links):
            for found in link.check():
                yield msgspec.structs.replace(found, field=f"map_links.{index}.{found.field}")
        if not 5 <= self.limits.page_size <= 200:
            yield Problem("limits", "bad-number", "“每页条数”应在 5 到 200 之间", "一般写 20")
        try:
            id_code = re.compile(self.id_code_pattern)
        except re.error:
            yield Problem(
                "id_code_pattern", "bad-pattern", "“标识码格式”不是正则表达式", "删去这一行，使用通行的格式"
            )
            return
        ids = [site.id for site in self.sites]
        places = [(site.domain, site.base_path) for site in self.sites]
        for index, site in enumerate(self.sites):
            if site.id in ids[:index]:
                yield Problem(
                    f"sites.{index}.id", "duplicate-site", f"站点代号“{site.id}”用了两次", "每个站点一个代号"
                )
            if places[index] in places[:index]:
                yield Problem(
                    f"sites.{index}.domain",
                    "duplicate-site",
                    f"两个站点都在 {site.domain}{site.base_path}",
                    "域名或根路径要不同",
                )
            yield from self._check_site(f"sites.{index}", site, id_code)

    def _check_folders(self) -> Iterator[Problem]:
        for name, folder in (("content", self.content), ("theme", self.theme)):
            if folder and (is_absolute(folder) or not safe_join("", folder)):
                yield Problem(
                    name,
                    "path-escapes",
                    f"“{folder}”不是项目目录里的文件夹",
                    "写项目目录下的文件夹名，例如 content",
                )
        output = safe_join("", self.output)
        if is_absolute(self.output) or output is None:
            return
        for source in (self.content, self.theme or ""):
            inner = safe_join("", source)
            if not output or (inner and f"{inner}/".startswith(f"{output}/")):
                yield Problem(
                    "output",
                    "output-over-source",
                    f"输出目录“{self.output}”包含内容目录或主题目录，生成时会改动它们",
                    "另写一个空的文件夹，例如 public",
                )
                return

    def _check_pictures(self) -> Iterator[Problem]:
        for name, label in (("sans", "黑体"), ("song", "宋体")):
            file = getattr(self.fonts, name)
            if file and (is_absolute(file) or not safe_join("", file)):
                yield Problem(
                    f"fonts.{name}",
                    "path-escapes",
                    f"{label}“{file}”不在项目目录里",
                    "把字体文件放进项目目录，写相对路径",
                )
        for label in self.cards.each:
            if label not in CARD_KINDS:
                yield Problem(
                    "cards.each",
                    "unknown-card-kind",
                    f"没有“{label}”这类内容",
                    "可以写：" + "、".join(CARD_KINDS),
                )

    def _check_site(self, place: str, site: SiteSettings, id_code: re.Pattern[str]) -> Iterator[Problem]:
        for within, settings in site.checked():
            for found in settings.check():
                yield msgspec.structs.replace(found, field=f"{place}.{within}.{found.field}")
        if not id_code.fullmatch(site.id_code):
            yield Problem(
                f"{place}.id_code",
                "bad-id-code",
                f"“{site.name}”的标识码“{site.id_code}”格式不符",
                "10 位数字，或 bm 加 8 位数字；在全国政府网站信息报送系统中查",
            )
        if self.demonstration:
            if site.id_code != DEMONSTRATION_CODE:
                yield Problem(
                    f"{place}.id_code",
                    "demonstration-code",
                    f"演示站不得使用真实标识码“{site.id_code}”",
                    f"写 {DEMONSTRATION_CODE}",
                )
            return
        if site.id_code == DEMONSTRATION_CODE:
            yield Problem(
                f"{place}.id_code",
                "demonstration-code",
                f"标识码 {DEMONSTRATION_CODE} 只用于演示站",
                "写本网站的标识码；演示站写“演示: 是”",
            )
        if not site.domain.endswith(".gov.cn"):
            yield Problem(
                f"{place}.domain",
                "domain-suffix",
                f"“{site.name}”的域名“{site.domain}”不以 .gov.cn 结尾",
                "政府网站用 .gov.cn 域名；演示站写“演示: 是”",
                Severity.WARNING,
            )
        footer = site.footer
        wanted = {
            "电话": footer.phone or footer.email or footer.address,
            "ICP备案号": footer.icp,
            "公安备案号": footer.police,
            "党政机关标识": footer.badge,
        }
        for label, value in wanted.items():
            if not value:
                yield Problem(
                    f"{place}.footer",
                    "missing-footer",
                    f"“{site.name}”的页脚没有写“{label}”",
                    "页脚必须列明（《政府网站发展指引》）；演示站写“演示: 是”",
                )
        if footer.icp and not _ICP.fullmatch(footer.icp):
            yield Problem(
                f"{place}.footer.icp",
                "bad-icp",
                f"ICP 备案号“{footer.icp}”格式不符",
                "例如 浙ICP备00000000号-1",
            )
        if footer.police and not _POLICE.fullmatch(footer.police):
            yield Problem(
                f"{place}.footer.police",
                "bad-police",
                f"公安备案号“{footer.police}”格式不符",
                "例如 浙公网安备 33060002000000号",
            )
        if footer.badge and not re.fullmatch(r"[0-9A-F]{32}", footer.badge):
            yield Problem(
                f"{place}.footer.badge",
                "bad-badge",
                f"党政机关标识“{footer.badge}”格式不符",
                "复制标识链接里 id= 后面的 32 位字符",
            )


class SiteGroup(msgspec.Struct, frozen=True):
    """The sites of a project, with where things lie.

    Attributes:
        root: The project folder.
        settings: All of ``site.yml``.
        digest: Of the file's bytes and of the extensions that it names.
    """

    root: str
    settings: GroupSettings
    digest: bytes
    extensions: Extensions = NO_EXTENSIONS

    @property
    def content_path(self) -> Path:
        return Path(self.root) / self.settings.content

    @property
    def output_path(self) -> Path:
        return Path(self.root) / self.settings.output

    @property
    def sites(self) -> tuple[SiteSettings, ...]:
        return self.settings.sites

    def own_fonts(self) -> tuple[tuple[str, int, int], ...]:
        """Return the state of the font files that the settings name; they lie outside the content."""
        files = [Path(self.root) / name for name in self.settings.fonts.files if name]
        states = [(file, file.stat()) for file in files if file.is_file()]
        return tuple((file.name, state.st_size, state.st_mtime_ns) for file, state in states)

    @property
    def own_domains(self) -> tuple[str, ...]:
        """Domains to which a link does not leave this platform (domain/01, W-33)."""
        return tuple(sorted({*self.settings.own_domains, *(site.domain for site in self.sites)}))

    def folder_of(self, site: SiteSettings) -> str:
        """Return the output folder of a site, POSIX with a trailing slash unless empty.

        Sites of one domain lie in one tree as on the host, so that links between them stay relative. Where
        there are several domains, each has a folder named by the id of its first site.
        """
        tree = [other for other in self.sites if other.domain == site.domain]
        top = f"{tree[0].id}/" if len(tree) < len(self.sites) else ""
        paths = [other.base_path for other in tree]
        shortest = min(paths, key=len)
        common = shortest if all(path.startswith(shortest) for path in paths) else "/"
        return top + site.base_path[len(common) :]

    def base_url(self, site: SiteSettings) -> str:
        """Return the absolute address of a site's root."""
        return f"https://{site.domain}{site.base_path}"

    def today(self, given: date | None, clock: date) -> date:
        """Return the build's today: as given, else ``构建日期``, else the clock."""
        return given or self.settings.build_date or clock


def load_config(root: Path) -> tuple[SiteGroup | None, list[Diagnostic]]:
    """Read ``site.yml`` of a project folder."""
    file = root / CONFIG_NAME
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return None, [
            Diagnostic(
                CONFIG_NAME,
                0,
                0,
                Severity.ERROR,
                "no-config",
                "没有找到 site.yml",
                "在项目目录里运行，或先运行 yangguang init 建一个项目",
            )
        ]
    except OSError as error:
        return None, [
            Diagnostic(
                CONFIG_NAME,
                0,
                0,
                Severity.ERROR,
                "unreadable",
                f"site.yml 读不出来：{error.strerror}",
                "检查它是不是文件，有没有读的权限",
            )
        ]
    text, problem = decode(CONFIG_NAME, data)
    if problem:
        return None, [problem]
    try:
        tree = parse(text)
    except YamlProblem as error:
        return None, [
            Diagnostic(
                CONFIG_NAME, error.line, error.column, Severity.ERROR, error.code, error.message, error.remedy
            )
        ]
    if not isinstance(tree, Mapping):
        return None, [
            Diagnostic(
                CONFIG_NAME,
                1,
                1,
                Severity.ERROR,
                "wrong-type",
                "site.yml 应当是一组“键: 值”",
                "每行写成“键: 值”，冒号用英文，后面空一格；写法见编辑手册“站点设置”一章",
            )
        ]
    keys = KeyMap.of(GroupSettings)
    plain = to_plain(tree, keys)
    collector = Collector(CONFIG_NAME, keys, plain)
    for line, column, code, message, remedy in plain.problems:
        collector.add(line, column, Severity.ERROR, code, message, remedy)
    settings: Any = validated(GroupSettings, plain, collector)
    if settings is None:
        return None, collector.diagnostics
    for found in settings.check():
        collector.problem(found)
    if settings.theme and not (root / settings.theme).is_dir():
        message = f"没有找到主题目录 {settings.theme}"
        collector.problem(
            Problem("theme", "no-theme", message, "建立这个目录，或删去“主题目录”一行，使用自带的主题")
        )
    own = settings.extensions
    extensions, problems = read_extensions(root / own.folder, own.markdown, own.filters)
    for found in problems:
        collector.problem(found)
    digest = digest_bytes(data + extensions.digest)
    return SiteGroup(str(root), settings, digest, extensions), collector.diagnostics
