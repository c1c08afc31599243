-- title: Remote addresses
-- says: Whom findings name as the other side.
-- chart: bar label=remote_ip value=findings
SELECT remote_ip, min(remote_country) AS country, min(remote_city) AS city, min(remote_organization) AS organization, count(*) AS findings, max(severity) AS severity
FROM guardduty_findings
WHERE remote_ip IS NOT NULL
GROUP BY remote_ip
ORDER BY findings DESC, remote_ip
LIMIT {limit}
