-- title: Bots
-- says: What the bot control rule group says of requests: kinds, names and signals.
-- chart: bar label=bot value=requests
SELECT substr(label, length('awswaf:managed:aws:bot-control:') + 1) AS bot, sum(weight) AS requests,
       sum(CASE WHEN action = 'BLOCK' THEN weight ELSE 0 END) AS blocked,
       count(DISTINCT client_ip) AS addresses
FROM waf_labels
WHERE label LIKE 'awswaf:managed:aws:bot-control:%'
GROUP BY 1
ORDER BY requests DESC, 1
LIMIT {limit}
