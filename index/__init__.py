"""Passages to hits: the library, the encoder, the dense and lexical indexes, their fusion."""
