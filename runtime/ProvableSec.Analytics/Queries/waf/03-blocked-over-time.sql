-- title: Blocked over time
-- says: The rules that blocked, by {bucket}; the 8 that blocked most by name.
-- chart: time x=time series=rule y=requests
WITH most AS (
    SELECT terminating_rule, row_number() OVER (ORDER BY sum(weight) DESC, terminating_rule) AS place
    FROM waf
    WHERE action = 'BLOCK'
    GROUP BY terminating_rule
)
SELECT date_trunc('{bucket}', w.time) AS time,
       CASE WHEN m.place <= 8 THEN w.terminating_rule ELSE 'other rules' END AS rule,
       sum(w.weight) AS requests
FROM waf AS w
JOIN most AS m ON m.terminating_rule = w.terminating_rule
WHERE w.action = 'BLOCK' AND w.time IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2
