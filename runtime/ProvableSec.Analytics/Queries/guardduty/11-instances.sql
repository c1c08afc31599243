-- title: Instances
-- says: The instances with the highest counts.
-- chart: bar label=instance value=max_count
SELECT instance_id AS instance, max(max_count) AS max_count, count(*) AS updates, min(time) AS first_update, max(time) AS last_update
FROM affected_instances
GROUP BY instance_id
ORDER BY max_count DESC, instance
LIMIT {limit}
