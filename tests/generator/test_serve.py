"""`yangguang serve` from outside: the command in a process, real requests, real Chromium."""

from __future__ import annotations

import http.client
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.build import BuildOptions, BuildResult, BuildState, build
from generator.config import load_config
from generator.write import try_lock
from tests.support import SITE_YML, SiteFixture, news, policy, question

PATIENCE_SECONDS = 60
expect.set_options(timeout=PATIENCE_SECONDS * 1000)
POLICY_PAGE = "/zhengce/a.html"
COMMAND = [sys.executable, "-c", "from generator.cli import run; run()", "serve"]
ADDRESS = re.compile(r"http://[^/]+:(\d+)/")
TWO_DOMAINS = f"""\
{SITE_YML}  - 代号: mzj
    名称: 越明市民政局
    域名: mzj.yueming.example
    标识码: "0000000000"
    页脚:
      主办: 越明市民政局
"""


class Answer:
    """What the server answered."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def text(self) -> str:
        return self.body.decode()


class Preview:
    """A running ``yangguang serve`` with all that it said."""

    def __init__(self, root: Path, *options: str, command: Sequence[str] = COMMAND) -> None:
        self.lines: list[str] = []
        self._grown = threading.Condition()
        self.process = subprocess.Popen(
            [*command, "-C", str(root), "--today", "2026-11-20", *options],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._grown:
                self.lines.append(line)
                self._grown.notify_all()

    @property
    def said(self) -> str:
        return "".join(self.lines)

    def wait_for(self, words: str, since: int = 0) -> str:
        """Wait until the preview has said the words; return all that it said from line ``since`` on."""
        with self._grown:
            found = self._grown.wait_for(lambda: words in "".join(self.lines[since:]), PATIENCE_SECONDS)
        assert found, f"never said {words!r} but:\n{self.said}"
        return "".join(self.lines[since:])

    def hears(self, edit: Callable[[], object], words: str) -> str:
        """Make an edit and wait until the preview says the words about it."""
        since = len(self.lines)
        edit()
        return self.wait_for(words, since)

    @property
    def port(self) -> int:
        match = ADDRESS.search(self.wait_for("预览地址"))
        assert match
        return int(match.group(1))

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=names)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def stop(self, number: int = signal.SIGINT) -> int:
        """Send a signal to the whole process group, as Ctrl-C does; return the exit code."""
        os.killpg(self.process.pid, number)
        return self.ended()

    def ended(self) -> int:
        """Wait for the end; return the exit code."""
        code = self.process.wait(PATIENCE_SECONDS)
        self._reader.join(PATIENCE_SECONDS)
        assert self.process.stderr is not None
        self.process.stderr.close()
        return code

    def __enter__(self) -> Preview:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self.process.stderr is not None
        if self.process.poll() is None:
            self.stop()
        elif not self.process.stderr.closed:
            self.ended()
        assert "Traceback" not in self.said


class Held:
    """A lock file held by this process, so that a build must wait."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        assert try_lock(self._handle)

    def release(self) -> None:
        os.close(self._handle)


@pytest.fixture
def project(site: SiteFixture) -> SiteFixture:
    site.write("policy/a.md", policy())
    return site


@pytest.fixture
def preview(project: SiteFixture) -> Iterator[Preview]:
    """The preview of a sound project, after its first build."""
    with Preview(project.root, "-p", "0") as running:
        running.wait_for("生成完毕")
        yield running


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview for tests that only read; its site holds an attachment and a link that leaves it."""
    site = SiteFixture(tmp_path_factory.mktemp("standing"))
    site.write("policy/a.csv", "序号,名称\n1,甲\n")
    site.write("policy/a.md", policy(附件="[{名称: 表格, 文件: a.csv}]"))
    with Preview(site.root, "-p", "0") as running:
        running.wait_for("生成完毕")
        link = site.root / ".public.yangguang/preview/site/link"
        link.symlink_to(site.root, target_is_directory=True)
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test where the browser refused or lost anything."""
    complaints: list[str] = []
    page = browser.new_page()
    page.set_default_timeout(PATIENCE_SECONDS * 1000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if "Content Security" in message.text else None,
    )
    yield page
    page.close()
    assert not complaints


# --- answers ---------------------------------------------------------------------------------------


