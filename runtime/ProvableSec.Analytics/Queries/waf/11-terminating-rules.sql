-- title: Rules that ended requests
-- says: The rule of the web ACL that decided, and how.
-- chart: bar label=rule value=requests
SELECT terminating_rule AS rule, terminating_rule_type AS type, action, sum(weight) AS requests, count(DISTINCT client_ip) AS addresses,
       min(time) AS first_request, max(time) AS last_request
FROM waf
GROUP BY 1, 2, 3
ORDER BY requests DESC, 1, 3
LIMIT {limit}
