"""Reading, building and cutting in another process: it is limited, it may crash, and who asks goes on.

``pool`` has the workers of this process, ``child`` is one of them as its parent sees it, ``serving`` what runs
in it; ``jobs`` is what they can be asked for, and ``messages`` and ``records`` what goes between them.
"""
