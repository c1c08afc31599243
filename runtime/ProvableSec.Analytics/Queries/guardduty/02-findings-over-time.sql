-- title: Findings over time
-- says: Findings by the time of their latest update, by {bucket}.
-- chart: time x=time series=severity y=findings
SELECT date_trunc('{bucket}', coalesce(updated, time)) AS time, severity_label AS severity, count(*) AS findings
FROM guardduty_findings
WHERE coalesce(updated, time) IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2
