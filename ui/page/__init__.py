"""The page: a conversation with its sources beside it, and the library."""
