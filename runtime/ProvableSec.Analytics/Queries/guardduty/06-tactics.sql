-- title: Tactics
-- says: Findings by the tactic of MITRE ATT&CK that their type stands for, and the phase of the kill chain.
-- chart: bar label=tactic value=findings
SELECT tactic, phase, count(*) AS findings, max(severity) AS severity, count(DISTINCT type) AS types
FROM guardduty_tactics
GROUP BY 1, 2
ORDER BY findings DESC, 1, 2
