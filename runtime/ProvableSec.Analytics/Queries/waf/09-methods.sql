-- title: Methods
-- says: HTTP methods.
-- chart: bar label=method value=requests
SELECT coalesce(method, '(none)') AS method, sum(weight) AS requests, sum(CASE WHEN action = 'BLOCK' THEN weight ELSE 0 END) AS blocked, count(DISTINCT client_ip) AS addresses
FROM waf
GROUP BY 1
ORDER BY requests DESC, 1
LIMIT {limit}
