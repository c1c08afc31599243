-- title: Requests over time
-- says: What became of requests, by {bucket}.
-- chart: time x=time series=action y=requests
SELECT date_trunc('{bucket}', time) AS time, action, sum(weight) AS requests
FROM waf
WHERE time IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2
