SELECT count(*) AS lines
FROM waf_log
WHERE httprequest IS NULL
