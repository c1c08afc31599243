-- title: User agents
-- says: What clients call themselves.
-- chart: bar label=user_agent value=requests
SELECT coalesce(user_agent, '(none)') AS user_agent, sum(weight) AS requests, sum(CASE WHEN action = 'BLOCK' THEN weight ELSE 0 END) AS blocked, count(DISTINCT client_ip) AS addresses
FROM waf
GROUP BY 1
ORDER BY requests DESC, 1
LIMIT {limit}
