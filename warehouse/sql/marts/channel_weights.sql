-- channel_weights: fixed reference weights of the channels, and the correlation within a digest
-- grain: one row a channel
-- question: how much does each channel weigh in an adjusted share?
-- reads: warehouse/taxonomy/channel_weights.yml
-- params: $channels, $weights, $digest_correlations (lists of equal length)
SELECT
    unnest(CAST($channels AS VARCHAR[])) AS channel,
    unnest(CAST($weights AS DOUBLE[])) AS weight,
    unnest(CAST($digest_correlations AS DOUBLE[])) AS digest_correlation;
