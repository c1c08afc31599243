-- Detection Finding (2004) of OCSF 1.3.0, an event an update of a finding. What OCSF has no place for is in unmapped.
WITH named AS (
    SELECT g.*, t.tactic, t.phase,
           CASE WHEN archived THEN 3 WHEN created IS NULL OR updated IS NULL THEN 0 WHEN updated = created THEN 1 ELSE 2 END AS activity,
           CASE WHEN severity >= 9 THEN 5 WHEN severity >= 7 THEN 4 WHEN severity >= 4 THEN 3 WHEN severity >= 1 THEN 2 ELSE 0 END AS severity_id
    FROM guardduty AS g
    LEFT JOIN (SELECT DISTINCT type, tactic, phase FROM guardduty_tactics) AS t USING (type)
)
SELECT activity AS activity_id,
       CASE activity WHEN 1 THEN 'Create' WHEN 2 THEN 'Update' WHEN 3 THEN 'Close' ELSE 'Unknown' END AS activity_name,
       2 AS category_uid,
       'Findings' AS category_name,
       2004 AS class_uid,
       'Detection Finding' AS class_name,
       200400 + activity AS type_uid,
       'Detection Finding: ' || CASE activity WHEN 1 THEN 'Create' WHEN 2 THEN 'Update' WHEN 3 THEN 'Close' ELSE 'Unknown' END AS type_name,
       epoch_ms(coalesce(updated, time, {now})) AS time,
       severity_id,
       CASE severity_id WHEN 5 THEN 'Critical' WHEN 4 THEN 'High' WHEN 3 THEN 'Medium' WHEN 2 THEN 'Low' ELSE 'Unknown' END AS severity,
       CASE WHEN archived IS NULL THEN 0 WHEN archived THEN 3 ELSE 1 END AS status_id,
       CASE WHEN archived IS NULL THEN 'Unknown' WHEN archived THEN 'Suppressed' ELSE 'New' END AS status,
       count,
       title AS message,
       epoch_ms(first_seen) AS start_time,
       epoch_ms(last_seen) AS end_time,
       {'version': '1.3.0',
        'product': {'name': 'Amazon GuardDuty', 'vendor_name': 'AWS'},
        'profiles': ['cloud'],
        'event_code': type,
        'uid': concat_ws('/', id, strftime(updated, '%Y-%m-%dT%H:%M:%S.%gZ')),
        'tenant_uid': account} AS metadata,
       {'provider': 'AWS', 'region': region, 'account': {'uid': account, 'type_id': CASE WHEN account IS NOT NULL THEN 10 END, 'type': CASE WHEN account IS NOT NULL THEN 'AWS Account' END}} AS cloud,
       {'title': coalesce(title, type),
        'uid': id,
        'desc': description,
        'types': [type],
        'created_time': epoch_ms(created),
        'modified_time': epoch_ms(updated),
        'first_seen_time': epoch_ms(first_seen),
        'last_seen_time': epoch_ms(last_seen),
        'product_uid': CASE WHEN arn LIKE 'arn:%/finding/%' THEN split_part(arn, '/finding/', 1) END,
        'attacks': CASE WHEN tactic LIKE '%(TA____)' THEN [{'tactic': {'uid': tactic[-7:-2], 'name': tactic[:-10]}}] END,
        'kill_chain': CASE WHEN {phase_id} > 0 THEN [{'phase_id': {phase_id}, 'phase': replace(phase, 'Command and Control', 'Command & Control')}] END} AS finding_info,
       CASE WHEN resource IS NOT NULL OR resource_type IS NOT NULL
           THEN [{'uid': resource, 'type': resource_type, 'region': region, 'cloud_partition': CASE WHEN arn LIKE 'arn:%' THEN split_part(arn, ':', 2) END}] END AS resources,
       CASE WHEN remote_ip IS NOT NULL OR api IS NOT NULL OR domain IS NOT NULL
           THEN [{'src_endpoint': {'ip': remote_ip, 'port': NULL::BIGINT, 'svc_name': NULL::VARCHAR,
                                   'location': {'city': remote_city, 'desc': remote_country, 'isp': remote_organization, 'long': NULL::DOUBLE, 'lat': NULL::DOUBLE}},
                  'dst_endpoint': {'port': NULL::BIGINT, 'svc_name': NULL::VARCHAR}, 'api': {'operation': api}, 'query': {'hostname': domain}}]
           ELSE [] END
           || list_transform(port_probes, lambda p: {
                  'src_endpoint': {'ip': nullif(p.ip, ''), 'port': NULL::BIGINT, 'svc_name': NULL::VARCHAR,
                                   'location': {'city': nullif(p.city, ''), 'desc': nullif(p.country, ''), 'isp': NULL::VARCHAR,
                                                'long': TRY_CAST(p.longitude AS DOUBLE), 'lat': TRY_CAST(p.latitude AS DOUBLE)}},
                  'dst_endpoint': {'port': TRY_CAST(p.local_port AS BIGINT), 'svc_name': nullif(p.local_port_name, '')},
                  'api': {'operation': NULL::VARCHAR}, 'query': {'hostname': NULL::VARCHAR}}) AS evidences,
       {'severity': severity, 'arn': arn, 'resource_role': resource_role, 'action_type': action_type, 'instance_id': instance_id, 'instance_type': instance_type,
        'event_time': time, 'time': CASE WHEN updated IS NULL AND time IS NULL THEN 'not in the finding; the time is that of the export' END} AS unmapped
FROM named
