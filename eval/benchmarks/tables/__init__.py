"""Made-up tables in every format, and questions for their cells."""
