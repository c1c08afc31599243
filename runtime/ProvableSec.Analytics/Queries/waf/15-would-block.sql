-- title: COUNT rules, if they blocked
-- says: Requests that were allowed although a rule matched that only counts, or whose action is overridden: what would be blocked if the rule blocked.
-- chart: bar label=rule value=would_block
SELECT rule, rule_group, sum(weight) AS matched,
       sum(CASE WHEN action = 'ALLOW' THEN weight ELSE 0 END) AS would_block,
       count(DISTINCT CASE WHEN action = 'ALLOW' THEN client_ip END) AS addresses,
       max(own_action) AS own_action
FROM waf_would_block
GROUP BY 1, 2
ORDER BY would_block DESC, matched DESC, 1, 2
LIMIT {limit}
