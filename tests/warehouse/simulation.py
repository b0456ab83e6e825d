"""How often the intervals hold the truth, on made digests whose items resemble each other.

Out: one row a scenario: the part of runs in which the interval of the SQL (`covered`) and Wilson's without
clusters (`plain`) hold the true share. Scenarios are like the archive's: sizes of digests by channel, 1-60
digests a period, true shares .5-30 %, design effects 1-5; each digest draws its own share from a beta
distribution round the true one and then its mentions (beta-binomial).
"""

from itertools import product

import numpy as np
import pandas as pd

from tests.warehouse.memory import database
from warehouse.queries import body, statement
from warehouse.taxonomy.channels import channel_weights

# mean items of a digest in a channel of the archive
SIZES = {"news": 10, "reddit": 15, "twitter": 26, "discord": 120}
DIGESTS = (1, 2, 5, 12, 22, 60)
SHARES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3)
# how often design effects of these sizes occur among months × channels × labs and themes of the archive
EFFECTS = {1.0: 0.35, 1.5: 0.35, 2.5: 0.2, 5.0: 0.1}
CORRELATION = {c.channel: c.digest_correlation for c in channel_weights()}

ENDS = """
WITH effects AS (
    SELECT *, design_effect_of(k, k_sq, kn, n, n_sq, digests, expected) AS effect FROM runs
),
sizes AS (
    SELECT *, effective_items_of(n, effect, digests, k BETWEEN 1 AND n - 1) AS size FROM effects
)
SELECT
    avg((truth BETWEEN share_low_of(k / n, size) AND share_high_of(k / n, size))::INT) AS covered,
    avg((truth BETWEEN share_low_of(k / n, n) AND share_high_of(k / n, n))::INT) AS plain,
    avg(share_high_of(k / n, size) - share_low_of(k / n, size)) AS width,
    avg(share_high_of(k / n, n) - share_low_of(k / n, n)) AS plain_width
FROM sizes
"""


def made_periods(rng, share, digests, size, effect, runs):
    """Mentions and items, each of shape (runs, digests)."""
    items = np.maximum(1, rng.gamma(4, size / 4, size=(runs, digests)).round()).astype(int)
    correlation = (effect - 1) / (1.25 * size - 1)  # 1.25: digests differ in size
    if correlation <= 0:
        return rng.binomial(items, share), items
    scale = (1 - correlation) / correlation
    own = rng.beta(share * scale, (1 - share) * scale, size=(runs, digests))
    return rng.binomial(items, own), items


def sums(mentions, items, truth, correlation):
    n, n_sq = items.sum(axis=1), (items**2).sum(axis=1)
    return pd.DataFrame(
        {
            "k": mentions.sum(axis=1),
            "k_sq": (mentions**2).sum(axis=1),
            "kn": (mentions * items).sum(axis=1),
            "n": n,
            "n_sq": n_sq,
            "digests": items.shape[1],
            "expected": 1 + correlation * (n_sq - n) / n,
            "truth": truth,
        }
    )


def coverage(runs, seed):
    """One row a scenario; `weight` says how frequent its design effect is in the archive."""
    rng, connection, out = np.random.default_rng(seed), database({}), []
    for channel, digests, share in product(SIZES, DIGESTS, SHARES):
        for effect, weight in EFFECTS.items():
            made = made_periods(rng, share, digests, SIZES[channel], effect, round(runs * weight))
            connection.register("runs", sums(*made, share, CORRELATION[channel]))
            figures = connection.execute(ENDS).df().iloc[0].to_dict()
            out.append(
                {"channel": channel, "digests": digests, "share": share, "effect": effect,
                 "weight": weight, **figures}
            )  # fmt: skip
    found = pd.DataFrame(out)
    keys = ["channel", "digests", "share"]
    values = ["covered", "plain", "width", "plain_width"]
    found[values] = found[values].mul(found["weight"], axis=0)
    return found.groupby(keys, as_index=False)[values].sum()


ADJUSTED = """
SELECT m.period_start, m.tag_id, m.adjusted_low, m.adjusted_high, m.design_effect, m.adjusted_why_not
FROM measures_over('lab', [], [{'grain': 'month', 'first_day': NULL, 'last_day': NULL}],
    [{'name': 'all', 'channels': []}], [], NULL, NULL) AS m
"""


def adjusted_coverage(months, digests, seed):
    """The same for share_adjusted, through the whole macro: one row a month × lab.

    In each digest one factor (gamma, mean 1) raises or lowers a lab in all its channels at once, as a day's
    news does; discord, with shares of its own, ends halfway.
    """
    rng, connection = np.random.default_rng(seed), database({})
    days = [
        first + pd.Timedelta(days=2 * d)
        for first in pd.date_range("1990-01-01", periods=months, freq="MS")
        for d in range(digests)
    ]
    labs = {
        f"lab{n}": (p, spread)
        for n, (p, spread) in enumerate(product((0.01, 0.03, 0.08, 0.15), (0, 0.2, 0.6)))
    }
    scale = {"twitter": 1.0, "reddit": 0.5, "discord": 0.3}
    items, tags = [], []
    for number, day in enumerate(days):
        factor = {
            lab: rng.gamma(1 / spread, spread) if spread else 1.0
            for lab, (_, spread) in labs.items()
        }
        for channel in ("twitter", "reddit", *(["discord"] if number < len(days) / 2 else [])):
            n = max(2, round(rng.gamma(4, SIZES[channel] / 4)))
            where = {"digest_id": f"d{number}", "published_on": day.date(), "channel": channel}
            items.append({**where, "language": "en", "items_total": n})
            for lab, (p, _) in labs.items():
                k = rng.binomial(n, min(1.0, p * scale[channel] * factor[lab]))
                tag = {"tag_kind": "lab", "tag_id": lab, "paired_theme_id": "", "mentions": k}
                tags += [{**where, **tag, "language": "en"}] if k else []
    for table, rows in (
        ("labs", [{"lab_id": lab} for lab in labs]),
        ("digest_items", items),
        ("digest_tags", tags),
    ):
        connection.register("incoming", pd.DataFrame(rows))
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")
    for table in ("day_items", "day_digests", "day_tags"):
        sql = body(statement("marts", table))
        connection.execute(f"INSERT INTO {table} {sql}", {"months": []})
    found = connection.execute(ADJUSTED).df()
    weights = {c.channel: c.weight for c in channel_weights() if c.channel in ("twitter", "reddit")}
    level = sum(w * scale[c] for c, w in weights.items()) / sum(weights.values())
    found["truth"] = found["tag_id"].map({lab: p * level for lab, (p, _) in labs.items()})
    found["spread"] = found["tag_id"].map({lab: spread for lab, (_, spread) in labs.items()})
    found["covered"] = found["truth"].between(found["adjusted_low"], found["adjusted_high"])
    return found
