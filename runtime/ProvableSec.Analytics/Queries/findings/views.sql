-- What the queries ask: findings, a row for each time a finding was met; findings_once, each finding once; findings_ranked, those that are open, in their order.
CREATE {stored view} findings_once AS
SELECT *
FROM (
    SELECT *, row_number() OVER (PARTITION BY finding_key ORDER BY time DESC NULLS LAST, proof NULLS LAST, source) AS age,
           count(*) OVER (PARTITION BY finding_key) AS met
    FROM findings
) AS f
WHERE age = 1;

CREATE {stored view} proved_reach AS
SELECT resource_name, min(reach) AS reach, min(proof) AS proof
FROM findings
WHERE reach IS NOT NULL AND resource_name IS NOT NULL
GROUP BY resource_name;

CREATE {stored view} findings_ranked AS
SELECT CASE f.severity WHEN 'CRITICAL' THEN 90 WHEN 'HIGH' THEN 70 WHEN 'MEDIUM' THEN 40 WHEN 'LOW' THEN 10 ELSE 1 END
           + CASE WHEN coalesce(f.reach, p.reach) IS NULL THEN 0 ELSE 100 END AS score,
       f.severity, coalesce(f.reach, p.reach) AS proved_reach, coalesce(f.proof, p.proof) AS proof, f.source, f.type, f.title, f.resource, f.place,
       f.account, f.region, f.time, f.phase, f.met, f.id, f.finding_key
FROM findings_once AS f
LEFT JOIN proved_reach AS p ON p.resource_name = f.resource_name
WHERE NOT f.closed;
