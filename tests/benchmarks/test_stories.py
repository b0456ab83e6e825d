"""How stories join on a real warehouse, printed and never asserted.

`TRENDS_WAREHOUSE` names the warehouse. `tests/etl/story_pairs.csv` holds pairs of items that text joined
and a person then judged (ids only); of another archive, or after a change of the ids, few may be found.
"""

import csv
import os
import time
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from etl.canonical import canonical_url, is_status
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
