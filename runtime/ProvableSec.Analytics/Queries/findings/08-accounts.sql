-- title: Accounts
-- says: Where the findings are.
-- chart: bar label=account value=findings
SELECT account, region, count(*) AS findings, max(score) AS score
FROM findings_ranked
WHERE account IS NOT NULL
GROUP BY 1, 2
ORDER BY findings DESC, 1, 2
LIMIT {limit}
