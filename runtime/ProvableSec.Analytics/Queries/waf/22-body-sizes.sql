-- title: Body sizes
-- says: Sizes of request bodies, and how many were larger than what AWS WAF looked at.
-- chart: bar label=size value=requests
SELECT size, sum(weight) AS requests,
       sum(CASE WHEN action = 'BLOCK' THEN weight ELSE 0 END) AS blocked,
       sum(CASE WHEN body_size_inspected > 0 AND body_size > body_size_inspected THEN weight ELSE 0 END) AS not_fully_inspected
FROM (
    SELECT weight, action, body_size, body_size_inspected,
           CASE WHEN body_size = 0 THEN '0' WHEN body_size < 1024 THEN 'a: below 1 KB' WHEN body_size < 8192 THEN 'b: 1 to 8 KB'
                WHEN body_size < 65536 THEN 'c: 8 to 64 KB' ELSE 'd: 64 KB and more' END AS size
    FROM waf
    WHERE body_size IS NOT NULL
) AS sizes
GROUP BY size
ORDER BY size
