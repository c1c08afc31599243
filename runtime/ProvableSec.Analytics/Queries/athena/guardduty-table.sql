CREATE EXTERNAL TABLE `{table}` (
  `id` string,
  `time` string,
  `detail` struct<id:string,type:string,severity:double,accountid:string,region:string,arn:string,title:string,description:string,createdat:string,updatedat:string,resource:struct<resourcetype:string,instancedetails:struct<instanceid:string,instancetype:string>,accesskeydetails:struct<username:string>,s3bucketdetails:array<struct<name:string>>,lambdadetails:struct<functionname:string>,eksclusterdetails:struct<name:string>,rdsdbinstancedetails:struct<dbinstanceidentifier:string>>,service:struct<count:bigint,archived:boolean,eventfirstseen:string,eventlastseen:string,resourcerole:string,action:struct<actiontype:string,portprobeaction:struct<portprobedetails:array<struct<localportdetails:struct<port:bigint,portname:string>,remoteipdetails:struct<ipaddressv4:string,country:struct<countryname:string>,city:struct<cityname:string>,geolocation:struct<lon:double,lat:double>>>>>,awsapicallaction:struct<api:string,remoteipdetails:struct<ipaddressv4:string,country:struct<countryname:string>,city:struct<cityname:string>,organization:struct<org:string>>>,networkconnectionaction:struct<remoteipdetails:struct<ipaddressv4:string,country:struct<countryname:string>,city:struct<cityname:string>,organization:struct<org:string>>>,dnsrequestaction:struct<domain:string>>>>
)
{partitions}ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
WITH SERDEPROPERTIES ('ignore.malformed.json' = 'true')
STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION '{location}'{properties}
