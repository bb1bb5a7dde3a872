"""Recognise the structure of laws and official documents, and give every part an address.

Anchors: 第十二条之一 is ``tiao-12-zhi-1``, its second 款 ``…-kuan-2``, 项（三）of the first 款 ``…-xiang-3``
and of the second ``…-kuan-2-xiang-3``, 目 4 below that ``…-mu-4``; 第一章第二节 is ``zhang-1-jie-2``, within a
编 ``bian-1-zhang-1-jie-2``; in notices 一、is ``yi-1`` and （二）below it ``yi-1-xiang-2``; attachments are
``fujian-1``; other headings are counted, ``jie-1``.

A body may hold several texts, such as a 通知 and the 办法 it issues. A new text begins where a numbering
starts again at one. The text with most 条 (the first of equals) is the one that citations mean, and its
anchors are as above; those of the n-th text are otherwise preceded by ``b<n>-``.
"""

from __future__ import annotations

from generator.markup.blocks import Blocks
from generator.markup.legal.model import Complaint, Structured
from generator.markup.legal.walk import Walk

__all__ = ["Complaint", "Structured", "structure"]


def structure(blocks: Blocks, *, imported: bool = False, heading_offset: int = 0) -> Structured:
    """Return the HTML of all blocks with structure, anchors, headings and sections."""
    builder = Walk(blocks, imported, heading_offset, main=1)
    builder.run()
    main = builder.main_text()
    if main != 1:
        builder = Walk(blocks, imported, heading_offset, main=main)
        builder.run()
    return builder.result()
