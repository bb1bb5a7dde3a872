"""``site.yml``: what is wrong or missing is said with its place."""

from __future__ import annotations

import pytest

from tests.support import SITE_YML, SiteFixture

REAL = """\
站点:
  - 代号: portal
    名称: 越明市人民政府
    域名: www.yueming.gov.cn
    标识码: "3306000001"
    页脚:
      主办: 越明市人民政府办公室
      电话: 0575-12345678
      ICP备案号: 浙ICP备00000000号-1
      公安备案号: 浙公网安备 33060002000000号
      党政机关标识: 0123456789ABCDEF0123456789ABCDEF
"""
SECOND = """\
  - 代号: portal
    名称: 越明市民政局
    域名: yueming.example
    标识码: "0000000000"
    页脚: {主办: 越明市民政局}
"""
MISSING_FOOTER = "  办法：页脚必须列明（《政府网站发展指引》）；演示站写“演示: 是”"


def test_accepts_a_real_site_and_a_demonstration(site: SiteFixture) -> None:
    assert site.check() == ""
    site.configure(REAL)
    assert site.check() == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "",
            "site.yml:1:1: 错误[wrong-type]: site.yml 应当是一组“键: 值”\n"
            "  办法：每行写成“键: 值”，冒号用英文，后面空一格；写法见编辑手册“站点设置”一章",
        ),
        (
            "站点：\n  - 代号: a\n",
            "site.yml:1:1: 错误[yaml-broken]: 写法有误：站点：\n  办法：键后面要用英文冒号加空格（: ），不能用中文冒号",
        ),
        ("演示: 是\n", "site.yml:1:1: 错误[missing-key]: 没有写“站点”\n  办法：补上一行“站点: …”"),
        ("站点: []\n", "site.yml:1:5: 错误[missing-key]: “站点”至少要写一项\n  办法：补上“站点”的内容"),
        (
            "演示: 是\n站点:\n  - 代号: p\n    名称: 甲\n",
            "site.yml:3:5: 错误[missing-key]: “站点”第 1 项没有写“域名”\n  办法：补上一行，例如 域名: www.yueming.example\n"
            "site.yml:3:5: 错误[missing-key]: “站点”第 1 项没有写“标识码”\n  办法：补上一行，例如 标识码: 0000000000\n"
            "site.yml:3:5: 错误[missing-key]: “站点”第 1 项没有写“页脚”\n  办法：补上一行“页脚: …”",
        ),
        (
            SITE_YML + "内容目彔: x\n",
            "site.yml:9:1: 错误[unknown-key]: 不认识的键“内容目彔”\n  办法：您是不是想写“内容目录”？",
        ),
        (
            SITE_YML.replace("yueming.example", "https://yueming.example/"),
            "site.yml:5:9: 错误[bad-domain]: “https://yueming.example/”不是域名\n"
            "  办法：只写域名，不带 https:// 和路径，例如 www.example.gov.cn",
        ),
        (
            SITE_YML + "    根路径: zwgk\n",
            "site.yml:9:10: 错误[bad-base-path]: “zwgk”不是根路径\n  办法：以 / 开头、以 / 结尾，例如 / 或 /zwgk/",
        ),
        (
            SITE_YML.replace("0000000000", "3306000001"),
            "site.yml:6:10: 错误[demonstration-code]: 演示站不得使用真实标识码“3306000001”\n  办法：写 0000000000",
        ),
        (
            REAL.replace("3306000001", "0000000000"),
            "site.yml:5:10: 错误[demonstration-code]: 标识码 0000000000 只用于演示站\n"
            "  办法：写本网站的标识码；演示站写“演示: 是”",
        ),
        (
            REAL.replace("3306000001", "33060001"),
            "site.yml:5:10: 错误[bad-id-code]: “越明市人民政府”的标识码“33060001”格式不符\n"
            "  办法：10 位数字，或 bm 加 8 位数字；在全国政府网站信息报送系统中查",
        ),
        (
            REAL.replace(".gov.cn", ".com"),
            "site.yml:4:9: 警告[domain-suffix]: “越明市人民政府”的域名“www.yueming.com”不以 .gov.cn 结尾\n"
            "  办法：政府网站用 .gov.cn 域名；演示站写“演示: 是”",
        ),
        (
            REAL[: REAL.index("      电话")],
            "\n".join(
                f"site.yml:7:7: 错误[missing-footer]: “越明市人民政府”的页脚没有写“{label}”\n{MISSING_FOOTER}"
                for label in ("电话", "ICP备案号", "公安备案号", "党政机关标识")
            ),
        ),
        (
            REAL.replace("浙ICP备00000000号-1", "浙ICP备1号")
            .replace("浙公网安备 33060002000000号", "33060002000000")
            .replace("0123456789ABCDEF0123456789ABCDEF", "http://bszs.conac.cn"),
            "site.yml:9:15: 错误[bad-icp]: ICP 备案号“浙ICP备1号”格式不符\n  办法：例如 浙ICP备00000000号-1\n"
            "site.yml:10:14: 错误[bad-police]: 公安备案号“33060002000000”格式不符\n  办法：例如 浙公网安备 33060002000000号\n"
            "site.yml:11:15: 错误[bad-badge]: 党政机关标识“http://bszs.conac.cn”格式不符\n"
            "  办法：复制标识链接里 id= 后面的 32 位字符",
        ),
        (
            SITE_YML + SECOND,
            "site.yml:9:9: 错误[duplicate-site]: 站点代号“portal”用了两次\n  办法：每个站点一个代号\n"
            "site.yml:11:9: 错误[duplicate-site]: 两个站点都在 yueming.example/\n  办法：域名或根路径要不同",
        ),
        (
            SITE_YML + "内容目录: ../x\n主题目录: /etc\n",
            "site.yml:9:7: 错误[path-escapes]: “../x”不是项目目录里的文件夹\n  办法：写项目目录下的文件夹名，例如 content\n"
            "site.yml:10:7: 错误[path-escapes]: “/etc”不是项目目录里的文件夹\n  办法：写项目目录下的文件夹名，例如 content",
        ),
        (
            SITE_YML + "主题目录: zhuti\n",
            "site.yml:9:7: 错误[no-theme]: 没有找到主题目录 zhuti\n"
            "  办法：建立这个目录，或删去“主题目录”一行，使用自带的主题",
        ),
        (
            SITE_YML + "标识码格式: '('\n",
            "site.yml:9:8: 错误[bad-pattern]: “标识码格式”不是正则表达式\n  办法：删去这一行，使用通行的格式",
        ),
        (
            SITE_YML + "规则数值: {每页条数: 0}\n",
            "site.yml:9:7: 错误[bad-number]: “每页条数”应在 5 到 200 之间\n  办法：一般写 20",
        ),
        (
            SITE_YML + "构建日期: 2026-02-30\n",
            "site.yml:9:7: 错误[bad-date]: 构建日期“2026-02-30”不是有效日期\n  办法：2026 年 2 月只有 28 天，按 YYYY-MM-DD 填写",
        ),
        (
            SITE_YML + "内容目录: neirong\n",
            "neirong: 错误[no-content]: 没有找到内容目录 neirong\n  办法：建立这个目录，或在 site.yml 的“内容目录”里写对",
        ),
    ],
)
def test_says_what_is_wrong_with_the_settings(text: str, expected: str, site: SiteFixture) -> None:
    site.configure(text)

    assert site.check() == expected


@pytest.mark.parametrize(
    "settings", ["输出目录: .\n", "输出目录: content\n", "输出目录: ./a\n内容目录: a/b\n"]
)
def test_never_builds_over_its_own_sources(settings: str, site: SiteFixture) -> None:
    site.configure(SITE_YML + settings)

    assert "错误[output-over-source]" in site.check()
    assert "包含内容目录或主题目录，生成时会改动它们\n  办法：另写一个空的文件夹，例如 public" in site.check()


def test_says_where_to_start_without_settings(site: SiteFixture) -> None:
    (site.root / "site.yml").unlink()

    assert site.check() == (
        "site.yml: 错误[no-config]: 没有找到 site.yml\n  办法：在项目目录里运行，或先运行 yangguang init 建一个项目"
    )
