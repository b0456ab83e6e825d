-- topic_life: what befell a topic
-- grain: one row an event of the topic, or of another topic that split from it or went into it, in order of time
-- question: since when is it there, did it split, merge, get another name, retire?
-- reads: topic_events, topics
-- params: $topic_id
-- note: topic_id is the topic that the event befell, other_topic_id the other side of a split or merge
SELECT
    v.happened_on,
    v.event,
    v.topic_id,
    t.label,
    t.label_zh,
    v.other_topic_id,
    o.label AS other_label,
    o.label_zh AS other_label_zh,
    v.happened_in_run
FROM topic_events AS v
INNER JOIN topics AS t ON v.topic_id = t.topic_id
LEFT JOIN topics AS o ON v.other_topic_id = o.topic_id
WHERE v.topic_id = $topic_id OR v.other_topic_id = $topic_id
ORDER BY v.happened_on, v.happened_in_run, v.event, v.topic_id;
