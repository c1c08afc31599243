-- title: What to look at first
-- says: Open findings: first those whose reach is proved (of the finding itself, or of the resource it names), then by severity.
-- chart: none
SELECT severity, proved_reach, proof, source, type, title, resource, place, account, region, time, met
FROM findings_ranked
ORDER BY score DESC, time DESC NULLS LAST, finding_key
LIMIT {limit}
