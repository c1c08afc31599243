namespace ProvableSec.Rules.Tests.Credentials;

/// <summary>How credentials stand in files of all kinds; each is drawn while the test runs.</summary>
public sealed class ShapeTests
{
    private static readonly Fresh Any = new(20260101);
    private static readonly string Id = Any.AccessKeyId(), Secret = Any.SecretKey(), Token = Any.SessionToken(), Smtp = Any.SmtpPassword(), Bedrock =
        Any.BedrockKey();
    private static readonly string Password = Any.Password(), Body = Any.PrivateKeyBody(), Hex64 = Any.Hex(64), Hex40 = Any.Hex(40);
    private const string Dashes = "-----";

    internal static readonly (string Name, string Text, string Rules)[] Shapes =
    [
        ("credentials file", $"[default]\naws_access_key_id = {Id}\naws_secret_access_key = {Secret}\n", "PSEC1001"),
        ("credentials file, secret first", $"[default]\naws_secret_access_key={Secret}\naws_access_key_id={Id}\n", "PSEC1001"),
        ("credentials file with a token", $"[s]\naws_access_key_id = {Id}\naws_secret_access_key = {Secret}\naws_session_token = {Token}\n",
            "PSEC1001 PSEC1005"),
        ("two profiles", $"[a]\naws_access_key_id={Id}\naws_secret_access_key={Secret}\n[b]\naws_access_key_id={Any.AccessKeyId()}\naws_secret_access_key={Any.SecretKey()}\n", "PSEC1001 PSEC1001"),
        ("export", $"export AWS_ACCESS_KEY_ID={Id}\nexport AWS_SECRET_ACCESS_KEY={Secret}\n", "PSEC1001"),
        ("export in quotes", $"export AWS_ACCESS_KEY_ID=\"{Id}\"\nexport AWS_SECRET_ACCESS_KEY='{Secret}'\n", "PSEC1001"),
        ("PowerShell", $"$Env:AWS_ACCESS_KEY_ID=\"{Id}\"\n$Env:AWS_SECRET_ACCESS_KEY=\"{Secret}\"\n", "PSEC1001"),
        ("cmd", $"set AWS_ACCESS_KEY_ID={Id}\r\nset AWS_SECRET_ACCESS_KEY={Secret}\r\n", "PSEC1001"),
        ("CLI answer", "{\"AccessKey\": {\"UserName\": \"a\", \"AccessKeyId\": \"" + Id + "\", \"Status\": \"Active\", \"SecretAccessKey\": \"" + Secret
            + "\"}}", "PSEC1001"),
        ("console CSV", $"Access key ID,Secret access key\n{Id},{Secret}\n", "PSEC1001"),
        ("root key file", $"AWSAccessKeyId={Id}\nAWSSecretKey={Secret}\n", "PSEC1012"),
        ("C# constructor", $"new BasicAWSCredentials(\"{Id}\", \"{Secret}\")", "PSEC1001"),
        ("C# constants", $"const string A = \"{Id}\";\n\n// the key of the robot\nconst string B = \"{Secret}\";\n", "PSEC1001"),
        ("JSON configuration", "{\"AWS\":{\"AccessKey\":\"" + Id + "\",\"SecretKey\":\"" + Secret + "\"}}", "PSEC1001"),
        ("JSON in JSON", "{\"x\":\"{\\\"id\\\":\\\"" + Id + "\\\",\\\"key\\\":\\\"" + Secret + "\\\"}\"}", "PSEC1001"),
        ("XML configuration", $"<add key=\"AWSAccessKey\" value=\"{Id}\"/>\n<add key=\"AWSSecretKey\" value=\"{Secret}\"/>\n", "PSEC1001"),
        ("XML elements", $"<AccessKeyId>{Id}</AccessKeyId><SecretAccessKey>{Secret}</SecretAccessKey>", "PSEC1001"),
        ("YAML", $"accessKey: {Id}\nsecretKey: {Secret}\n", "PSEC1001"),
        ("compose", $"    environment:\n      - AWS_ACCESS_KEY_ID={Id}\n      - AWS_SECRET_ACCESS_KEY={Secret}\n", "PSEC1001"),
        ("Kubernetes", $"- name: AWS_ACCESS_KEY_ID\n  value: {Id}\n- name: AWS_SECRET_ACCESS_KEY\n  value: {Secret}\n", "PSEC1001"),
        ("Dockerfile", $"ENV AWS_ACCESS_KEY_ID {Id}\nENV AWS_SECRET_ACCESS_KEY {Secret}\n", "PSEC1001"),
        ("Terraform", $"provider \"aws\" {{\n  access_key = \"{Id}\"\n  secret_key = \"{Secret}\"\n}}\n", "PSEC1001"),
        ("lines with escapes", $"\"[default]\\naws_access_key_id={Id}\\naws_secret_access_key={Secret}\\n\"", "PSEC1001"),
        ("S3 URL with both", $"s3n://{Id}:{Secret}@bucket/key", "PSEC1001"),
        ("id alone", $"# made for {Id} in 2024", "PSEC1002"),
        ("id in a log", $"Credential={Id}/20260101/us-east-1/s3/aws4_request", "PSEC1002"),
        ("two ids far apart", Id + new string('\n', 40) + Any.AccessKeyId(), "PSEC1002 PSEC1002"),
        ("secret in a .env file", $"AWS_SECRET_ACCESS_KEY={Secret}\n", "PSEC1003"),
        ("secret in JSON", "{\"SecretAccessKey\": \"" + Secret + "\"}", "PSEC1003"),
        ("secret in a Kubernetes variable", $"- name: AWS_SECRET_ACCESS_KEY\n  value: \"{Secret}\"\n", "PSEC1003"),
        ("secret as a parameter", $"client(secret_key='{Secret}')", "PSEC1003"),
        ("secret in a comment", $"// my AWS secret is {Secret}", "PSEC1003"),
        ("secret alone", $"x = \"{Secret}\"", "PSEC1004"),
        ("secret on a line of its own", $"one\n{Secret}\nthree", "PSEC1004"),
        ("token", $"x = {Token}", "PSEC1005"),
        ("token of unknown form", $"AWS_SESSION_TOKEN={Any.Characters(300)}", "PSEC1005"),
        ("older token", "y \"FwoGZXIvYXdz" + Any.Characters(300) + "\"", "PSEC1005"),
        ("URL", $"see {Any.PresignedUrl("20260701T000000Z")} now", "PSEC1006"),
        ("URL in HTML", $"<a href=\"{Any.PresignedUrl("20260701T000000Z").Replace("&", "&amp;", StringComparison.Ordinal)}\">x</a>", "PSEC1006"),
        ("URL in JSON", $"{{\"u\":\"{Any.PresignedUrl("20260701T000000Z").Replace("&", "\\u0026", StringComparison.Ordinal)}\"}}", "PSEC1006"),
        ("URL of the older kind", $"https://b.s3.amazonaws.com/k?AWSAccessKeyId={Id}&Expires=1790000000&Signature=abc%2Bdefghijklmnopqrstuvw%3D", "PSEC1006"),
        ("two URLs", $"{Any.PresignedUrl("20260701T000000Z")}\n{Any.PresignedUrl("20260702T000000Z")}", "PSEC1006 PSEC1006"),
        ("Bedrock key", $"AWS_BEARER_TOKEN_BEDROCK={Bedrock}", "PSEC1007"),
        ("Bedrock short-term key", "k: bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t" + Any.Characters(400), "PSEC1007"),
        ("SMTP password", $"host: email-smtp.eu-west-1.amazonaws.com\nuser: {Id}\npassword: {Smtp}\n", "PSEC1002 PSEC1008"),
        ("token in a header", $"x-amz-security-token: {Any.Characters(300)}", "PSEC1005"),
        ("private key", $"{Dashes}BEGIN RSA PRIVATE KEY{Dashes}\n{Body}\n{Dashes}END RSA PRIVATE KEY{Dashes}\n", "PSEC1009"),
        ("private key, PKCS 8", $"{Dashes}BEGIN PRIVATE KEY{Dashes}\r\n{Body}\r\n", "PSEC1009"),
        ("private key in one line", $"\"{Dashes}BEGIN EC PRIVATE KEY{Dashes}\\n{Body.Replace("\n", "\\n", StringComparison.Ordinal)}\\n\"", "PSEC1009"),
        ("OpenSSH key", $"{Dashes}BEGIN OPENSSH PRIVATE KEY{Dashes}\n  {Body}\n", "PSEC1009"),
        ("Npgsql", $"\"Host=db.abc.eu-west-1.rds.amazonaws.com;Username=app;Password={Password};Database=x\"", "PSEC1010"),
        ("SqlClient", $"\"Server=tcp:db.abc.eu-west-1.rds.amazonaws.com,1433;User Id=app;Pwd = {Password};\"", "PSEC1010"),
        ("Redshift", $"Host=w.abc.eu-west-1.redshift.amazonaws.com;Port=5439;Password={Password}", "PSEC1010"),
        ("DocumentDB", $"mongodb://app:{Password}@d.cluster-abc.eu-west-1.docdb.amazonaws.com:27017/?ssl=true", "PSEC1010"),
        ("JDBC", $"jdbc:redshift://w.abc.eu-west-1.redshift.amazonaws.com:5439/dev?user=u&password={Password}", "PSEC1010"),
        ("postgres URI", $"DATABASE_URL=postgres://app:{Password}@db.abc.eu-west-1.rds.amazonaws.com/x", "PSEC1010"),
        ("China", $"mongodb://app:{Password}@d.docdb.cn-north-1.amazonaws.com.cn:27017/", "PSEC1010"),
        ("HSM in a Dockerfile", $"ENV HSM_USER robot\nENV HSM_PASSWORD {Password}\n", "PSEC1011"),
        ("HSM in an ARG", $"ARG HSM_PASSWORD={Password}\n", "PSEC1011"),
        ("HSM in compose", $"      HSM_USER: robot\n      HSM_PASSWORD: \"{Password}\"\n", "PSEC1011"),
        ("HSM in code", $"Environment.SetEnvironmentVariable(\"HSM_PASSWORD\", \"{Password}\");", "PSEC1011"),
        ("HSM in a dictionary", $"[\"HSM_PASSWORD\"] = \"{Password}\"", "PSEC1011"),
        ("HSM in JSON in JSON", $"{{\\\"HSM_PASSWORD\\\": \\\"{Password}\\\"}}", "PSEC1011"),
        ("HSM as an initializer", $"{{ \"HSM_PASSWORD\", \"{Password}\" }},", "PSEC1011"),
        ("HSM in an argument", $"run(\"docker\", \"-e HSM_PASSWORD={Password}\");", "PSEC1011"),
        ("HSM PIN", $"export CLOUDHSM_PIN=\"robot:{Password}\"", "PSEC1011"),

        ("nothing", "using System;\nclass C { }\n", ""),
        ("hash in hex", $"secret_access_key_sha1 = {Hex40}", ""),
        ("SHA-256 in hex", $"sha256:{Hex64}", ""),
        ("integrity", $"\"integrity\": \"sha1-{Secret}\"", ""),
        ("public key", $"publicKey = \"{Secret}\"", ""),
        ("part of longer Base64", Any.Characters(400), ""),
        ("padded Base64", $"x = {Secret}==", ""),
        ("documented secret", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", ""),
        ("name", "secretKey = ThisIsTheNameOfAVeryLongResourceInTheApp", ""),
        ("name with a digit", "x = TestAndOpWithSameTypeButWrongReturnType2", ""),
        ("name below a secret", $"{{\"resource\": \"secretkey\"}}\n{{\"name\":\"{Any.Characters(40)}\"}}\n", "PSEC1004"),
        ("path", "secretkey src/main/java/com/example/thing/widget/a", ""),
        ("token of another kind", $"<o:BinarySecurityToken>{Any.Characters(300)}</o:BinarySecurityToken>", ""),
        ("certificate", $"{Dashes}BEGIN CERTIFICATE{Dashes}\n{Body}\n", ""),
        ("encrypted key", $"{Dashes}BEGIN ENCRYPTED PRIVATE KEY{Dashes}\n{Body}\n", ""),
        ("44 characters without the host", $"password: {Smtp}", ""),
        ("no password", "Host=db.abc.eu-west-1.rds.amazonaws.com;Username=app;Integrated Security=true", ""),
        ("password to be filled in", "Host=db.abc.eu-west-1.rds.amazonaws.com;Password=${DB_PASSWORD}", ""),
        ("interpolated password", "$\"Host=db.abc.eu-west-1.rds.amazonaws.com;Password={password};\"", ""),
        ("URI without password", "mongodb://app@d.docdb.eu-west-1.amazonaws.com:27017/", ""),
        ("URI of the documentation", "mongodb://user:<password>@d.docdb.eu-west-1.amazonaws.com:27017/", ""),
        ("plain URL", "https://sqs.eu-west-1.amazonaws.com/111122223333/queue", ""),
        ("HSM read from the environment", "Environment.GetEnvironmentVariable(\"HSM_PASSWORD\")", ""),
        ("HSM passed through", "ENV HSM_PASSWORD ${HSM_PASSWORD}\nARG HSM_PASSWORD\n", ""),
        ("HSM in prose", "Set HSM_PASSWORD to the password of the crypto user.", ""),
        ("HSM in a list of names", "\"HSM_PASSWORD\", \"CLOUDHSM_PIN\", \"x\"", ""),
        ("HSM beside a sentence", "Add(\"HSM_PASSWORD\", \"The password of the crypto user.\")", ""),
        ("HSM left out", "ENV HSM_PASSWORD …\nENV HSM_PASSWORD=...\n", ""),
        ("password left out", "Host=db.abc.eu-west-1.rds.amazonaws.com;Password=…", ""),
        ("HSM in a message", "throw new Error(\"HSM_PASSWORD: missing\"); log(\"HSM_PASSWORD=\" + Hide(x)); log($\"HSM_PASSWORD={x}\");", ""),
        ("HSM from a call", "HSM_PASSWORD=read_secret(name)", ""),
    ];

    public static TheoryData<string> Names() => [.. Shapes.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_shape_gives_its_findings_and_no_other(string name) => Assert.Equal(Of(name).Rules, Scan.Ids(Of(name).Text));

    [Theory]
    [MemberData(nameof(Names))]
    public void Line_ends_do_not_matter(string name)
    {
        string unix = Of(name).Text.ReplaceLineEndings("\n");
        Assert.Equal(Places(unix), Places(unix.ReplaceLineEndings("\r\n")));
    }

    /// <summary>Neither the value nor any part of it that one could search for, nor how long it is.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void No_finding_tells_a_secret(string name)
    {
        foreach (string told in Scan.Text(Of(name).Text).Select(finding => finding.ToString()))
        {
            foreach (string secret in new[] { Secret, Token, Smtp, Bedrock, Password, Body, Hex64 })
            {
                Assert.DoesNotContain(secret[..6], told, StringComparison.Ordinal);
                Assert.DoesNotContain(secret[^6..], told, StringComparison.Ordinal);
            }

            Assert.DoesNotContain(Id, told, StringComparison.Ordinal);
        }

        Assert.All(Scan.Text(Of(name).Text), finding => Assert.True(finding.Length is 0 or 20));
    }

    /// <summary>What git-secrets makes of the same files.</summary>
    [Fact]
    public void The_comparison_is_as_written()
    {
        Assert.SkipUnless(GitSecrets.IsInstalled, GitSecrets.WhySkipped);
        bool[] stopped = GitSecrets.Stops([.. Shapes.Select(shape => shape.Text)]);
        string table = "| shape | provablesec | git-secrets |\n| --- | --- | --- |\n"
            + string.Concat(Shapes.Zip(stopped, (shape, stops) =>
                $"| {(shape.Rules.Length == 0 ? "*harmless:* " : "")}{shape.Name} | {Answer(Scan.Ids(shape.Text).Length > 0, shape.Rules.Length > 0)} | {Answer(stops, shape.Rules.Length > 0)} |\n"))
            + $"| **{Shapes.Count(shape => shape.Rules.Length > 0)} credentials, {Shapes.Count(shape => shape.Rules.Length == 0)} harmless texts** | {Sum(Shapes.Select(shape => Scan.Ids(shape.Text).Length > 0))} | {Sum(stopped)} |\n";
        ComparisonPage.AssertTable("Shapes in files", table);
    }

    private static string Answer(bool found, bool wanted) => found == wanted ? wanted ? "found" : "quiet" : wanted ? "**missed**" : "**false alarm**";

    private static string Sum(IEnumerable<bool> found)
    {
        (bool Found, bool Wanted)[] all = [.. found.Zip(Shapes, (f, shape) => (f, shape.Rules.Length > 0))];
        return $"{all.Count(a => a is (true, true))} found, {all.Count(a => a is (true, false))} false alarms";
    }

    private static (string Name, string Text, string Rules) Of(string name) => Shapes.Single(shape => shape.Name == name);

    private static string[] Places(string text) =>
        [.. Scan.Text(text).Select(finding => $"{text[..finding.Start].Count(c => c == '\n')} {text[..finding.Start].Split('\n')[^1].Length} {finding.Message} {finding.Fingerprint}")];
}
