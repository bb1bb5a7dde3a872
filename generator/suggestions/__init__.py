"""What a person may want to mend in the stock of documents: duplicates, missing subjects and keywords (S-02).

Everything here is a proposal. Nothing is written unless a person says yes to it, one by one.
"""

from generator.suggestions.confirm import write_subject
from generator.suggestions.run import Report, Suggestion, suggest

__all__ = ["Report", "Suggestion", "suggest", "write_subject"]
