"""One form for each address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.canonical import canonical_url, is_status, names_one_thing

STATUS = "https://x.com/i/status/2013261304060866758"


@pytest.mark.parametrize(
    "url",
    [
        "https://twitter.com/Zai_org/status/2013261304060866758",
        "https://x.com/Zai_org/status/2013261304060866758?s=46&t=abc",
        "http://www.xcancel.com/Zai_org/status/2013261304060866758#m",
        "https://x.com/i/status/2013261304060866758",
        "https://mobile.twitter.com/i/web/status/2013261304060866758/photo/1",
        "https://fxtwitter.com/Zai_org/statuses/2013261304060866758",
    ],
)
def test_a_post_is_one_address_on_every_host(url):
    assert canonical_url(url) == STATUS
    assert is_status(canonical_url(url))


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("https://arxiv.org/pdf/2401.02412v2.pdf", "https://arxiv.org/abs/2401.02412"),
        ("http://www.arxiv.org/abs/2401.02412v1", "https://arxiv.org/abs/2401.02412"),
        ("https://arxiv.org/html/2401.02412", "https://arxiv.org/abs/2401.02412"),
        (
            "https://old.reddit.com/r/a/comments/1/x/?utm_source=share",
            "https://reddit.com/r/a/comments/1/x",
        ),
        ("https://youtu.be/abc_DEF-12?si=1", "https://youtube.com/watch?v=abc_DEF-12"),
        ("https://Example.COM/Path/?b=2&utm_medium=email#part", "https://example.com/Path?b=2"),
        ("https://twitter.com/OpenAI/", "https://x.com/OpenAI"),
        ("https://example.com:8080/a", "https://example.com:8080/a"),
        ("https://[broken", "https://[broken"),
        ("not an address", "not an address"),
    ],
)
def test_equal_addresses_get_one_form(url, form):
    assert canonical_url(url) == form


@given(
    st.sampled_from(
        [
            "https://example.com/",
            "https://x.com/",
            "https://arxiv.org/abs/",
            "https://youtu.be/",
            "https://e.com/?q=",
        ]
    ),
    st.text(max_size=60),
)
def test_the_form_is_stable_and_any_text_is_taken(start, text):
    once = canonical_url(f"{start}{text}")
    assert canonical_url(once) == once
    canonical_url(text)


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://openai.com", False),
        ("https://github.com/org", False),
        ("https://github.com/org/repo", True),
        (STATUS, True),
    ],
)
def test_a_site_is_no_story(url, is_one):
    assert names_one_thing(url) is is_one
