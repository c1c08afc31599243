-- title: Labels
-- says: Labels that rules put on requests, those of bot control among them.
-- chart: bar label=label value=requests
SELECT label, sum(weight) AS requests,
       sum(CASE WHEN action = 'BLOCK' THEN weight ELSE 0 END) AS blocked,
       count(DISTINCT client_ip) AS addresses
FROM waf_labels
GROUP BY label
ORDER BY requests DESC, label
LIMIT {limit}
