-- title: Affected instances over time
-- says: The highest count of a finding of each instance, by {bucket}; the 8 instances with the highest by name.
-- chart: lines x=time series=instance y=max_count
WITH most AS (
    SELECT instance_id, row_number() OVER (ORDER BY max(max_count) DESC, instance_id) AS place
    FROM affected_instances
    GROUP BY instance_id
)
SELECT date_trunc('{bucket}', a.time) AS time, CASE WHEN m.place <= 8 THEN a.instance_id ELSE 'other instances' END AS instance, max(a.max_count) AS max_count
FROM affected_instances AS a
JOIN most AS m ON m.instance_id = a.instance_id
WHERE a.time IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2
