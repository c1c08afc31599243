-- title: Resources
-- says: Resources with the most open findings.
-- chart: bar label=resource value=findings
SELECT resource, count(*) AS findings, max(score) AS score, min(proved_reach) AS proved_reach, count(DISTINCT source) AS sources
FROM findings_ranked
WHERE resource IS NOT NULL
GROUP BY resource
ORDER BY score DESC, findings DESC, resource
LIMIT {limit}
