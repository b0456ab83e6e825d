-- limits: the numbers that decide what is comparable and what is too little
-- grain: one row in all, a struct
-- question: from how many items on is a share worth comparing, and when does a channel count as there?
-- params: none
-- items: in both periods of a comparison; below, one item more or less moves a share by 3 points
-- channel_items: of a channel of the basket, in a period for its adjusted share and in a month to be there
-- part_of_mix, part_of_life: a channel's end or beginning changes the mix if it has this part of the items
--   of its own months, and is there in this part of the months between its first and last
-- months_without: before it begins or after it ends; else a late digest would be a change
-- days_away: publishing days in a row without a channel, in a span that cuts a month; no channel of the archive
--   that went on was away for longer but news and tools, which were away for nine and more
-- prior_degrees: how many digests, less one, the expected design effect weighs as much as: with 6 intervals hold
--   the true share in 94-97 % of made periods of 1 to 60 digests (tests/warehouse/simulation.py); with fewer
--   they are too wide for days and weeks
CREATE MACRO limits() AS {
    'items': 30, 'channel_items': 10, 'part_of_mix': 0.1, 'part_of_life': 0.8, 'months_without': 2, 'days_away': 5,
    'prior_degrees': 6
};
