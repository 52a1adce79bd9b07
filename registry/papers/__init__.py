"""Sets words as papers: a little Markdown becomes blocks, and blocks a PDF, Word or ODT file."""
