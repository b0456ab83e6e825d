"""One typed function a question: what a page, the command line, a notebook or an export may ask.

In: an open snapshot and filters. Out: an `Answer`: rows, the SQL that made them, n, the snapshot id.
Trap: a metric is defined once, in `warehouse/sql/`; nothing here or above does arithmetic on shares.
"""

from __future__ import annotations
