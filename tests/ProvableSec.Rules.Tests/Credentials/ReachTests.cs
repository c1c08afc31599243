namespace ProvableSec.Rules.Tests.Credentials;

/// <summary>
/// How far parts of a credential may be apart, and how long they may be: it is found with as many of a character at the mark as are written, from the first
/// number to the second, and with one fewer or one more it is not.
/// </summary>
public sealed class ReachTests
{
    private const char Mark = '\u00a4';
    private const int Unlimited = int.MaxValue;
    private static readonly Fresh Any = new(20260107);

    /// <summary>What a template's words stand for.</summary>
    private static readonly (string Word, string Value)[] Words =
    [
        ("ID", Any.AccessKeyId()), ("SECRET", Any.SecretKeyWithSigns()), ("PASS", Any.Password()), ("HOST", "db.abc.eu-west-1.rds.amazonaws.com"),
        ("BODY", Any.PrivateKeyBody()), ("LINE", Any.Characters(64)), ("KEY", Any.Characters(43).Replace('/', '_').Replace('+', '-')),
        ("LONG", Any.Characters(300)), ("DASHES", "-----"), ("SMTP", Any.SmtpPassword()), ("HALF", Any.Characters(20)),
    ];

    [Theory]
    [InlineData("PSEC1001", "key={ID}¤secretkey={SECRET}", ' ', 1, 570)]
    [InlineData("PSEC1001", "secretkey={SECRET}¤key={ID}", ' ', 1, 556)]
    [InlineData("PSEC1001", "key={ID}¤secretkey={SECRET}", '\n', 1, 6)]
    [InlineData("PSEC1003", "secret_key¤{SECRET}", ' ', 1, Unlimited)]
    [InlineData("PSEC1003", "secret_key¤{SECRET}", '.', 1, Unlimited)]
    [InlineData("PSEC1003", "x = \"{SECRET}\" #¤ AWS secret", ' ', 0, 146)]
    [InlineData("PSEC1005", "AWS_SESSION_TOKEN=¤", 'c', 100, Unlimited)]
    [InlineData("PSEC1018", "x¤_MasterUserPassword: \"{PASS}\"", '_', 88, Unlimited)]
    [InlineData("PSEC1018", "x¤_docdb_password: \"{PASS}\"", '_', 0, Unlimited)]
    [InlineData("PSEC1018", "MasterUserPassword¤: \"{PASS}\"", ' ', 0, 397)]
    [InlineData("PSEC1018", "MasterUserPassword:¤\"{PASS}\"", ' ', 0, 398)]
    [InlineData("PSEC1018", "MasterUserPassword:¤{PASS}", ' ', 0, 399)]
    [InlineData("PSEC1018", "MasterUserPassword: \"{PASS}¤\"", 'z', 0, 388)]
    [InlineData("PSEC1018", "MasterUserPassword: {PASS}¤\n", 'z', 0, 389)]
    [InlineData("PSEC1018", "MasterUserPassword: \"p¤q\"", 'z', 6, 397)]
    [InlineData("PSEC1018", "{\"name\": \"MasterUserPassword\",¤\"value\": \"{PASS}\"}", ' ', 0, 292)]
    [InlineData("PSEC1018", "{\"name\": \"MasterUserPassword\",¤\"value\": \"{PASS}\"}", '\n', 0, 1)]
    [InlineData("PSEC1018", "{\"value\": \"{PASS}\",¤\"name\": \"MasterUserPassword\"}", ' ', 0, 369)]
    [InlineData("PSEC1018", "{\"value\": \"{PASS}\",¤\"name\": \"MasterUserPassword\"}", '\n', 0, 1)]
    [InlineData("PSEC1018", "name:¤MasterUserPassword\nvalue: {PASS}", ' ', 0, 39)]
    [InlineData("PSEC1018", "--master-user-password¤{PASS}", ' ', 1, 40)]
    [InlineData("PSEC1018", "--master-user-password {PASS}¤", 'z', 0, Unlimited)]
    [InlineData("PSEC1018", "--master-user-password \"{PASS}¤\"", 'z', 0, Unlimited)]
    [InlineData("PSEC1018", "--master-user-password p¤q", 'z', 6, Unlimited)]
    [InlineData("PSEC1018", "aws_db_instance\nuser = a\n¤password = \"{PASS}\"", ' ', 0, 391)]
    [InlineData("PSEC1018", "aws_db_instance\npassword = \"{PASS}\"\n¤user = a", ' ', 0, 394)]
    [InlineData("PSEC1018", "aws_db_instance\nuser = a\n¤password = \"{PASS}\"", '\n', 0, 391)]
    [InlineData("PSEC1018", "aws_db_instance\nuser = a\nx¤password = \"{PASS}\"", '_', 0, 489)]
    [InlineData("PSEC1018", "user = a\npassword = \"{PASS}\"\n¤port = 5439", ' ', 0, 376)]
    [InlineData("PSEC1018", "port = 5439\n¤user = a\npassword = \"{PASS}\"", ' ', 0, 367)]
    [InlineData("PSEC1018", "user = a\npassword = \"{PASS}\"\nport¤= 5439", ' ', 0, 20)]
    [InlineData("PSEC1018", "LoginProfile:¤{ Password: \"{PASS}\" }", ' ', 0, 26)]
    [InlineData("PSEC1018", "LoginProfile\n password: \"{PASS}\"¤", ' ', 0, Unlimited)]
    [InlineData("PSEC1018", "password: \"{PASS}\",¤PasswordResetRequired: true", ' ', 0, 277)]
    [InlineData("PSEC1018", "PasswordResetRequired: true,¤password: \"{PASS}\"", ' ', 0, 373)]
    [InlineData("PSEC1018", "SecretString¤= \"{PASS}\"", ' ', 0, 38)]
    [InlineData("PSEC1018", "SecretString =¤\"{PASS}\"", ' ', 0, 38)]
    [InlineData("PSEC1018", "SecretString = \"{PASS}¤\"", 'z', 0, Unlimited)]
    [InlineData("PSEC1018", "SecretString = \"p¤q\"", 'z', 6, Unlimited)]
    [InlineData("PSEC1018", "SecretString = \"{\\\"password\\\": \\\"{PASS}\\\"¤}\"", ' ', 0, Unlimited)]
    [InlineData("PSEC1018", "elasticache auth_token = \"a¤b\"", 'z', 14, 126)]
    [InlineData("PSEC1018", "elasticache --auth-token¤{PASS}12345", ' ', 1, 40)]
    [InlineData("PSEC1019", "new NetworkCredential(user¤, \"{PASS}\")", ' ', 0, 580)]
    [InlineData("PSEC1019", "new NetworkCredential(user, \"p¤q\")", 'z', 2, 589)]
    [InlineData("PSEC1011", "HSM_PASSWORD:¤{PASS}", ' ', 0, Unlimited)]
    [InlineData("PSEC1011", "login¤ --role crypto-user --password {PASS}", ' ', 0, Unlimited)]
    [InlineData("PSEC1011", "login --role crypto-user ¤--password {PASS}", ' ', 0, 170)]
    [InlineData("PSEC1011", "login --password {PASS} ¤--role crypto-user", ' ', 0, 170)]
    [InlineData("PSEC1011", "login --role crypto-user --password p¤q", 'z', 5, Unlimited)]
    [InlineData("PSEC1011", "loginHSM -u CU ¤ -p {PASS}", ' ', 0, 390)]
    [InlineData("PSEC1011", "loginHSM CU user p¤q", 'z', 5, Unlimited)]
    [InlineData("PSEC1010", "mysql -h {HOST} ¤-p{PASS}", ' ', 0, 1003)]
    [InlineData("PSEC1010", "mysql ¤-h {HOST} -p{PASS}", ' ', 0, 995)]
    [InlineData("PSEC1010", "mysql -p{PASS} ¤-h {HOST}", ' ', 0, 981)]
    [InlineData("PSEC1010", "mysql -h {HOST} -pq¤", 'z', 3, Unlimited)]
    [InlineData("PSEC1010", "mysql -h {HOST} -p1¤", '2', 5, Unlimited)]
    [InlineData("PSEC1010", "Host={HOST};¤Password={PASS}", ' ', 0, 4070)]
    [InlineData("PSEC1010", "Password={PASS};¤Host={HOST}", ' ', 0, 4050)]
    [InlineData("PSEC1010", "Host={HOST};Password¤={PASS}", ' ', 0, 4070)]
    [InlineData("PSEC1010", "DB_HOST={HOST}\n¤DB_PASSWORD={PASS}", '\n', 0, 7)]
    [InlineData("PSEC1010", "DB_PASSWORD={PASS}\n¤DB_HOST={HOST}", '\n', 0, 7)]
    [InlineData("PSEC1010", "DB_HOST={HOST}\n#¤\nDB_PASSWORD={PASS}", 'z', 0, 579)]
    [InlineData("PSEC1010", "DB_PASSWORD={PASS}\n#¤\nDB_HOST={HOST}", 'z', 0, 549)]
    [InlineData("PSEC1010", "{ \"Host\": \"{HOST}\",¤\"Password\": \"{PASS}\" }", ' ', 0, 8149)]
    [InlineData("PSEC1010", "{ \"Password\": \"{PASS}\",¤\"Host\": \"{HOST}\" }", ' ', 0, 8135)]
    [InlineData("PSEC1010", "DB_HOST={HOST}\nx¤.password={PASS}", 'x', 0, 198)]
    [InlineData("PSEC1009", "{DASHES}BEGIN PRIVATE KEY{DASHES}¤{BODY}", ' ', 0, 100)]
    [InlineData("PSEC1009", "{DASHES}BEGIN¤ PRIVATE KEY{DASHES}\n{BODY}", 'z', 0, 0)]
    [InlineData("PSEC1009", "{DASHES}BEGIN ¤ PRIVATE KEY{DASHES}\n{BODY}", 'Z', 0, 36)]
    [InlineData("PSEC1009", "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n¤Private-Lines: 2\n{LINE}", ' ', 0, 4034)]
    [InlineData("PSEC1009", "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nPrivate-Lines: 2¤\n{LINE}", ' ', 0, 17)]
    [InlineData("PSEC1009", "<RSAKeyValue>¤<D>{LINE}</D></RSAKeyValue>", ' ', 0, 8177)]
    [InlineData("PSEC1009", "<RSAKeyValue><D>¤{LINE}</D></RSAKeyValue>", ' ', 0, 80)]
    [InlineData("PSEC1009", "{\"kty\": \"oct\",¤\"k\": \"{KEY}\"}", ' ', 0, 8177)]
    [InlineData("PSEC1009", "{\"k\": \"{KEY}\",¤\"kty\": \"oct\"}", ' ', 0, 8140)]
    [InlineData("PSEC1009", "{\"kty\": \"oct\", \"k\": \"¤\"}", 'z', 22, 399)]
    [InlineData("PSEC1004", "x = \"vault:v1:¤{SECRET}", ':', 1, Unlimited)]
    [InlineData("PSEC1004", "{LINE}¤{SECRET}¤{DASHES}END", ' ', 41, Unlimited)]
    [InlineData("PSEC1004", "x = \"{SECRET}\"¤-----END", ' ', 40, Unlimited)]
    [InlineData("PSEC1004", "¤\n{SECRET}\n", 'c', 0, 56)]
    [InlineData("PSEC1008", "smtp_password¤{SMTP}", ' ', 1, 47)]
    [InlineData("PSEC1002", "var id = \"{ID}\";¤", ' ', 0, Unlimited)]
    [InlineData("PSEC1003", "secret_key = \"{HALF}\"¤+ \"{HALF}\"", ' ', 0, 200)]
    [InlineData("PSEC1003", "secret_key = \"{HALF}\" +¤\"{HALF}\"", ' ', 0, 200)]
    [InlineData("PSEC1003", "AWS_SECRET_ACCESS_KEY={HALF}\\\n¤{HALF}", ' ', 0, 199)]
    [InlineData("PSEC1010", "\"Host={HOST};\"¤+ \"Password={PASS}\"", ' ', 0, 200)]
    [InlineData("PSEC1010", "\"Host={HOST};¤\" + \"Password={PASS}\"", 'z', 0, 0)]
    [InlineData("PSEC1010", "\"Password={PASS};\" + \"¤Host={HOST}\"", 'z', 0, 361)]
    [InlineData("PSEC1017", "{\"startUrl\": \"https://corp.awsapps.com/start\",¤\"accessToken\": \"{LONG}\"}", ' ', 0, 4035)]
    [InlineData("PSEC1017", "{\"accessToken\": \"{LONG}\",¤\"startUrl\": \"https://corp.awsapps.com/start\"}", ' ', 0, 3751)]
    public void A_credential_is_found_within_its_reach(string rule, string template, char filler, int least, int most)
    {
        Assert.True(IsFound(rule, template, filler, least), $"not with {least}");
        Assert.False(least > 0 && IsFound(rule, template, filler, least - 1), $"with {least - 1} too");
        Assert.True(IsFound(rule, template, filler, most == Unlimited ? least + 8_000 : most), $"not with {most}");
        Assert.False(most != Unlimited && IsFound(rule, template, filler, most + 1), $"with {most + 1} too");
    }

    private static bool IsFound(string rule, string template, char filler, int count) =>
        Scan.Ids(Words.Aggregate(template, (made, word) => made.Replace($"{{{word.Word}}}", word.Value, StringComparison.Ordinal))
            .Replace(Mark.ToString(), new string(filler, count), StringComparison.Ordinal)).Split(' ').Contains(rule);
}
