-- title: Addresses
-- says: The clients with the most requests that did not end in ALLOW, then with the most requests.
-- chart: bar label=client_ip value=requests
SELECT client_ip, min(country) AS country, sum(weight) AS requests, sum(CASE WHEN action = 'BLOCK' THEN weight ELSE 0 END) AS blocked,
       sum(CASE WHEN action <> 'ALLOW' THEN weight ELSE 0 END) AS not_allowed,
       min(time) AS first_request, max(time) AS last_request
FROM waf
GROUP BY client_ip
ORDER BY not_allowed DESC, requests DESC, client_ip
LIMIT {limit}
