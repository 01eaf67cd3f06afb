"""The committed results: retrieval by Wenju, by what it is made of, and by other systems.

``python -m wenju.eval.benchmarks.results`` measures named rows over named sets and writes ``retrieval.json`` and, of
it, ``README.md``.
"""
