-- title: In short
-- says: Each finding once, however many sources report it.
-- chart: tiles
SELECT count(*) AS findings,
       sum(CASE WHEN closed THEN 1 ELSE 0 END) AS closed,
       sum(CASE WHEN severity = 'CRITICAL' AND NOT closed THEN 1 ELSE 0 END) AS critical,
       sum(CASE WHEN severity = 'HIGH' AND NOT closed THEN 1 ELSE 0 END) AS high,
       sum(CASE WHEN severity = 'MEDIUM' AND NOT closed THEN 1 ELSE 0 END) AS medium,
       sum(CASE WHEN severity IN ('LOW', 'INFORMATIONAL') AND NOT closed THEN 1 ELSE 0 END) AS low_or_informational,
       (SELECT count(*) FROM findings_ranked WHERE proved_reach IS NOT NULL) AS with_proved_reach,
       count(DISTINCT account) AS accounts
FROM findings_once
