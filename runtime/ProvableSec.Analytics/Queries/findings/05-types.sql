-- title: Types
-- says: Rules and types with the most open findings.
-- chart: bar label=type value=findings
SELECT type, source, count(*) AS findings, max(score) AS score, count(DISTINCT resource) AS resources, min(title) AS example
FROM findings_ranked
GROUP BY 1, 2
ORDER BY findings DESC, 1, 2
LIMIT {limit}
