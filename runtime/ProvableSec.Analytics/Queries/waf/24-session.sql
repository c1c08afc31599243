-- title: One client
-- says: The requests of one client in their order: of --client, or of the address with the most requests that did not end in ALLOW.
-- chart: none
SELECT time, method, host, uri, action, terminating_rule, response_code, user_agent
FROM waf
WHERE client_ip = {client}
ORDER BY time, request_id
LIMIT {limit}