def test_answers_before_the_first_build_has_ended_and_shows_the_page_then(
    project: SiteFixture, page: Page
) -> None:
    side = project.root / ".public.yangguang/preview/.site.yangguang"
    side.mkdir(parents=True)
    held = Held(side / "lock")
    with Preview(project.root, "-p", "0") as preview:
        answer = preview.ask("/")
        assert answer.status == 503
        assert "正在生成网站" in answer.text
        page.goto(preview.url(POLICY_PAGE))
        expect(page.locator("h1")).to_have_text("正在生成网站")
        held.release()
        expect(page.locator("h1")).to_contain_text("越明市养老服务办法")


def test_serves_pages_as_published_but_for_the_script(preview: Preview, project: SiteFixture) -> None:
    assert project.build().is_published
    answer = preview.ask(POLICY_PAGE)
    script = re.compile(rb'<script src="/-/reload\.js"[^>]*></script>')
    assert script.search(answer.body)
    assert script.sub(b"", answer.body) == (project.output / "zhengce/a.html").read_bytes()
    assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
    assert (
        b"/-/reload.js" not in (project.root / ".public.yangguang/preview/site/zhengce/a.html").read_bytes()
    )


def test_names_the_type_of_each_file(standing: Preview) -> None:
    found = re.search(r'href="([^"]+\.csv)"', standing.ask(POLICY_PAGE).text)
    assert found
    for path, kind in (
        ("/", "text/html; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        (urljoin(POLICY_PAGE, found.group(1)), "text/csv; charset=utf-8"),
        ("/-/reload.js", "text/javascript; charset=utf-8"),
        ("/-/preview.css", "text/css; charset=utf-8"),
    ):
        head, answer = standing.ask(path, "HEAD"), standing.ask(path)
        assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
        assert (head.status, head.body) == (200, b"")
        assert head.headers["Content-Length"] == str(len(answer.body))


def test_sends_parts_of_a_file_as_videos_need(standing: Preview) -> None:
    path = "/sitemap.xml"
    whole = standing.ask(path).body
    size = len(whole)
    for asked, start, end in (("0-9", 0, 10), ("5-", 5, size), ("-7", size - 7, size), ("3-99999", 3, size)):
        answer = standing.ask(path, Range=f"bytes={asked}")
        assert answer.status == 206
        assert answer.body == whole[start:end]
        assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/{size}"
    refused = standing.ask(path, Range=f"bytes={size}-")
    assert (refused.status, refused.headers["Content-Range"]) == (416, f"bytes */{size}")


def test_sends_nothing_again_that_the_browser_has(standing: Preview) -> None:
    tag = standing.ask("/sitemap.xml").headers["ETag"]
    again = standing.ask("/sitemap.xml", If_None_Match=tag)
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize(
    "path",
    ["/../site.yml", "/..%2fsite.yml", "/%2e%2e/%2e%2e/%2e%2e/site.yml", "/..%5csite.yml", "/-/../server.py",
     "//etc/passwd", "/zhengce/%00", "/link/site.yml", "/-/events/../board.py"],
)  # fmt: skip
def test_gives_away_nothing_outside_the_site(standing: Preview, path: str) -> None:
    answer = standing.ask(path)
    assert answer.status == 404
    assert "越明市人民政府办公室\n" not in answer.text


def test_refuses_other_names_for_this_machine(standing: Preview) -> None:
    assert standing.ask("/", Host="boese.example").status == 421
    assert standing.ask("/", Host=f"localhost:{standing.port}").status == 200


def test_answers_unknown_addresses_with_the_page_of_the_site(standing: Preview) -> None:
    answer = standing.ask("/zhengce/nichts.html")
    assert answer.status == 404
    assert "越明市政务公开" in answer.text


def test_leads_from_a_folder_to_its_page(standing: Preview) -> None:
    answer = standing.ask("/zcwj")
    assert (answer.status, answer.headers["Location"]) == (302, "/zcwj/")
    assert standing.ask("/zcwj/").status == 200


def test_shows_a_site_below_its_base_path(project: SiteFixture) -> None:
    project.configure(SITE_YML.replace("    标识码", "    根路径: /zwgk/\n    标识码"))
    with Preview(project.root, "-p", "0") as preview:
        preview.wait_for("生成完毕")
        assert preview.ask("/").headers["Location"] == "/zwgk/"
        assert preview.ask("/zwgk" + POLICY_PAGE).status == 200
        missing = preview.ask("/zwgk/nichts.html")
        assert missing.status == 404
        for address in re.findall(r'(?:href|src)="(/zwgk/assets/[^"]+)"', missing.text):
            assert preview.ask(address).status == 200


def test_lists_sites_of_several_domains_and_links_them_here(project: SiteFixture, page: Page) -> None:
    project.configure(TWO_DOMAINS)
    with Preview(project.root, "-p", "0") as preview:
        preview.wait_for("生成完毕")
        page.goto(preview.url("/"))
        page.get_by_role("link", name="越明市民政局").click()
        expect(page).to_have_url(preview.url("/mzj/"))
        missing = preview.ask("/mzj/nichts.html")
        assert missing.status == 404
        rooted = re.findall(r'(?:href|src)="(/[^"]*)"', missing.text)
        assert any("assets/" in address for address in rooted)
        for address in rooted:
            assert preview.ask(address).status in (200, 302), address


# --- live ------------------------------------------------------------------------------------------


def test_reloads_the_page_whose_document_was_saved(
    preview: Preview, project: SiteFixture, page: Page
) -> None:
    page.goto(preview.url(POLICY_PAGE))
    project.write("policy/a.md", policy("第一条　改过的正文。\n"))
    expect(page.locator("main")).to_contain_text("改过的正文")
    assert page.locator("#yangguang-preview").count() == 0


def test_leaves_alone_pages_that_did_not_change(preview: Preview, project: SiteFixture, page: Page) -> None:
    project.write("news/b.md", news())
    preview.wait_for("已更新")
    page.goto(preview.url("/zwyw/index.html"))
    page.evaluate("window.kept = true")
    preview.hears(lambda: project.write("policy/a.md", policy("第一条　改过的正文。\n")), "已更新")
    page.evaluate("new Promise(done => setTimeout(done, 300))")
    assert page.evaluate("window.kept") is True


def test_shows_errors_over_the_last_good_page_until_they_are_mended(
    preview: Preview, project: SiteFixture, page: Page
) -> None:
    page.goto(preview.url(POLICY_PAGE))
    said = preview.hears(
        lambda: project.write("policy/a.md", policy(成文日期="2026-02-30")), "继续显示上一次生成的网站"
    )
    assert "content/policy/a.md:5:" in said
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("content/policy/a.md:5:")
    expect(alert).to_contain_text("2026-02-30")
    expect(page.locator("h1")).to_contain_text("越明市养老服务办法")
    assert "content/policy/a.md:5:" in preview.ask("/-/problems").text
    project.write("policy/a.md", policy())
    expect(alert).to_be_hidden()


def test_lists_all_errors_where_nothing_could_be_built_yet(project: SiteFixture, page: Page) -> None:
    project.write("policy/a.md", policy(成文日期="2026-02-30"))
    project.write("news/b.md", news(发布时间="gestern"))
    with Preview(project.root, "-p", "0") as preview:
        preview.wait_for("改正并保存后自动更新")
        answer = page.goto(preview.url(POLICY_PAGE))
        assert answer is not None and answer.status == 503
        expect(page.locator("main")).to_contain_text("content/policy/a.md:5:")
        expect(page.locator("main")).to_contain_text("content/news/b.md:3:")
        project.write("policy/a.md", policy())
        project.write("news/b.md", news())
        expect(page.locator("h1")).to_contain_text("越明市养老服务办法")


def test_outlives_a_broken_site_yml(preview: Preview, project: SiteFixture, page: Page) -> None:
    page.goto(preview.url("/"))
    said = preview.hears(lambda: project.configure(SITE_YML.replace("域名:", "域铭:")), "个错误")
    assert "site.yml:5:" in said
    expect(page.get_by_role("alert")).to_contain_text("site.yml:5:")
    project.configure(SITE_YML.replace("名称: 越明市政务公开", "名称: 越明公开网"))
    expect(page).to_have_title(re.compile("越明公开网"))


def test_follows_renamed_and_deleted_documents(preview: Preview, project: SiteFixture) -> None:
    content = project.root / "content/policy"
    preview.hears(lambda: (content / "a.md").rename(content / "b.md"), "已更新")
    assert preview.ask(POLICY_PAGE).status == 404
    assert preview.ask("/zhengce/b.html").status == 200
    preview.hears(lambda: project.remove("policy/b.md"), "已更新")
    assert preview.ask("/zhengce/b.html").status == 404


def test_shows_a_new_document_where_the_browser_waits_for_it(
    preview: Preview, project: SiteFixture, page: Page
) -> None:
    answer = page.goto(preview.url("/zhengce/neu.html"))
    assert answer is not None and answer.status == 404
    number = {"发文字号": "越政办发〔2026〕2号", "索引号": "11330600000000003L/2026-00002"}
    project.write("policy/neu.md", policy(标题="越明市新办法", **number))
    expect(page.locator("h1")).to_contain_text("越明市新办法")


def test_renders_anew_what_a_template_change_concerns(project: SiteFixture, page: Page) -> None:
    project.configure(SITE_YML + "主题目录: zhuti\n")
    banner = project.root / "zhuti/components/badge/badge.html"
    banner.parent.mkdir(parents=True)
    original = Path(__file__).parents[2] / "theme/components/badge/badge.html"
    banner.write_bytes(original.read_bytes())
    with Preview(project.root, "-p", "0") as preview:
        preview.wait_for("生成完毕")
        page.goto(preview.url(POLICY_PAGE))
        banner.write_text("{% macro badge(badge) %}<b>新的标记</b>{% endmacro %}", encoding="utf-8")
        expect(page.locator("main")).to_contain_text("新的标记")
        said = preview.hears(lambda: banner.write_text("{% macro badge(badge %}", encoding="utf-8"), "个错误")
        assert "badge.html:1" in said
        banner.write_bytes(original.read_bytes())
        expect(page.locator("main")).not_to_contain_text("新的标记")


def test_survives_the_loss_of_its_output_and_of_the_content(preview: Preview, project: SiteFixture) -> None:
    shutil.rmtree(project.root / ".public.yangguang/preview/site")
    preview.hears(lambda: project.write("policy/a.md", policy("第一条　又改了。\n")), "已更新")
    assert "又改了" in preview.ask(POLICY_PAGE).text
    assert preview.ask("/").status == 200
    aside = project.root / "aside"
    preview.hears(lambda: (project.root / "content").rename(aside), "没有找到内容目录")
    preview.hears(lambda: aside.rename(project.root / "content"), "已更新")
    preview.hears(lambda: project.write("policy/a.md", policy("第一条　第三次改。\n")), "已更新")
    assert "第三次改" in preview.ask(POLICY_PAGE).text


def test_finds_what_was_written_once_edits_pause(preview: Preview, project: SiteFixture, page: Page) -> None:
    preview.hears(lambda: project.write("policy/a.md", policy("第一条　银杏大道禁止停车。\n")), "已更新")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while preview.ask("/search/m.bin").status != 200 and time.monotonic() < deadline:
        time.sleep(0.2)
    page.goto(preview.url("/search.html?q=银杏大道"))
    expect(page.locator("main")).to_contain_text("越明市养老服务办法")
    preview.hears(lambda: project.write("policy/a.md", policy("第一条　再改一次。\n")), "已更新")
    assert "再改一次" in preview.ask(POLICY_PAGE).text


# --- beside other commands -------------------------------------------------------------------------


def test_does_not_touch_what_build_publishes(preview: Preview, project: SiteFixture) -> None:
    assert project.build().is_published
    before = dict(project.outputs())
    preview.hears(lambda: project.write("policy/a.md", policy("第一条　只给预览看。\n")), "已更新")
    assert dict(project.outputs()) == before
    assert project.build().is_published
    assert "只给预览看" in project.page("zhengce/a.html")


def test_takes_the_next_port_where_one_is_in_use(project: SiteFixture) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with Preview(project.root, "-p", str(port)) as preview:
            assert preview.port != port
            assert f"端口 {port} 已被占用，改用 {preview.port}" in preview.said
            preview.wait_for("生成完毕")
            assert preview.ask("/").status == 200


def test_two_previews_of_a_project_do_not_disturb_each_other(preview: Preview, project: SiteFixture) -> None:
    with Preview(project.root, "-p", "0") as second:
        second.wait_for("生成完毕")
        project.write("policy/a.md", policy("第一条　两处都看到。\n"))
        for running in (preview, second):
            running.wait_for("已更新")
            assert "两处都看到" in running.ask(POLICY_PAGE).text


def test_explains_an_address_that_is_not_this_machine(project: SiteFixture) -> None:
    with Preview(project.root, "-p", "0", "--host", "203.0.113.7") as preview:
        assert preview.ended() == 1
        preview.wait_for("不能在 203.0.113.7 上监听")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stops_at_once_with_browsers_connected(preview: Preview, page: Page, number: int) -> None:
    page.goto(preview.url(POLICY_PAGE))
    broken = socket.create_connection(("127.0.0.1", preview.port))
    broken.sendall(b"GET / HT")
    broken.close()
    began = time.monotonic()
    assert preview.stop(number) == 0
    assert time.monotonic() - began < 10
    assert preview.lines[-1] == "预览已停止。\n"
    assert "Traceback" not in preview.said


def test_stops_although_started_with_interrupts_ignored(project: SiteFixture) -> None:
    """As shells start what they put into the background."""
    ignoring = ["sh", "-c", "trap '' INT; exec \"$@\"", "sh", *COMMAND]
    with Preview(project.root, "-p", "0", command=ignoring) as preview:
        preview.wait_for("生成完毕")
        preview.process.send_signal(signal.SIGINT)
        assert preview.ended() == 0
        assert preview.lines[-1] == "预览已停止。\n"


def test_stops_during_the_first_build(project: SiteFixture) -> None:
    for number in range(400):
        project.write(f"news/n{number}.md", news("今天有新消息。\n\n" * 200, 标题=f"第{number}条消息"))
    with Preview(project.root, "-p", "0") as preview:
        assert preview.ask("/").status == 503
        assert preview.stop() == 0
        assert "Traceback" not in preview.said


# --- handbook --------------------------------------------------------------------------------------


def test_shows_the_handbook_once_it_is_made(preview: Preview, project: SiteFixture, page: Page) -> None:
    assert "没有找到 docs/mkdocs.yml" in preview.ask("/handbook/").text
    if not importlib.util.find_spec("material"):
        pytest.fail("make test installs the extra `handbook`")
    manual = project.root / "docs/manual"
    manual.mkdir(parents=True)
    (manual / "index.md").write_text("# 编辑手册\n\n怎样写文件。\n", encoding="utf-8")
    (project.root / "mkdocs.yml").write_text(
        "site_name: 编辑手册\ndocs_dir: docs/manual\ntheme: {name: material, font: false}\n", encoding="utf-8"
    )
    page.goto(preview.url("/handbook/"))
    expect(page.locator("article")).to_contain_text("怎样写文件")
    assert preview.ask(POLICY_PAGE).status == 200
    (manual / "index.md").write_text("# 编辑手册\n\n换了说法。\n", encoding="utf-8")
    expect(page.locator("article")).to_contain_text("换了说法")


# --- builds of a long-running process ------------------------------------------------------------------

BODIES = (
    "第一条　为了方便群众，制定本办法。\n\n第二条　本办法自公布之日起施行。\n",
    "第一条　为了方便群众，制定本办法。\n\n第二条　见[[越政办发〔2026〕2号#第一条]]。\n",
    "\n第一条　为了方便群众，制定本办法。\n\n第二条　见[[越政办发〔2026〕2号#第二条]]，另有说明。\n",
    "第一条　开头也改了。\n\n第二条　见[[越政办发〔2026〕2号#第九条]]。\n",
    "第一条　为了方便群众，制定本办法。\n\n第三条　第二条不见了。\n",
)


def test_edits_of_bodies_give_what_a_clean_build_gives(project: SiteFixture) -> None:
    """Plans are taken over where only bodies change: quotes, anchors, problems and beginnings must follow."""
    second = {
        "标题": "越明市乙办法",
        "发文字号": "越政办发〔2026〕2号",
        "索引号": "11330600000000003L/2026-00002",
    }
    project.write("policy/b.md", policy(**second))
    project.write("question/q.md", question())
    state = BuildState(is_deferred=True)
    assert _build(project, "kept", state, None).is_published
    for name, fields in (("policy/a.md", {}), ("policy/b.md", second)):
        for body in (*BODIES, BODIES[0]):
            file = project.write(name, policy(body, **fields))
            told = _build(project, "kept", state, frozenset((str(file),)))
            clean = _build(project, "clean", None, None)
            assert told.diagnostics == clean.diagnostics
            assert told.is_published == clean.is_published
            if clean.is_published:
                assert _files(project.root / "kept") == _files(project.root / "clean")
            shutil.rmtree(project.root / ".clean.yangguang")
            shutil.rmtree(project.root / "clean", ignore_errors=True)


def _build(
    project: SiteFixture, folder: str, state: BuildState | None, changed: frozenset[str] | None
) -> BuildResult:
    group, _ = load_config(project.root)
    assert group is not None
    return build(group, BuildOptions(project.today, 1, project.root / folder), state, changed)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
