-- title: In short
-- says: Each finding once, with its latest update.
-- chart: tiles
SELECT count(*) AS findings,
       sum(CASE WHEN severity_label = 'CRITICAL' THEN 1 ELSE 0 END) AS critical,
       sum(CASE WHEN severity_label = 'HIGH' THEN 1 ELSE 0 END) AS high,
       sum(CASE WHEN severity_label = 'MEDIUM' THEN 1 ELSE 0 END) AS medium,
       sum(CASE WHEN severity_label = 'LOW' THEN 1 ELSE 0 END) AS low,
       sum(CASE WHEN archived THEN 1 ELSE 0 END) AS archived,
       count(DISTINCT account) AS accounts,
       count(DISTINCT type) AS types
FROM guardduty_findings
