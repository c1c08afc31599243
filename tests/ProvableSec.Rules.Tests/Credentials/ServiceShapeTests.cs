using System.Text;

namespace ProvableSec.Rules.Tests.Credentials;

/// <summary>Tokens and keys of services, passwords by the names beside them, and what looks like them.</summary>
public sealed class ServiceShapeTests
{
    private const string Dashes = "-----", Db = "db.abc.eu-west-1.rds.amazonaws.com", Cluster = "c.cluster-abc.eu-west-1.docdb.amazonaws.com";
    private static readonly Fresh Any = new(20260103);
    private static readonly string Secret = Any.SecretKeyWithSigns(), Password = Any.Password();
    private static readonly string CodeArtifact = Wrapped("{\"ver\":1,\"isu\":1767225600,\"enc\":\"A128GCM\",\"tag\":\"" + Any.Hex(22) + "\"}").TrimEnd('=')
        + "." + Any.Hex(22) + "." + Any.Characters(300);
    private static readonly string Ecr = Wrapped("{\"payload\":\"" + Any.Characters(400) + "\",\"datakey\":\"" + Any.Characters(100)
        + "\",\"version\":\"2\",\"type\":\"DATA_KEY\"}");
    private static readonly string Half = Any.Characters(170), Whole = Any.Characters(342), Line = Any.Characters(64);

