"""Training of the reader: gold questions, questions made by rules, the loop, and what ships."""
