"""Personal data (个人信息) in text and tables, found before it is published.

The kinds, masks and severities follow 《政府信息公开条例》 article 15, 《个人信息保护法》 and the notice of 2018
on removing identifying parts. A number counts only if its own arithmetic holds (GB 11643 for citizens'
numbers, Luhn for bank cards) or if the words before it say what it is, because official text is full of
numbers of the same length: 统一社会信用代码, 索引号, 项目代码, 许可证编号.
"""

from generator.privacy.bodies import scan_tables
from generator.privacy.masks import LABELS, mask
from generator.privacy.tables import TableFinding, header_row, scan_table
from generator.privacy.text import Finding, scan_text

__all__ = [
    "LABELS",
    "Finding",
    "TableFinding",
    "header_row",
    "mask",
    "scan_table",
    "scan_tables",
    "scan_text",
]
