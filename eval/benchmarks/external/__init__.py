"""What other systems find on the same gold files: each is installed apart and asked by a worker.

A worker is run by its path in the system's own environment and imports nothing of Wenju. It reads a
JSON object from the file named by its first argument:

    {"depth": 20, "passages": [{"id": …, "text": …}, …], "questions": [text, …]}

and writes, to the file named by the second, a list that holds for each question, in order, the ids
of the first ``depth`` passages, best first.
"""
