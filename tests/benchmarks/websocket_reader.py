"""A reader of the dashboard without a browser: speaks Streamlit's protocol over its websocket.

In: the address of a server. Out: how long each run took and what went wrong in it. Trap: a widget is known to the
server by an id that holds its arguments, so what can be clicked is read from the last run's messages.
"""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

PATIENCE = 60.0  # seconds for one run; longer is an error
_BROKEN = ForwardMsg.FINISHED_WITH_COMPILE_ERROR
CLICKABLE = ("selectbox", "multiselect", "button_group")


@dataclass
class Run:
    """One run of the script as the reader saw it."""

    kind: str  # open, page, selectbox, multiselect, button_group
    seconds: float
    bytes_: int
    problem: str = ""


@dataclass
class Reader:
    """One tab. `runs` grows; fragments that run by themselves are asked for as a browser would."""

    address: str
    chance: random.Random
    link: str = ""
    runs: list[Run] = field(default_factory=list)
    _page: str = ""
    _pages: list[str] = field(default_factory=list)
    _widgets: dict[str, Any] = field(default_factory=dict)  # by id: kind and element
    _values: dict[str, Any] = field(default_factory=dict)  # by id: what was chosen
    _fragments: dict[str, float] = field(default_factory=dict)  # id: seconds between its runs

    async def read(self, until: float, think: tuple[float, float]) -> None:
        """Open the page, then click now and then until that moment of `time.monotonic`."""
        stream = self.address.replace("http", "ws") + "/_stcore/stream"
        async with connect(stream, subprotocols=["streamlit"], max_size=None) as socket:
            await self._timed(socket, "open")
            while time.monotonic() < until:
                pause = self.chance.uniform(*think)
                await asyncio.sleep(pause)
                await self._timed(socket, self._click())
                for fragment, every in list(self._fragments.items()):
                    if self.chance.random() < pause / every:
                        await self._ask(socket, fragment)

    def _click(self) -> str:
        """Choose something else on the page, or another page; returns what."""
        if self.chance.random() < 0.2 or not self._widgets:
            self._page = self.chance.choice(self._pages)
            self._values.clear()
            return "page"
        id_, (kind, element) = self.chance.choice(list(self._widgets.items()))
        if kind == "selectbox":
            self._values[id_] = self.chance.choice(list(element.options))
        elif kind == "multiselect":
            most = min(element.max_selections or 4, 4, len(element.options))
            self._values[id_] = self.chance.sample(
                list(element.options), self.chance.randint(1, most)
            )
        else:
            self._values[id_] = [self.chance.choice(element.options).content]
        return kind

    async def _timed(self, socket: Any, kind: str) -> None:
        start = time.perf_counter()
        try:
            size, problem = await asyncio.wait_for(self._ask(socket), PATIENCE)
        except TimeoutError:
            size, problem = 0, f"no end after {PATIENCE:.0f} s"
        self.runs.append(Run(kind, time.perf_counter() - start, size, problem))

    async def _ask(self, socket: Any, fragment: str = "") -> tuple[int, str]:
        """Run the script or a fragment and take all messages until its end: their size, what went wrong."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_script_hash = self.link, self._page
        state.fragment_id, state.is_auto_rerun = fragment, bool(fragment)
        state.context_info.timezone, state.context_info.locale = "UTC", "en-US"
        for id_, value in self._values.items():
            widget = state.widget_states.widgets.add(id=id_)
            if isinstance(value, str):
                widget.string_value = value
            else:
                widget.string_array_value.data.extend(value)
        if not fragment:
            self._widgets.clear()
            self._fragments.clear()
        await socket.send(message.SerializeToString())
        size, problems = 0, []
        while True:
            data = await socket.recv()
            size += len(data)
            answer = ForwardMsg.FromString(data)
            problems += self._take(answer)
            if answer.WhichOneof("type") == "script_finished" and answer.script_finished in (
                (ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,)
                if fragment
                else (ForwardMsg.FINISHED_SUCCESSFULLY, _BROKEN)
            ):
                return size, "; ".join(problems)

    def _take(self, answer: ForwardMsg) -> list[str]:
        """Remember what can be clicked; returns problems."""
        kind = answer.WhichOneof("type")
        if kind == "navigation":
            pages = answer.navigation.app_pages
            self._pages = [page.page_script_hash for page in pages if not page.is_hidden]
            self._page = answer.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.link = answer.page_info_changed.query_string
        elif kind == "auto_rerun":
            self._fragments[answer.auto_rerun.fragment_id] = answer.auto_rerun.interval
        elif kind == "page_not_found":
            return ["page not found"]
        elif kind == "script_finished" and answer.script_finished == _BROKEN:
            return ["compile error"]
        elif kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
            return self._take_element(answer.delta.new_element)
        return []

    def _take_element(self, element: Any) -> list[str]:
        kind = element.WhichOneof("type")
        if kind == "exception":
            return [f"{element.exception.type}: {element.exception.message[:160]}"]
        if kind in CLICKABLE:
            part = getattr(element, kind)
            if part.options and not part.disabled and "-jump" not in part.id:
                self._widgets[part.id] = (kind, part)
        return []
