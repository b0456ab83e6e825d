"""How stories join on a real warehouse, printed and never asserted.

`TRENDS_WAREHOUSE` names the warehouse. `tests/etl/story_pairs.csv` holds pairs of items that text joined
and a person then judged (ids only); of another archive, or after a change of the ids, few may be found.
"""

import csv
import os
import random
import time
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from etl.canonical import canonical_url, is_status
from etl.stories.align import align
from etl.stories.near import WINDOW_DAYS, near_groups
from warehouse.lake import read_table

pytestmark = pytest.mark.bench
PAIRS = Path(__file__).parents[1] / "etl" / "story_pairs.csv"


@pytest.fixture(scope="module")
def warehouse():
    place = os.environ.get("TRENDS_WAREHOUSE")
    if not place or not (Path(place) / "lake").exists():
        pytest.skip("TRENDS_WAREHOUSE names no warehouse")
    return Path(place)


@pytest.fixture(scope="module")
def joined(warehouse):
    """The counted items, and the number of its group by item_id."""
    items = [i for i in read_table(warehouse, "items").to_pylist() if i["is_counted"]]
    texts = [i.pop("text") for i in items]
    digests = read_table(warehouse, "digests").to_pylist()
    issues = {
        d["digest_id"]: canonical_url(d["original_url"]) for d in digests if d["original_url"]
    }
    start = time.process_time()
    groups = near_groups(items, texts, issues)
    print(f"\n{len(items)} items in {time.process_time() - start:.1f} s, {len(groups)} groups")
    return items, {i: n for n, g in enumerate(groups) for i in g}


def test_precision_of_the_pairs_judged_by_hand(joined):
    items, group = joined
    known = {i["item_id"] for i in items}
    right, all_joined, unknown = Counter(), Counter(), 0
    for pair in csv.DictReader(PAIRS.read_text("utf-8").splitlines()):
        one, other = pair["item_id_1"], pair["item_id_2"]
        unknown += not {one, other} <= known
        if one in group and group[one] == group.get(other):
            all_joined[pair["method"]] += 1
            right[pair["method"]] += pair["same"] == "yes"
    print(f"{unknown} pairs are not in this warehouse")
    for method, count in sorted(all_joined.items()):
        print(f"{method:<15} {right[method]:>4} of {count:>4} joined pairs are one story")
    print(f"{'all':<15} {right.total():>4} of {all_joined.total():>4}")


def test_recall_of_pairs_that_share_a_post(warehouse, joined):
    """The rule sees no address: how many pairs that cite one post does it find again?"""
    items, group = joined
    links = read_table(warehouse, "item_links").to_pylist()
    post = {k["item_id"]: k["canonical_url"] for k in links if k["position"] == 1}
    by_post = defaultdict(list)
    for item in items:
        if is_status(post.get(item["item_id"], "")):
            by_post[item["language"], post[item["item_id"]]].append(item)
    found, total = Counter(), Counter()
    for (language, _), same in by_post.items():
        for n, one in enumerate(same):
            for other in same[:n]:
                if abs((one["published_on"] - other["published_on"]).days) > WINDOW_DAYS:
                    continue
                place = "one issue" if one["digest_id"] == other["digest_id"] else "across"
                kind = language, place, "~".join(sorted({one["channel"], other["channel"]}))
                total[kind] += 1
                found[kind] += group.get(one["item_id"], -1) == group.get(other["item_id"], -2)
    for kind, count in total.most_common(20):
        print(f"{' '.join(kind):<45} {found[kind] / count:>6.1%} of {count}")


@pytest.fixture(scope="module")
def translated(warehouse):
    """For each translated digest and channel: its items, those of the original, addresses by item_id."""
    columns = ["item_id", "digest_id", "channel", "position", "story_id"]
    parts = defaultdict(list)
    for item in read_table(warehouse, "items").select(columns).sort_by("position").to_pylist():
        parts[item["digest_id"], item["channel"]].append(item)
    urls = defaultdict(list)
    for link in read_table(warehouse, "item_links").sort_by("position").to_pylist():
        urls[link["item_id"]].append(link["canonical_url"])
    digests = read_table(warehouse, "digests").to_pylist()
    originals = {d["digest_id"]: d["translation_of"] for d in digests if d["translation_of"]}
    sides = [
        (copies, parts.get((originals[digest_id], channel), []))
        for (digest_id, channel), copies in parts.items()
        if digest_id in originals
    ]
    return sides, urls


def sharing_an_address(copies, sources, urls):
    """Pairs (index of copy, index of original) with an address that stands in one item on each side."""
    ours = Counter(u for i in copies for u in set(urls[i["item_id"]]))
    theirs = Counter(u for i in sources for u in set(urls[i["item_id"]]))
    where = {u: n for n, i in enumerate(sources) for u in urls[i["item_id"]] if theirs[u] == 1}
    return {
        (n, where[u])
        for n, i in enumerate(copies)
        for u in urls[i["item_id"]]
        if ours[u] == 1 and u in where
    }


def test_recall_of_stories_on_the_translations(translated):
    """Aligned items take the story of their original by construction; addresses can contradict it."""
    sides, urls = translated
    seen = Counter()
    for copies, sources in sides:
        addresses = [[urls[i["item_id"]] for i in side] for side in (copies, sources)]
        pairs = align(*addresses)
        seen["items"] += len(copies)
        seen["aligned"] += len(pairs)
        seen["aligned, one story"] += sum(
            copies[c]["story_id"] is not None and copies[c]["story_id"] == sources[s]["story_id"]
            for c, s in pairs
        )
        for copy, source in sharing_an_address(copies, sources, urls):
            story = copies[copy]["story_id"]
            seen["truth"] += 1
            seen["truth, one story"] += story == sources[source]["story_id"]
            seen["truth, no story"] += story is None
    say = "{:<70} {:>6} of {:>6} ({:.2%})".format
    for what, part, whole in (
        ("translated items aligned with an item of the original", "aligned", "items"),
        ("... that are in the story of that item", "aligned, one story", "aligned"),
        ("pairs with an address of their own that are in one story", "truth, one story", "truth"),
        ("... whose translation has no story", "truth, no story", "truth"),
    ):
        print(say(what, seen[part], seen[whole], seen[part] / max(seen[whole], 1)))


@pytest.mark.parametrize("hidden", [0.25, 0.5, 1.0])
def test_alignment_of_items_whose_addresses_are_hidden(translated, hidden):
    """Nearly half of the items have no address and align by their place: how often is that right?

    A share of the pairs that share an address is aligned without it; then the address judges.
    """
    sides, urls = translated
    chance, seen = random.Random(1), Counter()
    for copies, sources in sides:
        truth = sharing_an_address(copies, sources, urls)
        held_out = {pair for pair in sorted(truth) if chance.random() < hidden}
        without = [{pair[side] for pair in held_out} for side in (0, 1)]
        found = align(
            *(
                [[] if n in hide else urls[i["item_id"]] for n, i in enumerate(side)]
                for side, hide in zip((copies, sources), without, strict=True)
            )
        )
        partner = dict(found)
        for copy, source in held_out:
            place = partner.get(copy)
            seen["right" if place == source else "left alone" if place is None else "wrong"] += 1
    total = max(seen.total(), 1)
    print(f"{hidden:.0%} of the addresses hidden, {total} pairs: ", end="")
    print(
        ", ".join(f"{what} {seen[what] / total:.2%}" for what in ("right", "wrong", "left alone"))
    )
