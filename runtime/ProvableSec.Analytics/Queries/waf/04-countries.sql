-- title: Countries
-- says: Where requests came from, as AWS WAF tells it; "-" where it does not know.
-- chart: map country=country value=requests
SELECT country, sum(weight) AS requests, sum(CASE WHEN action = 'BLOCK' THEN weight ELSE 0 END) AS blocked, count(DISTINCT client_ip) AS addresses
FROM waf
GROUP BY country
ORDER BY requests DESC, country
LIMIT 300
