"""What a document says of itself: its kind, number, dates, jurisdiction and language."""
