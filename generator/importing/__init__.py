"""Import of existing documents: Word files, old web pages, plain text, JSON Lines and CSV tables."""
