"""How Wenju bears large libraries: ingestion by stage, opening, search, answers, memory."""
