-- title: Findings over time
-- says: Open findings by the time of their latest update, by {bucket}.
-- chart: time x=time series=severity y=findings
SELECT date_trunc('{bucket}', time) AS time, severity, count(*) AS findings
FROM findings_ranked
WHERE time IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2
