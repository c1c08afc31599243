-- title: Rules and rule groups that matched
-- says: All other rules that a record names: COUNT rules, rules of rule groups, excluded rules.
-- chart: bar label=rule value=requests
SELECT rule, rule_group, place, rule_action AS action, sum(weight) AS requests, count(DISTINCT client_ip) AS addresses
FROM waf_rules
GROUP BY 1, 2, 3, 4
ORDER BY requests DESC, 1, 2, 3, 4
LIMIT {limit}
