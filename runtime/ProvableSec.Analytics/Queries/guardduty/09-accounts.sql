-- title: Accounts and Regions
-- says: Where the findings are.
-- chart: bar label=account value=findings
SELECT account, region, count(*) AS findings, max(severity) AS severity, count(DISTINCT type) AS types
FROM guardduty_findings
GROUP BY 1, 2
ORDER BY findings DESC, 1, 2
LIMIT {limit}
