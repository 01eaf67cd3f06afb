"""Reading in another process: it is limited, it may crash, and who asks goes on.

``pool`` has the workers of this process, ``child`` is one of them as its parent sees it, ``serving`` what runs
in it, and ``messages`` what goes between them.
"""
