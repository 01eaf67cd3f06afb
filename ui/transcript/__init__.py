"""A conversation written down, with the full reference of whatever it quotes: Markdown, DOCX, JSON."""
