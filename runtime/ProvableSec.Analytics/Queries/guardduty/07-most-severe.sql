-- title: The most severe findings
-- says: By severity, then by how often it happened.
-- chart: none
SELECT severity, type, resource_type, resource, account, region, count AS times, remote_ip, remote_country, last_seen, title, id
FROM guardduty_findings
WHERE archived IS NULL OR NOT archived
ORDER BY severity DESC NULLS LAST, count DESC NULLS LAST, id
LIMIT {limit}
