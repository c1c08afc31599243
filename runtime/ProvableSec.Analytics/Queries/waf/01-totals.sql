-- title: In short
-- says: All requests in the logs. A record of a sample counts for as many requests as it stands for.
-- chart: tiles
SELECT sum(weight) AS requests,
       sum(CASE WHEN action = 'ALLOW' THEN weight ELSE 0 END) AS allowed,
       sum(CASE WHEN action = 'BLOCK' THEN weight ELSE 0 END) AS blocked,
       sum(CASE WHEN action IN ('CAPTCHA', 'CHALLENGE') THEN weight ELSE 0 END) AS challenged,
       count(DISTINCT client_ip) AS addresses,
       count(DISTINCT country) AS countries,
       min(time) AS first_request,
       max(time) AS last_request
FROM waf
