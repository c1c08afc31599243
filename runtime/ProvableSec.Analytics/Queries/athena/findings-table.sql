CREATE EXTERNAL TABLE `{table}` (
  `id` string,
  `time` string,
  `detail` struct<findings:array<struct<schemaversion:string,id:string,productname:string,companyname:string,region:string,generatorid:string,awsaccountid:string,types:array<string>,updatedat:string,severity:struct<label:string,normalized:double>,title:string,description:string,resources:array<struct<type:string,id:string,region:string>>,productfields:map<string,string>,compliance:struct<status:string>,workflow:struct<status:string>,recordstate:string>>>
)
{partitions}ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
WITH SERDEPROPERTIES ('ignore.malformed.json' = 'true')
STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION '{location}'{properties}
