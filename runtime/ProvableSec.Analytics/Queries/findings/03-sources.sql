-- title: Sources
-- says: Who found what.
-- chart: bar label=source value=findings
SELECT source, count(*) AS findings, sum(CASE WHEN closed THEN 1 ELSE 0 END) AS closed,
       sum(CASE WHEN severity IN ('CRITICAL', 'HIGH') AND NOT closed THEN 1 ELSE 0 END) AS critical_or_high, max(time) AS latest
FROM findings_once
GROUP BY source
ORDER BY findings DESC, source
