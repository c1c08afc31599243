-- title: Whom those rules would block
-- says: The clients behind the allowed requests of the list before.
-- chart: none
SELECT rule, client_ip, min(country) AS country, sum(weight) AS requests, min(uri) AS example_uri, max(time) AS last_request
FROM waf_would_block
WHERE action = 'ALLOW'
GROUP BY 1, 2
ORDER BY requests DESC, 1, 2
LIMIT {limit}
