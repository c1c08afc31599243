-- Detection Finding (2004) of OCSF 1.3.0, an event a finding of any source. What OCSF has no place for is in unmapped.
WITH named AS (
    SELECT f.*, coalesce(f.reach, p.reach) AS proved, coalesce(f.proof, p.proof) AS proved_by,
           CASE WHEN closed THEN 3 ELSE 0 END AS activity,
           CASE severity WHEN 'CRITICAL' THEN 5 WHEN 'HIGH' THEN 4 WHEN 'MEDIUM' THEN 3 WHEN 'LOW' THEN 2 WHEN 'INFORMATIONAL' THEN 1 ELSE 0 END AS level
    FROM findings_once AS f
    LEFT JOIN proved_reach AS p ON p.resource_name = f.resource_name
)
SELECT activity AS activity_id,
       CASE activity WHEN 3 THEN 'Close' ELSE 'Unknown' END AS activity_name,
       2 AS category_uid,
       'Findings' AS category_name,
       2004 AS class_uid,
       'Detection Finding' AS class_name,
       200400 + activity AS type_uid,
       'Detection Finding: ' || CASE activity WHEN 3 THEN 'Close' ELSE 'Unknown' END AS type_name,
       epoch_ms(coalesce(time, {now})) AS time,
       level AS severity_id,
       CASE level WHEN 5 THEN 'Critical' WHEN 4 THEN 'High' WHEN 3 THEN 'Medium' WHEN 2 THEN 'Low' WHEN 1 THEN 'Informational' ELSE 'Unknown' END AS severity,
       CASE WHEN closed THEN 99 ELSE 1 END AS status_id,
       CASE WHEN closed THEN 'closed' ELSE 'New' END AS status,
       title AS message,
       proved_by AS risk_details,
       {'version': '1.3.0',
        'product': {'name': source, 'vendor_name': coalesce(vendor, 'Unknown')},
        'profiles': CASE WHEN account IS NOT NULL THEN ['cloud'] END,
        'event_code': type,
        'uid': finding_key,
        'tenant_uid': account} AS metadata,
       CASE WHEN account IS NOT NULL THEN {'provider': 'AWS', 'region': region, 'account': {'uid': account, 'type_id': 10, 'type': 'AWS Account'}} END AS cloud,
       {'title': coalesce(title, type),
        'uid': coalesce(id, finding_key),
        'types': [type],
        'kill_chain': CASE WHEN {phase_id} > 0 THEN [{'phase_id': {phase_id}, 'phase': replace(phase, 'Command and Control', 'Command & Control')}] END} AS finding_info,
       CASE WHEN resource IS NOT NULL THEN [{'uid': resource, 'name': resource_name, 'type': resource_type, 'region': region}] END AS resources,
       {'proved_reach': proved, 'place': place, 'met': met, 'time': CASE WHEN time IS NULL THEN 'not in the finding; the time is that of the export' END} AS unmapped
FROM named
