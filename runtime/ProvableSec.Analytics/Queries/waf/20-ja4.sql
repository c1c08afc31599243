-- title: JA4 fingerprints
-- says: TLS handshakes: many addresses behind one fingerprint are one program.
-- chart: bar label=ja4 value=requests
SELECT ja4, sum(weight) AS requests, sum(CASE WHEN action = 'BLOCK' THEN weight ELSE 0 END) AS blocked, count(DISTINCT client_ip) AS addresses, min(user_agent) AS example_user_agent
FROM waf
WHERE ja4 IS NOT NULL
GROUP BY ja4
ORDER BY requests DESC, ja4
LIMIT {limit}
