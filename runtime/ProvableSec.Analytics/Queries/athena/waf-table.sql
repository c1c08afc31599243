CREATE EXTERNAL TABLE `{table}` (
  `timestamp` bigint,
  `formatversion` int,
  `webaclid` string,
  `terminatingruleid` string,
  `terminatingruletype` string,
  `action` string,
  `httpsourcename` string,
  `httpsourceid` string,
  `rulegrouplist` array<struct<rulegroupid:string,terminatingrule:struct<ruleid:string,action:string,overriddenaction:string>,nonterminatingmatchingrules:array<struct<ruleid:string,action:string,overriddenaction:string>>,excludedrules:array<struct<ruleid:string,exclusiontype:string>>>>,
  `ratebasedrulelist` array<struct<ratebasedruleid:string,ratebasedrulename:string,limitkey:string,limitvalue:string,maxrateallowed:string>>,
  `nonterminatingmatchingrules` array<struct<ruleid:string,action:string,overriddenaction:string>>,
  `requestheadersinserted` array<struct<name:string,value:string>>,
  `responsecodesent` int,
  `httprequest` struct<clientip:string,country:string,headers:array<struct<name:string,value:string>>,uri:string,args:string,httpversion:string,httpmethod:string,requestid:string,fragment:string,scheme:string,host:string>,
  `labels` array<struct<name:string>>,
  `captcharesponse` struct<responsecode:int,failurereason:string>,
  `challengeresponse` struct<responsecode:int,failurereason:string>,
  `ja3fingerprint` string,
  `ja4fingerprint` string,
  `oversizefields` array<string>,
  `requestbodysize` bigint,
  `requestbodysizeinspectedbywaf` bigint,
  `clientasn` bigint,
  `sampleweight` bigint
)
{partitions}ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
WITH SERDEPROPERTIES ('ignore.malformed.json' = 'true')
STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION '{location}'{properties}
