-- title: Rate-based rules
-- says: Requests that a rate-based rule looked at while its limit was exceeded or counted.
-- chart: bar label=rule value=requests
SELECT rule, limit_key, limit_value, max_rate, sum(weight) AS requests,
       sum(CASE WHEN action = 'BLOCK' THEN weight ELSE 0 END) AS blocked
FROM waf_rate_rules
GROUP BY 1, 2, 3, 4
ORDER BY requests DESC, 1, 2, 3, 4
LIMIT {limit}
