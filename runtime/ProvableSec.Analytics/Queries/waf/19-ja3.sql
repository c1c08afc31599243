-- title: JA3 fingerprints
-- says: TLS handshakes: many addresses behind one fingerprint are one program.
-- chart: bar label=ja3 value=requests
SELECT ja3, sum(weight) AS requests, sum(CASE WHEN action = 'BLOCK' THEN weight ELSE 0 END) AS blocked, count(DISTINCT client_ip) AS addresses, min(user_agent) AS example_user_agent
FROM waf
WHERE ja3 IS NOT NULL
GROUP BY ja3
ORDER BY requests DESC, ja3
LIMIT {limit}
