"""Command line, HTTP API and chat."""
