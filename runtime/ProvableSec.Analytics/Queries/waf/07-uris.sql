-- title: URIs
-- says: The paths asked for, without their query strings.
-- chart: bar label=uri value=requests
SELECT coalesce(uri, '(none)') AS uri, sum(weight) AS requests, sum(CASE WHEN action = 'BLOCK' THEN weight ELSE 0 END) AS blocked, count(DISTINCT client_ip) AS addresses
FROM waf
GROUP BY 1
ORDER BY requests DESC, 1
LIMIT {limit}
