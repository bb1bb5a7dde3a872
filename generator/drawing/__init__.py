"""Pictures drawn from data with Pillow: long pictures of infographics (图解) and share cards.

A pure function of its inputs: the same view and the same fonts give the same bytes, in any process.
"""

from generator.drawing.fonts import Fonts, FoundFonts, find_fonts
from generator.drawing.work import DrawTask, draw_all, drawing_stamp

__all__ = ["DrawTask", "Fonts", "FoundFonts", "draw_all", "drawing_stamp", "find_fonts"]
