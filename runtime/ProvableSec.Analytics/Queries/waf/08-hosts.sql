-- title: Hosts
-- says: The Host headers that clients sent.
-- chart: bar label=host value=requests
SELECT coalesce(host, '(none)') AS host, sum(weight) AS requests, sum(CASE WHEN action = 'BLOCK' THEN weight ELSE 0 END) AS blocked, count(DISTINCT client_ip) AS addresses
FROM waf
GROUP BY 1
ORDER BY requests DESC, 1
LIMIT {limit}
