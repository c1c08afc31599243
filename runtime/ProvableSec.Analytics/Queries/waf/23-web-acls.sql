-- title: Web ACLs and sources
-- says: Where AWS WAF stood.
-- chart: none
SELECT web_acl, source_name, source_id, sum(weight) AS requests, sum(CASE WHEN action = 'BLOCK' THEN weight ELSE 0 END) AS blocked, max(time) AS last_request
FROM waf
GROUP BY 1, 2, 3
ORDER BY requests DESC, 1, 2, 3
LIMIT {limit}
