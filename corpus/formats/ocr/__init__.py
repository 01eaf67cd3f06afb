"""Recognition of text in images and on scanned pages, by an engine that is an extra of its own."""