    internal static readonly (string Name, string Text, string Rules)[] Shapes =
    [
        ("CodeArtifact for nuget", $"<add key=\"ClearTextPassword\" value=\"{CodeArtifact}\" />", "PSEC1017"),
        ("CodeArtifact for npm", $"//corp-111122223333.d.codeartifact.eu-west-1.amazonaws.com/npm/main/:_authToken={CodeArtifact}\n", "PSEC1017"),
        ("CodeArtifact for pip", $"index-url = https://aws:{CodeArtifact}@corp-111122223333.d.codeartifact.eu-west-1.amazonaws.com/pypi/main/simple/\n", "PSEC1017"),
        ("ECR for docker", $"{{\"auths\":{{\"111122223333.dkr.ecr.eu-west-1.amazonaws.com\":{{\"auth\":\"{Wrapped("AWS:" + Ecr)}\"}}}}}}", "PSEC1017"),
        ("ECR by itself", $"docker login -u AWS -p {Ecr} 111122223333.dkr.ecr.eu-west-1.amazonaws.com", "PSEC1017"),
        ("access portal", $"{{\"startUrl\": \"https://corp.awsapps.com/start\", \"accessToken\": \"{Any.Characters(300)}\", \"expiresAt\": \"2026-01-01T00:00:00Z\"}}", "PSEC1017"),
        ("access portal, by its form", $"x: aoaAAAAAG{Any.Characters(200)}", "PSEC1017"),
        ("RSA of .NET", $"<RSAKeyValue><Modulus>{Whole}==</Modulus><Exponent>AQAB</Exponent><P>{Half}=</P><Q>{Half}=</Q><D>{Any.Characters(342)}==</D></RSAKeyValue>", "PSEC1009"),
        ("RSA of .NET in XML in JSON", $"\"\\u003CRSAKeyValue\\u003E\\u003CModulus\\u003E{Whole}\\u003C/Modulus\\u003E\\u003CD\\u003E{Any.Characters(342)}\\u003C/D\\u003E\"", "PSEC1009"),
        ("PuTTY", $"PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: x\nPublic-Lines: 1\n{Line}\nPrivate-Lines: 2\n{Any.Characters(64)}\n{Any.Characters(30)}\nPrivate-MAC: {Any.Hex(64)}\n", "PSEC1009"),
        ("JWK of RSA", $"{{\"kty\":\"RSA\",\"n\":\"{Whole}\",\"e\":\"AQAB\",\"d\":\"{Url(Any.Characters(342))}\"}}", "PSEC1009"),
        ("JWK of a curve", $"{{\n  \"d\": \"{Url(Any.Characters(43))}\",\n  \"kty\": \"EC\",\n  \"crv\": \"P-256\"\n}}", "PSEC1009"),
        ("OpenSSH without a cipher", $"{Dashes}BEGIN OPENSSH PRIVATE KEY{Dashes}\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\n{Line}\n", "PSEC1009"),
        ("SMTP password in a state", $"\"ses_smtp_password_v4\": \"{Any.SmtpPassword()}\"", "PSEC1008"),

        ("Redis", $"\"master.app.abc123.euw1.cache.amazonaws.com:6379,password={Password},ssl=True\"", "PSEC1010"),
        ("Redis URI", $"rediss://:{Password}@master.app.abc123.euw1.cache.amazonaws.com:6379/0", "PSEC1010"),
        ("password in quotes of its own", $"\"Server={Db};User ID=sa;Password='{Password}';\"", "PSEC1010"),
        ("password in escaped quotes", $"\"Server={Db};User ID=sa;Password=\\\"{Password}\\\";\"", "PSEC1010"),
        ("password in quotes of XML", $"<add connectionString=\"Server={Db};User ID=sa;Password=&quot;{Password}&quot;;\" />", "PSEC1010"),
        ("settings of one object", $"{{ \"Host\": \"{Db}\",\n \"User\": \"app\",\n \"Password\": \"{Password}\" }}", "PSEC1010"),
        ("settings of one object, password first", $"{{ \"Password\": \"{Password}\", \"Host\": \"{Db}\" }}", "PSEC1010"),
        ("settings far apart in one object",
            $"{{ \"address\": \"{Db}\",\n{string.Concat(Enumerable.Range(0, 40).Select(i => $"  \"member{i}\": {i},\n"))} \"password\": \"{Password}\" }}",
            "PSEC1010"),
        ("two hosts", $"{{ \"Writer\": \"{Db}\", \"Reader\": \"ro.{Db}\", \"Password\": \"{Password}\" }}", "PSEC1010"),
        ("arguments of one call", $"psycopg2.connect(host='{Db}', user='app', password='{Password}')", "PSEC1010"),
        ("lines of .env", $"DB_HOST={Db}\nDB_USER=app\nDB_PASSWORD={Password}\n", "PSEC1010"),
        ("properties", $"spring.datasource.url=jdbc:postgresql://{Db}:5432/x\nspring.datasource.username=app\nspring.datasource.password={Password}\n", "PSEC1010"),
        ("variable of a command", $"PGPASSWORD={Password} psql -h {Db} -U app\n", "PSEC1010"),
        ("connection string of YAML over lines", $"main: \"Host={Db};\n  Username=app;\n  Password={Password}\"\n", "PSEC1010"),
        ("connection string in a verbatim string", $"var c = @\"Host={Db};\n  Password={Password}\";\n", "PSEC1010"),
        ("mysql", $"mysql -h {Db} -u admin -p{Password} app\n", "PSEC1010"),
        ("mysql, password first, in quotes", $"mysql -p'{Password}' -h {Db} app < dump.sql\n", "PSEC1010"),
        ("mysqldump over lines", $"mysqldump --host={Db} \\\n  --user=app \\\n  --password={Password} app\n", "PSEC1010"),
        ("mysql in a list", $"CMD [\"mysql\", \"-h\", \"{Db}\", \"-p{Password}\"]\n", "PSEC1010"),
        ("mongo", $"mongosh --tls --host {Cluster}:27017 --username app --password {Password}\n", "PSEC1010"),
        ("mongo, short", $"subprocess.run(\"mongodump -h {Cluster} -u app -p {Password}\")", "PSEC1010"),
        ("redis-cli", $"redis-cli --tls -h master.app.abc123.euw1.cache.amazonaws.com -a {Password} ping\n", "PSEC1010"),
        ("sqlcmd", $"sqlcmd -S {Db},1433 -U sa -P \"{Password}\"\n", "PSEC1010"),
        ("psql with words", $"psql \"host={Db} user=app password={Password} dbname=x\"\n", "PSEC1010"),
        ("psql, exported", $"export PGPASSWORD={Password}\npsql -h {Db} -U app\n", "PSEC1010"),
        ("config.py with the port of Redshift", $"HOST = os.environ['HOST']\nPORT = 5439\nUSER = 'app'\nPASSWORD = '{Password}'\n", "PSEC1018"),
        ("token of ElastiCache", $"resource \"aws_elasticache_replication_group\" \"x\" {{\n  transit_encryption_enabled = true\n  auth_token = \"{Password}{Password}\"\n}}\n", "PSEC1018"),
        ("token of ElastiCache in a template", $"Type: AWS::ElastiCache::ReplicationGroup\nProperties:\n  AuthToken: {Password}{Password}\n", "PSEC1018"),
        ("token of ElastiCache in JSON", $"{{\"Type\":\"AWS::ElastiCache::ReplicationGroup\",\"Properties\":{{\"AuthToken\":\"{Password}{Password}\"}}}}", "PSEC1018"),
        ("token of ElastiCache by a command", $"aws elasticache modify-replication-group --replication-group-id x --auth-token {Password}{Password} --apply-immediately\n", "PSEC1018"),
        ("token of ElastiCache in the CDK", $"new elasticache.CfnReplicationGroup(this, 'x', {{ authToken: '{Password}{Password}' }});", "PSEC1018"),
        ("config.py", $"host = '{Cluster}'\nusername = 'app'\npassword = '{Password}'\n", "PSEC1010"),
        ("config.py without the host", $"# Amazon DocumentDB\nUSERNAME = 'app'\nPASSWORD = '{Password}'\n", "PSEC1018"),
        ("Redshift", $"redshift_connector.connect(database='dev', user='app', password='{Password}')", "PSEC1018"),
        ("pairs of host and password", $"[{{\"name\":\"DB_HOST\",\"value\":\"{Db}\"}},{{\"name\":\"DB_PASSWORD\",\"value\":\"{Password}\"}}]", "PSEC1010"),
        ("Kubernetes pairs", $"- name: DB_HOST\n  value: {Db}\n- name: DB_PASSWORD\n  value: {Password}\n", "PSEC1010"),

        ("template", $"{{\"MasterUsername\":\"postgres\",\"MasterUserPassword\":\"{Password}\"}}", "PSEC1018"),
        ("template in YAML", $"MasterUsername: postgres\nMasterUserPassword: {Password}\n", "PSEC1018"),
        ("Terraform", $"  master_password = \"{Password}\"\n", "PSEC1018"),
        ("Terraform instance", $"resource \"aws_db_instance\" \"x\" {{\n  username = \"app\"\n  password = \"{Password}\"\n}}\n", "PSEC1018"),
        ("boto3", $"rds.create_db_instance(MasterUsername='x', MasterUserPassword='{Password}')", "PSEC1018"),
        ("C# SDK", $"new CreateDBInstanceRequest {{ MasterUserPassword = \"{Password}\" }}", "PSEC1018"),
        ("command", $"aws rds create-db-instance --master-username x --master-user-password {Password} --engine postgres", "PSEC1018"),
        ("command in a list", $"[\"--master-user-password\", \"{Password}\"]", "PSEC1018"),
        ("secret string", $"\"SecretString\":\"{{\\\"username\\\":\\\"app\\\",\\\"password\\\":\\\"{Password}\\\"}}\"", "PSEC1018"),
        ("secret string in YAML", $"SecretString: '{{\"username\":\"app\",\"password\":\"{Password}\"}}'", "PSEC1018"),
        ("secret string in a command", $"aws secretsmanager create-secret --name x --secret-string '{{\"password\":\"{Password}\"}}'", "PSEC1018"),
        ("secret string in Terraform", $"secret_string = \"{Password}\"", "PSEC1018"),
        ("CDK", $"SecretValue.UnsafePlainText(\"{Password}\")", "PSEC1018"),
        ("login profile", $"LoginProfile:\n  Password: {Password}\n  PasswordResetRequired: true\n", "PSEC1018"),
        ("login profile by a command", $"aws iam create-login-profile --user-name x --password {Password} --password-reset-required\n", "PSEC1018"),
        ("password of a user pool", $"aws cognito-idp admin-set-user-password --username y --password {Password} --permanent\n", "PSEC1018"),
        ("variable of a warehouse", $"REDSHIFT_PASSWORD={Password}\n", "PSEC1018"),

        ("HSM in a task", $"{{\"environment\":[{{\"name\":\"HSM_USER\",\"value\":\"app\"}},{{\"name\":\"HSM_PASSWORD\",\"value\":\"{Password}\"}}]}}", "PSEC1011"),
        ("HSM in a task, value first", $"{{\"value\":\"{Password}\",\"name\":\"HSM_PASSWORD\"}}", "PSEC1011"),
        ("HSM in Kubernetes", $"- name: CLOUDHSM_PIN\n  value: \"app:{Password}\"\n", "PSEC1011"),
        ("HSM in Terraform", $"environment_variable {{\n  name  = \"HSM_PASSWORD\"\n  value = \"{Password}\"\n}}\n", "PSEC1011"),
        ("HSM login", $"key_mgmt_util singlecmd loginHSM -u CU -s app -p {Password} listUsers\n", "PSEC1011"),
        ("HSM login without options", $"loginHSM CU app {Password}\n", "PSEC1011"),
        ("HSM login in code", $"run(\"loginHSM -u CU -s app -p '{Password}'\")", "PSEC1011"),

        ("name behind the value", $"{{\"value\": \"{Secret}\", \"name\": \"AWS_SECRET_ACCESS_KEY\"}}", "PSEC1003"),
        ("name behind the value, YAML", $"- value: {Secret}\n  name: AWS_SECRET_ACCESS_KEY\n", "PSEC1003"),
        ("name two lines before", $"ParameterKey: AwsSecretAccessKey\nUsePreviousValue: false\nParameterValue: {Secret}\n", "PSEC1003"),
        ("name around", $"<setting name=\"AwsSecretKey\" serializeAs=\"String\">\n  <!-- x -->\n  <value>{Secret}</value>\n</setting>", "PSEC1003"),
        ("comment behind", $"x = \"{Secret}\"  # AWS secret", "PSEC1003"),

        ("harmless: public key of .NET", $"<RSAKeyValue><Modulus>{Whole}==</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>", ""),
        ("harmless: public JWK", $"{{\"kty\":\"RSA\",\"n\":\"{Whole}\",\"e\":\"AQAB\"}}", ""),
        ("harmless: PuTTY with a passphrase", $"PuTTY-User-Key-File-3: ssh-rsa\nEncryption: aes256-cbc\nPublic-Lines: 1\n{Line}\nPrivate-Lines: 1\n{Line}\n", ""),
        ("harmless: OpenSSH with a cipher", $"{Dashes}BEGIN OPENSSH PRIVATE KEY{Dashes}\nb3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABA{Line}\n{Line}\n", ""),
        ("harmless: traditional key with a cipher", $"{Dashes}BEGIN RSA PRIVATE KEY{Dashes}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,{Any.Hex(32)}\n\n{Line}\n", ""),
        ("harmless: last line of a certificate", $"{Dashes}BEGIN CERTIFICATE{Dashes}\n{Line}\n{Line}\n{Secret}\n{Dashes}END CERTIFICATE{Dashes}\n", ""),
        ("harmless: last line in one line", $"\"{Dashes}BEGIN PUBLIC KEY{Dashes}\\n{Line}\\n{Secret}\\n{Dashes}END PUBLIC KEY{Dashes}\"", ""),
        ("harmless: last line of a block", $"blob:\n  {Line}\n  {Line}\n  {Secret}\n", ""),
        ("harmless: documented token", $"aws_session_token = AQoDYXdzEJrEXAMPLE{Any.Characters(120)}EXAMPLETOKEN==", ""),
        ("harmless: SOPS", $"secret_key: ENC[AES256_GCM,data:{Secret},iv:{Any.Characters(43)}=,type:str]\npassword: ENC[AES256_GCM,data:{Any.Characters(160)},type:str]\n", ""),
        ("harmless: SOPS token", $"aws_session_token: ENC[AES256_GCM,data:{Any.Characters(160)},iv:{Any.Characters(43)}=,type:str]", ""),
        ("harmless: KMS", $"AWS_SESSION_TOKEN: AQICAH{Any.Characters(200)}", ""),
        ("harmless: path of a construct", "{ \"path\": \"Ec2CdkStack/EC2Server1/VPC/publicSubnet1\" }\n\"MyEcsStack2/ALBService/VPC1/PrivateSubn2\"", ""),
        ("harmless: sum of names", "Result:=AValue+ANumberOfMilliSeconds/MSecsPerDay\n", ""),
        ("harmless: variable of nuget", "<add key=\"ClearTextPassword\" value=\"%CODEARTIFACT_AUTH_TOKEN%\" />", ""),
        ("harmless: another JSON token", $"auth: {Wrapped("{\"payload\":\"" + Any.Characters(200) + "\",\"kind\":\"x\"}")}", ""),
        ("harmless: mysql asks for it", $"mysql -h {Db} -u admin -p app\nmysql -h {Db} -p$PASSWORD\nmysql -h {Db} -p\"${{DB_PASSWORD}}\"\nmysql -h {Db} --password=\"$(cat /run/p)\" app\n", ""),
        ("harmless: mysql in a list asks for it", $"[\"mysql\", \"-h\", \"{Db}\", \"-p\", \"database1\"]", ""),
        ("harmless: another program's -p", $"ssh -p 2222 tunnel@{Db}\nnc {Db} -p31234\nmkdir -pv /mnt/{Db}\n", ""),
        ("harmless: port of mysql", $"mysql -h {Db} -p3306\n", ""),
        ("harmless: another host", $"mysql -h db.example.com -p{Password}\n", ""),
        ("harmless: mongo asks for it", $"mongosh --host {Cluster} --username app --password\nmongosh --host {Cluster} -p <password>\n", ""),
        ("harmless: token of ElastiCache from elsewhere", "resource \"aws_elasticache_replication_group\" \"x\" {\n  auth_token = random_password.redis_1.result\n  auth_token = var.elasticache_auth_token_2\n  auth_token_update_strategy = \"ROTATE_AND_DELETE_1\"\n}\nAuthToken: '{{resolve:secretsmanager:redis:SecretString:token}}'\nAuthToken: !Ref RedisAuthToken1234\n", ""),
        ("harmless: token of something else", $"auth_token = \"{Any.Hex(32)}\"\n", ""),
        ("harmless: number of Redshift's port", $"USER = 'app'\nPASSWORD = '{Password}'\nTOTAL = 5439\nPORT = 15439\nID = 'a-5439'\n", ""),
        ("harmless: reference", "MasterUserPassword: '{{resolve:secretsmanager:db:SecretString:password}}'\nMasterUserPassword: !Ref DbPassword\n\"MasterUserPassword\": {\"Ref\": \"DbPassword1\"}", ""),
        ("harmless: names in code", "master_password = var.db_password_2\nMasterUserPassword = settings.Password1,\nmaster_password=get_password(1)\n", ""),
        ("harmless: description", "\"MasterUserPassword\": \"The password for the master user of version 2.\"", ""),
        ("harmless: secret from a file", "aws secretsmanager put-secret-value --secret-id x --secret-string file://secret.json\n--secret-string \"$VALUE\"\n--secret-string \"$(cat x)\"", ""),
        ("harmless: command with a variable", "--master-user-password {password} --master-user-password $PASSWORD --master-user-password \"$(cat password)\"", ""),
        ("harmless: secret without a secret", "\"SecretString\":\"{\\\"username\\\":\\\"app\\\",\\\"host\\\":\\\"somewhere.example.com\\\"}\"", ""),
        ("harmless: host beside a reference", $"{{ \"Host\": \"{Db}\", \"Password\": \"${{DB_PASSWORD}}\" }}", ""),
        ("harmless: password of another host", $"{{ \"Endpoint\": \"https://sqs.eu-west-1.amazonaws.com/1\", \"Password\": \"{Password}\" }}", ""),
        ("harmless: HSM from a secret", "{\"name\":\"HSM_PASSWORD\",\"valueFrom\":\"arn:aws:secretsmanager:eu-west-1:111122223333:secret:hsm\"}", ""),
        ("harmless: HSM pair to be filled in", "- name: HSM_PASSWORD\n  value: ${HSM_PASSWORD}\n", ""),
        ("harmless: HSM login in prose", "loginHSM CU signs in\nloginHSM CU <user> <password>\nloginHSM CU app\n", ""),
        ("harmless: variables of a command", $"PGPASSWORD=$DB_PASSWORD psql -h {Db}\nPASSWORD=password psql -h {Db}\n", ""),
        ("harmless: HSM login with a variable", "loginHSM -u CU -s app -p $HSM_PASSWORD\nloginHSM -u CU -s app -hpswd\n", ""),
    ];

    public static TheoryData<string> Names() => [.. Shapes.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_shape_gives_its_findings_and_no_other(string name)
    {
        (string _, string text, string rules) = Shapes.Single(shape => shape.Name == name);
        Assert.Equal(rules, Scan.Ids(text));
        Assert.Equal(rules, Scan.Ids(text.ReplaceLineEndings("\r\n")));
        Assert.All(Scan.Text(text), finding => Assert.DoesNotContain(Password[..6], finding.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("__PASSWORD__")]
    [InlineData("__db.password__")]
    [InlineData("@@DB_PASSWORD@@")]
    [InlineData("REPLACE_ME")]
    [InlineData("replace-with-your-password")]
    [InlineData("CHANGE_ME")]
    [InlineData("INSERT_PASSWORD_HERE")]
    [InlineData("TODO")]
    [InlineData("<password>")]
    [InlineData("#{DbPassword}#")]
    [InlineData("$(DbPassword)")]
    [InlineData("%DB_PASSWORD%")]
    [InlineData("[password]")]
    [InlineData("xxxxxxxx")]
    [InlineData("ENC[AES256_GCM]")]
    public void A_placeholder_is_no_password(string value) => Assert.Empty(Scan.Ids($"\"Server={Db};Uid=app;Pwd={value};Database=app\""));

    [Theory]
    [InlineData("set-the-hill-2")]
    [InlineData("__x!7__y")]
    [InlineData("change-of-heart")]
    [InlineData("insert.coin")]
    public void Words_of_a_placeholder_do_not_make_one(string value) => Assert.Equal("PSEC1010", Scan.Ids($"\"Server={Db};Uid=app;Pwd={value};Database=app\""));

    private static string Wrapped(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Url(string text) => text.Replace('+', '-').Replace('/', '_');
}
