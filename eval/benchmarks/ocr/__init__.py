"""Recognition of printed pages: how many characters are wrong, and how many questions are answered."""
