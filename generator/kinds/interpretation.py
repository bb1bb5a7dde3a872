"""Interpretations (政策解读): in words, pictures, videos, questions, by experts, media or press conference."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problem, Severity
from generator.fields import (
    Declared,
    FileName,
    Label,
    Lines,
    Phone,
    Prose,
    References,
    WebAddress,
    item,
)
from generator.kinds.base import Attachment, ContentKind, Published
from generator.kinds.infographic import Infographic


class Form(Label):
    """Form of an interpretation (解读形式)."""

    TEXT = "文字"
    GRAPHIC = "图解"
    VIDEO = "视频"
    QUESTIONS = "问答"
    EXPERT = "专家"
    MEDIA = "媒体"
    PRESS = "发布会"

    @property
    def slug(self) -> str:
        return {
            "文字": "wz",
            "图解": "tj",
            "视频": "sp",
            "问答": "wd",
            "专家": "zj",
            "媒体": "mt",
            "发布会": "fbh",
        }[self.value]


class Video(Declared):
    """A video, with what those need who cannot hear or see it (A-05)."""

    file: FileName | None = item("文件", default=None, help="放在本文件旁边的 mp4 或 webm 文件")
    url: WebAddress | None = item("网址", default=None, help="视频在别处时的网址")
    captions: FileName | None = item("字幕", default=None, help="WebVTT 字幕文件")
    transcript: Prose = item("文字稿", help="视频里说的话和重要画面")


class Interpretation(Published):
    """An interpretation of one or more policies."""

    form: Form = item(
        "解读形式", help="文字、图解、视频、问答、专家、媒体或发布会", example="文字", facet=True, table=True
    )
    interprets: References = item(
        "解读文件", help="被解读的文件：文号、索引号或标题", example="越政办发〔2026〕1号", min_length=1
    )
    issuer: Lines = item(
        "解读单位", help="谁起草、谁解读", example="越明市民政局", facet=True, table=True, min_length=1
    )
    phone: Phone | None = item("咨询电话", default=None, help="解读单位的公务电话", table=True)
    text_alternative: Prose | None = item(
        "文字版", default=None, help="图解的全部内容写成文字；写了“图解”数据的由程序生成，不用写"
    )
    infographic: Infographic | None = item(
        "图解", default=None, help="图解的数据，由程序画成网页、文字版和长图"
    )
    video: Video | None = item("视频", default=None, help="视频解读的文件和文字稿")
    attachments: tuple[Attachment, ...] = item("附件", default=())

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        if self.form is Form.VIDEO and self.video is None:
            yield Problem("form", "missing-video", "视频解读没有写“视频”", "写上视频的文件或网址，以及文字稿")
        if self.video and not (self.video.file or self.video.url):
            yield Problem("video", "missing-video", "“视频”没有写文件或网址", "写上其中一项")
        yield from self._check_graphic()

    def _check_graphic(self) -> Iterator[Problem]:
        if self.infographic is None:
            if self.form is Form.GRAPHIC and not self.text_alternative:
                yield Problem(
                    "form",
                    "missing-text-alternative",
                    "图解没有文字版，看不见图的人读不到内容",
                    "写上“图解”数据（文字版由程序生成），或者把图上的全部内容写进“文字版”",
                )
            return
        yield from self.infographic.check()
        if self.form is not Form.GRAPHIC:
            yield Problem(
                "form", "infographic-form", f"有“图解”数据，解读形式写的是“{self.form}”", "解读形式改为 图解"
            )
        if self.text_alternative:
            yield Problem(
                "text_alternative",
                "double-text-alternative",
                "“文字版”由“图解”数据生成，另写的不会显示",
                "删去“文字版”；图上没有的话写到“图解”的“补充说明”里",
                Severity.WARNING,
            )


INTERPRETATION = ContentKind(
    "interpretation",
    "政策解读",
    Interpretation,
    url="jiedu/{slug}.html",
    section="zcjd",
    issuer="issuer",
    relations={"interprets": "解读"},
    purpose="解释政策文件的文字、图解、视频、问答等",
    body="unless infographic",
    sample_body="## 为什么出台这个文件\n\n……\n\n## 谁能享受\n\n……\n\n## 怎么办理\n\n……\n",
)
