-- title: Networks
-- says: The /24 of IPv4 addresses and the /48 of IPv6 addresses with the most requests that did not end in ALLOW.
-- chart: bar label=network value=requests
SELECT client_network AS network, sum(weight) AS requests, sum(CASE WHEN action = 'BLOCK' THEN weight ELSE 0 END) AS blocked,
       sum(CASE WHEN action <> 'ALLOW' THEN weight ELSE 0 END) AS not_allowed,
       count(DISTINCT client_ip) AS addresses
FROM waf
WHERE client_network IS NOT NULL
GROUP BY client_network
ORDER BY not_allowed DESC, requests DESC, network
LIMIT {limit}
