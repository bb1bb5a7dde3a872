"""Directories (名录): new media, other sites, policies of higher bodies, services, villages, lessons, venues.

Each is a table of records after a practice of domain/05 that is named with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problem, Severity
from generator.fields import (
    Count,
    Day,
    DocumentNumberText,
    Label,
    Line,
    Lines,
    Phone,
    References,
    Slug,
    WebAddress,
    Weight,
    YesNo,
    item,
)
from generator.kinds.records import Record, RecordKind


class Platform(Label):
    """Where an account of new media lives (平台)."""

    WECHAT = "微信公众号"
    CHANNEL = "视频号"
    WEIBO = "微博"
    DOUYIN = "抖音号"
    APP = "客户端"
    MINI = "小程序"
    OTHER = "其他"


class NewMedium(Record):
    """An account of government new media (政务新媒体; S-25, S-72)."""

    name: Line = item("名称", example="越明发布", search=Weight.STRONG)
    platform: Platform = item(
        "平台",
        help="微信公众号、视频号、微博、抖音号、客户端、小程序、其他",
        example="微信公众号",
        facet=True,
    )
    account: Line = item("账号", help="在平台上搜得到的账号", example="yuemingfabu", search=Weight.EXACT)
    sponsor: Line = item("主办单位", example="越明市人民政府办公室", facet=True, search=Weight.NORMAL)
    about: Line = item("简介", example="权威发布市政府重要信息", search=Weight.NORMAL)
    updated_on: Day = item("最近更新", help="核查时看到的最近一次更新", example="2026-11-18", sort=True)
    closed_on: Day | None = item("关停日期", default=None, help="已经关停、注销的才写")
    url: WebAddress | None = item("网址", default=None)

    def check(self) -> Iterator[Problem]:
        if self.closed_on and self.closed_on < self.updated_on:
            yield Problem("closed_on", "date-order", "关停日期早于最近更新", "核对两个日期")


NEW_MEDIUM = RecordKind(
    "new_medium",
    "政务新媒体",
    NewMedium,
    section="xmt",
    issuer="sponsor",
    title="name",
    key="account",
    group="platform",
    columns=("platform", "name", "account", "sponsor", "about", "updated_on"),
    purpose="各单位在各平台开办的政务新媒体，含已关停的",
)


class SiteClass(Label):
    """Class of another site (网站类别)."""

    HIGHER = "上级政府网站"
    LOCAL = "本市政府网站"
    SERVICE = "办事服务平台"
    INTERACTION = "互动交流平台"


class OtherSite(Record):
    """Another site that citizens need (相关网站; S-07, S-37, S-42, S-49)."""

    name: Line = item("名称", example="中国政府网", search=Weight.STRONG)
    site_class: SiteClass = item(
        "网站类别",
        help="上级政府网站、本市政府网站、办事服务平台、互动交流平台",
        example="上级政府网站",
        facet=True,
    )
    use: Line = item("用处", help="什么事去那里办、去那里查", example="查国务院文件", search=Weight.NORMAL)
    url: WebAddress = item("网址", example="https://www.gov.cn/")


OTHER_SITE = RecordKind(
    "other_site",
    "相关网站",
    OtherSite,
    section="xgwz",
    title="name",
    key="name",
    group="site_class",
    columns=("site_class", "name", "use", "url"),
    purpose="上级政府网站、办事和互动平台：本站不办的事去哪里办",
)


class ServiceGroup(Label):
    """What a service is about (服务分类)."""

    ACCOUNT = "查询"
    LIFE = "生活缴费"
    HEALTH = "看病就医"
    SCHOOL = "上学入托"
    WORK = "就业社保"
    HOME = "住房安居"
    TRAVEL = "出行交通"
    AGE = "养老助残"
    FIRM = "企业经营"
    VOICE = "反映问题"


class ServiceLink(Record):
    """A service that citizens use elsewhere: a site, an app, a telephone (服务导航; S-68)."""

    code: Slug = item("编号", example="yb01")
    group: ServiceGroup = item(
        "服务分类",
        help="查询、生活缴费、看病就医、上学入托、就业社保、住房安居、出行交通、养老助残、企业经营、反映问题",
        example="看病就医",
        facet=True,
    )
    name: Line = item("服务", help="群众的说法", example="查医保余额", search=Weight.STRONG)
    how: Line = item("怎么用", example="用社会保障卡登录后查询", search=Weight.NORMAL)
    sponsor: Line = item("主办单位", example="越明市医疗保障局", facet=True, search=Weight.NORMAL)
    url: WebAddress | None = item("网址", default=None, help="在别处办的服务；没有网址的写电话")
    phone: Phone | None = item("电话", default=None)
    needs_login: YesNo = item("要登录", default=False, help="是：在那个网站登录；本站没有登录")
    guides: References = item("办事指南", default=(), help="本站有办事指南的写编号")

    def check(self) -> Iterator[Problem]:
        if self.url is None and self.phone is None:
            yield Problem("url", "missing-channel", "没有写网址，也没有写电话", "至少写一个")


SERVICE_LINK = RecordKind(
    "service_link",
    "服务导航",
    ServiceLink,
    section="fwdh",
    issuer="sponsor",
    title="name",
    key="code",
    group="group",
    columns=("group", "name", "how", "url", "phone", "guides"),
    relations={"guides": "网上办、电话办"},
    purpose="按分类列出常用的服务在哪里用：网址、电话和办事指南",
)


class Origin(Label):
    """Who issued a policy of a higher body (文件来源)."""

    STATE_COUNCIL = "国务院文件"
    MINISTRY = "国务院部门文件"
    PROVINCE = "省级文件"


class HigherPolicy(Record):
    """A policy of a higher body, with the address of the original (上级政策; S-07)."""

    title: Line = item("标题", example="政府信息公开条例", search=Weight.STRONG)
    origin: Origin = item(
        "文件来源", help="国务院文件、国务院部门文件、省级文件", example="国务院文件", facet=True
    )
    issuer: Line = item("发文机关", example="国务院", search=Weight.NORMAL)
    number: DocumentNumberText = item("发文字号", example="国办发〔2019〕14号", search=Weight.EXACT)
    issued_on: Day = item("成文日期", example="2019-04-14", sort=True)
    url: WebAddress = item("原文网址", example="https://www.gov.cn/zhengce/")
    source: Line = item("据何处著录", help="标题、字号、日期是从哪里核对的", example="中国政府网政策文件库")


HIGHER_POLICY = RecordKind(
    "higher_policy",
    "上级政策",
    HigherPolicy,
    section="sjzc",
    title="title",
    key="number",
    date="issued_on",
    columns=("title", "number", "origin", "issued_on", "url"),
    purpose="常用的国务院和省级文件，链接到原文",
)


class VillageBoard(Record):
    """The openness board of a village or community (村居公开“一图览”; S-28)."""

    code: Slug = item("编号", example="shiqiao")
    name: Line = item("村居", example="石桥社区", search=Weight.STRONG)
    street: Line = item("所属镇街", example="越州街道办事处", facet=True)
    place: Line = item("公开栏位置", example="居委会门口东侧", search=Weight.NORMAL)
    matters: Lines = item(
        "公开事项", help="多项用“；”隔开", example="居务；财务；救助名单公示", search=Weight.NORMAL
    )
    phone: Phone = item("联系电话", example="0575-00000000")
    updated_on: Day = item("更新日期", example="2026-10-20", sort=True)


VILLAGE_BOARD = RecordKind(
    "village_board",
    "村居公开一图览",
    VillageBoard,
    section="yitulan",
    title="name",
    key="code",
    group="street",
    detail=True,
    columns=("name", "place", "matters", "phone", "updated_on"),
    purpose="每个村、社区的公开栏在哪里、公开什么、问谁",
)


class Lesson(Record):
    """A lesson on openness or policy for citizens (政务公开“一堂课”; S-19, S-28)."""

    held_on: Day = item("日期", example="2026-10-15", sort=True)
    title: Line = item("课题", example="看懂医保报销单", search=Weight.STRONG)
    audience: Line = item("对象", example="社区老年居民")
    place: Line = item("地点", example="石桥社区驿站")
    organiser: Line = item("主讲单位", example="越明市医疗保障局", facet=True)
    attendance: Count | None = item("到课人数", default=None, help="讲完以后填写")
    url: WebAddress | None = item("回放网址", default=None)


LESSON = RecordKind(
    "lesson",
    "政务公开一堂课",
    Lesson,
    section="yitangke",
    issuer="organiser",
    title="title",
    date="held_on",
    columns=("held_on", "title", "audience", "place", "organiser", "attendance"),
    purpose="面向群众的政策讲解和公开培训：讲了什么、在哪里讲、谁来讲",
)


class VenueClass(Label):
    """Class of a venue (场馆类别)."""

    LIBRARY = "图书馆"
    MUSEUM = "博物馆、纪念馆"
    CULTURE = "文化馆（站）"
    SPORT = "体育场馆"
    YOUTH = "青少年、老年活动中心"


class Venue(Record):
    """A place for culture or sport, with what it charges and how to book (文体场馆; S-70)."""

    code: Slug = item("编号", example="tushuguan")
    name: Line = item("名称", example="越明市图书馆", search=Weight.STRONG)
    venue_class: VenueClass = item("场馆类别", help="五类之一", example="图书馆", facet=True)
    address: Line = item("地址", example="越州街道文化路 18 号", search=Weight.NORMAL)
    hours: Line = item("开放时间", example="周二至周日 9:00—20:30")
    fee: Line = item("收费", help="免费的写“免费”", example="免费")
    booking: Line = item("怎样预约", help="电话、现场或外部网址；本站不收预约", example="不用预约")
    phone: Phone = item("电话", example="0575-00000000")
    access: Lines = item("无障碍设施", default=(), help="多项用“；”隔开")

    def check(self) -> Iterator[Problem]:
        if not self.access:
            yield Problem(
                "access",
                "missing-access",
                "没有写无障碍设施",
                "写明坡道、电梯等；确实没有的写“无”",
                Severity.WARNING,
            )


VENUE = RecordKind(
    "venue",
    "文体场馆",
    Venue,
    section="changguan",
    title="name",
    key="code",
    detail=True,
    columns=("name", "venue_class", "hours", "fee", "phone"),
    purpose="图书馆、博物馆、体育馆等：几点开、收不收费、怎样预约",
)
