-- title: Types
-- says: What GuardDuty found.
-- chart: bar label=type value=findings
SELECT type, count(*) AS findings, max(severity) AS severity, sum(count) AS times, count(DISTINCT account) AS accounts, count(DISTINCT resource) AS resources,
       min(first_seen) AS first_seen, max(last_seen) AS last_seen
FROM guardduty_findings
GROUP BY type
ORDER BY findings DESC, type
LIMIT {limit}
