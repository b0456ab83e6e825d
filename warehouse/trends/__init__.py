"""Rising, bursts and breaks: the marts that need an algorithm, not a query.

In: a connection to a draft whose marts are filled. Out: rows of `bursts`, `rising`, `breaks` and `events`.
START HERE: `fill.py`. Pure: `kleinberg.py`, `changepoints.py`, `growth.py`. Trap: everything is computed
anew at every publication from a few thousand sums, so that a daily build says what a full one says.
"""
