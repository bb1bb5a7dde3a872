"""What an attachment really is: its format, its text and tables, and what stands against publishing it.

An attachment is opened as a stranger's file: sizes, packed sizes, depth, pages and rows are bounded by
`Limits`, and whatever a parser stumbles over becomes a `Problem`, never a traceback. Office files are read as
the XML they are, which streams through a table of any length; PDF goes through pypdf. The old binary formats
(DOC, XLS, WPS…) are only searched for readable runs of characters, and the caller is told so.

Sources of the rules: 01-政府网站页面规范 section 5 (files must open and be what their names say, scans need a
text layer) and the cases of leaked lists that made the scan of attachments a duty.
"""

from generator.attachments.content import AttachmentFacts, Limits, Table
from generator.attachments.inspection import inspect, privacy_problems

__all__ = [
    "AttachmentFacts",
    "Limits",
    "Table",
    "inspect",
    "privacy_problems",
]
