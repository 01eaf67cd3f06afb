"""Gold question-answer pairs over the bundled samples."""
