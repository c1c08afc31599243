-- title: Resources
-- says: The resources with the most findings.
-- chart: bar label=resource value=findings
SELECT coalesce(resource, '(none)') AS resource, resource_type, account, count(*) AS findings, max(severity) AS severity, sum(count) AS times, max(last_seen) AS last_seen
FROM guardduty_findings
GROUP BY 1, 2, 3
ORDER BY findings DESC, severity DESC, 1, 2, 3
LIMIT {limit}
