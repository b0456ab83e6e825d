"""A scene as a file of any format, and files that appear whole or not at all.

In: a scene, a format, a path. Out: bytes, a file. Trap: who waits for a file must never read half of it, so
it is written beside its place and moved there.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from dashboard.export import files, image, names, words
from dashboard.export.about import about
from dashboard.scenes import Ask, Scene, loaded_days


def scene_bytes(ask: Ask, scene: Scene[Any], form: str, size: image.Size) -> bytes:
    """The scene as png, svg, pdf, csv, xlsx, parquet or pptx; raises ImageProblem."""
    answer, view = scene.answer, scene.view
    if form == "csv":
        return files.csv_bytes(answer.frame)
    if form == "pptx":
        from dashboard.export.deck import slide_of  # heavy, and not needed for the rest

        return slide_of(view, answer.sql, answer.snapshot_id)
    if form in image.FORMATS:
        loaded = loaded_days(ask)
        assert loaded is not None  # there is a scene
        below = words.below(view, answer.snapshot_id)
        figure = image.for_paper(scene.figure(), below, size)
        return image.image_bytes(figure, form, size, loaded[1])
    known = about(view.say, answer, view)
    if form == "parquet":
        return files.parquet_bytes(answer.frame, known)
    sheets = view.say("card.sheet_data"), view.say("card.sheet_about")
    named = view.say("card.sheet_names"), names.of(answer.frame, names.known(ask))
    return files.xlsx_bytes(answer.frame, known, sheets, named)


def whole(path: Path, data: bytes) -> None:
    """Write a file at once; one that is there is replaced."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        draft.chmod(0o666 & ~mask)  # a temporary file is its owner's alone
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
