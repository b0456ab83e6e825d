-- mix_breaks: where a channel begins or ends and the mix changes
-- grain: one row a channel × beginning or end
-- question: where does a pooled share stop being comparable?
-- reads: mix_changes
-- params: none
SELECT m.channel, m.begins, m.changed_on
FROM mix_changes([{'name': 'all', 'channels': []}], []) AS m
ORDER BY m.changed_on, m.channel;
