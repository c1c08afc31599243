-- What the queries ask: waf, a row a request, and a row for each rule, label and header of it.
CREATE VIEW waf_rules AS
SELECT w.time, w.weight, w.action, w.terminating_rule, w.client_ip, w.country, w.method, w.host, w.uri, w.request_id,
       r.place, r.rule_group, r.rule, r.action AS rule_action, r.own_action
FROM {waf AS w each rules AS r (place, rule_group, rule, action, own_action)};

CREATE VIEW waf_would_block AS
SELECT *
FROM waf_rules
WHERE (rule_action IN ('COUNT', 'EXCLUDED_AS_COUNT') AND place <> 'group terminating')
   OR (place = 'group terminating' AND rule_action IN ('BLOCK', 'CAPTCHA', 'CHALLENGE') AND action = 'ALLOW');

CREATE VIEW waf_labels AS
SELECT w.time, w.weight, w.action, w.terminating_rule, w.client_ip, w.country, w.method, w.host, w.uri, w.request_id, l.label
FROM {waf AS w each labels AS l (label)};

CREATE VIEW waf_rate_rules AS
SELECT w.time, w.weight, w.action, w.client_ip, w.country, w.uri, w.request_id, r.rule, r.limit_key, r.limit_value, r.max_rate
FROM {waf AS w each rate_rules AS r (rule, limit_key, limit_value, max_rate)};

CREATE VIEW waf_headers AS
SELECT w.time, w.weight, w.action, w.client_ip, w.uri, w.request_id, h.name, h.value
FROM {waf AS w each headers AS h (name, value)};
