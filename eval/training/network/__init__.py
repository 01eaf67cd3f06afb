"""Training of the reader's network: gold questions, questions made by rules, the loop, what ships."""
