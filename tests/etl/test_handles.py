"""Accounts named in items."""

import pytest

from etl.handles import handles
from etl.parsers.entries import read
from etl.parsers.headings import headings

CASES = {
    "named": ("Shown by @OpenAI and (@karpathy).", [], ["karpathy", "openai"]),
    "by address": ("A post", ["https://xcancel.com/Zai_org/status/123?s=4"], ["zai_org"]),
    "once": ("@OpenAI says", ["https://x.com/OpenAI/status/1"], ["openai"]),
    "no one": (
        "a post",
        ["https://x.com/i/status/1", "https://x.com/OpenAI", "https://x.com/[broken/status/1"],
        [],
    ),
    "an e-mail address": ("Write to team@example.com or pkg@1.2", [], []),
}


@pytest.mark.parametrize(("text", "urls", "found"), CASES.values(), ids=CASES)
def test_accounts_are_found(text, urls, found):
    assert handles(text, urls) == found


@pytest.mark.parametrize(
    ("counter", "activity", "comments"),
    [
        ("(Activity: 508)", 508, None),
        ("([Score: 1,873, Comments: 94](https://www.reddit.com/r/a/comments/1/x/))", 1873, 94),
        ("(Score: 1.2k, Comments: 7)", 1200, 7),
        ("（活动：87）", 87, None),
    ],
)
def test_the_counters_of_a_post_are_kept_as_numbers(counter, activity, comments):
    line = f"**[A made-up post](https://www.reddit.com/r/a/comments/1/x/)** {counter}: what it says in short."
    entry = read([line], headings(), is_post=True)
    assert (entry.title, entry.text) == ("A made-up post", "what it says in short.")
    assert (entry.activity, entry.comment_count) == (activity, comments)
