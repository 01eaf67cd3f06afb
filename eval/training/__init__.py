"""How what is learned was learned: the encoder's adapter, the weights of retrieval, the reader.

All commands take gold files that measure nothing: what is learned on a set says nothing of
another when it is measured on the same one.
"""
