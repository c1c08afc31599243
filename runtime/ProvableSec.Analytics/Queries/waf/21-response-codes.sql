-- title: Response codes
-- says: What AWS WAF itself answered; empty where the application did.
-- chart: bar label=response_code value=requests
SELECT response_code, action, sum(weight) AS requests
FROM waf
WHERE response_code IS NOT NULL
GROUP BY 1, 2
ORDER BY requests DESC, 1, 2
LIMIT {limit}
