"""The trained reader: a question and a passage read together by a small transformer."""
