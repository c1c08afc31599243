namespace ProvableSec.Rules.Tests.Credentials;

/// <summary>
/// What detectors look for, at its boundaries: every prefix and word of a list, every form of a line's end, and distances on both sides of their limit.
/// </summary>
public sealed class BoundaryTests
{
    private static readonly Fresh Any = new(20260105);
    private static readonly string Id = Any.AccessKeyId(), Secret = Any.SecretKey(), Password = Any.Password(), Body = Any.PrivateKeyBody();
    private const string Dashes = "-----";

    [Theory]
    [InlineData("AKIA", true)]
    [InlineData("ASIA", true)]
    [InlineData("ABIA", true)]
    [InlineData("ACCA", true)]
    [InlineData("AKIB", false)]
    [InlineData("ASIB", false)]
    [InlineData("AROA", false)]
    [InlineData("AIDA", false)]
    [InlineData("BKIA", false)]
    [InlineData("aKIA", false)]
    public void An_access_key_id_begins_in_one_of_these_ways(string prefix, bool found) =>
        Assert.Equal(found, Scan.Ids($"id = {Any.AccessKeyId(prefix)} #").Split(' ').Any(rule => rule is "PSEC1001" or "PSEC1002" or "PSEC1012"));

    /// <summary>The value stands at the end of its line, however that ends, and behind the line before.</summary>
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("")]
    public void A_value_ends_with_its_line(string end)
    {
        string before = end.Length == 0 ? "\n" : end;
        Assert.Equal("PSEC1003", Scan.Ids($"a=b{before}AWS_SECRET_ACCESS_KEY={Secret}{end}"));
        Assert.Equal("PSEC1002", Scan.Ids($"a=b{before}{Id}{end}"));
        Assert.Equal("PSEC1001", Scan.Ids($"aws_access_key_id={Id}{before}aws_secret_access_key={Secret}{end}"));
        Assert.Equal("PSEC1005", Scan.Ids($"x{before}AWS_SESSION_TOKEN={Any.SessionToken()}{end}"));
        Assert.Equal("PSEC1006", Scan.Ids($"x{before}{Any.PresignedUrl("20260701T000000Z")}{end}"));
        Assert.Equal("PSEC1007", Scan.Ids($"x{before}AWS_BEARER_TOKEN_BEDROCK={Any.BedrockKey()}{end}"));
        Assert.Equal("PSEC1009",
            Scan.Ids($"x{before}{Dashes}BEGIN RSA PRIVATE KEY{Dashes}{before}{Body.Replace("\n", before, StringComparison.Ordinal)}{end}"));
        Assert.Equal("PSEC1010", Scan.Ids($"x{before}Host=db.abc.eu-west-1.rds.amazonaws.com;Username=app;Password={Password}{end}"));
        Assert.Equal("PSEC1011", Scan.Ids($"FROM x{before}ENV HSM_PASSWORD {Password}{end}"));
    }

    /// <summary>As the file of a process's environment holds them.</summary>
    [Fact]
    public void A_value_ends_at_a_zero_byte() =>
        Assert.Equal("PSEC1001", Scan.Ids($"A=b\0AWS_ACCESS_KEY_ID={Id}\0AWS_SECRET_ACCESS_KEY={Secret}\0HOME=/root\0"));

    [Fact]
    public void A_password_that_a_shell_puts_in_is_not_written_down()
    {
        Assert.Equal("PSEC1010", Scan.Ids($"Host=db.abc.eu-west-1.rds.amazonaws.com;Username=app;Password={Password}"));
        Assert.Equal("", Scan.Ids($"Host=db.abc.eu-west-1.rds.amazonaws.com;Username=app;Password={Password}$(cat x)"));
    }

    [Fact]
    public void Each_of_two_keys_in_XML_is_shown_from_its_own_element()
    {
        string Key() => $"<RSAKeyValue><Modulus>{Any.Characters(342)}==</Modulus><Exponent>AQAB</Exponent><D>{Any.Characters(342)}==</D></RSAKeyValue>\n";
        string first = Key(), second = Key();
        Assert.Equal([first.IndexOf("RSAKeyValue", StringComparison.Ordinal), first.Length + second.IndexOf("RSAKeyValue", StringComparison.Ordinal)],
            Scan.Text(first + second).Select(finding => finding.Start));
    }

    [Theory]
    [InlineData(":-", "PSEC1011")]
    [InlineData(":?", "")]
    [InlineData("?", "")]
    public void Behind_a_variable_is_its_default_or_a_message(string sign, string expected) =>
        Assert.Equal(expected, Scan.Ids($"      HSM_PASSWORD: ${{HSM_PASSWORD{sign}{Password}}}\n"));

    [Theory]
    [InlineData(6, true)]
    [InlineData(7, false)]
    public void A_pair_is_at_most_six_lines_apart(int lines, bool together)
    {
        string between = string.Concat(Enumerable.Repeat("\n", lines));
        Assert.Equal(together, Scan.Ids($"aws_access_key_id={Id}{between}aws_secret_access_key={Secret}").Contains("PSEC1001", StringComparison.Ordinal));
        Assert.Equal(together, Scan.Ids($"aws_secret_access_key={Secret}{between}aws_access_key_id={Id}").Contains("PSEC1001", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(560, true)]
    [InlineData(640, false)]
    public void A_pair_is_at_most_some_hundred_characters_apart(int characters, bool together)
    {
        string between = new(' ', characters);
        Assert.Equal(together, Scan.Ids($"key={Id}{between}secretkey={Secret}").Contains("PSEC1001", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("awscredentials")]
    [InlineData("secret_access_key")]
    [InlineData("AWS-Secret")]
    [InlineData("secretKey")]
    [InlineData("s3.secret")]
    [InlineData("amazon secret")]
    public void Each_word_for_a_secret_key_names_one(string label) => Assert.Equal("PSEC1003", Scan.Ids($"{label} = {Secret}\n"));

    [Theory]
    [InlineData("session_token")]
    [InlineData("x-amz-security-token")]
    [InlineData("AwsSecurityToken")]
    public void Each_word_for_a_session_token_names_one(string label) => Assert.Equal("PSEC1005", Scan.Ids($"{label} = {Any.Characters(300)}\n"));

    [Theory]
    [InlineData("sha1")]
    [InlineData("integrity")]
    [InlineData("hash")]
    [InlineData("digest")]
    [InlineData("checksum")]
    [InlineData("publicKey")]
    [InlineData("fingerprint")]
    [InlineData("signature")]
    [InlineData("thumbprint")]
    [InlineData("ssh-rsa")]
    [InlineData("ssh-ed")]
    [InlineData("etag")]
    [InlineData("certificate")]
    [InlineData("base64")]
    [InlineData("data")]
    [InlineData("nonce")]
    public void Each_word_for_what_is_no_secret_keeps_quiet(string label)
    {
        Assert.Equal("", Scan.Ids($"{label} = \"{Secret}\"\n"));
        Assert.Equal("PSEC1004", Scan.Ids($"thing = \"{Secret}\"\n"));
    }

    [Theory]
    [InlineData("MasterUserPassword")]
    [InlineData("master_user_password")]
    [InlineData("MasterPassword")]
    [InlineData("admin_user_password")]
    [InlineData("AdminUserPassword")]
    public void Each_parameter_that_takes_a_password_is_known(string name)
    {
        Assert.Equal("PSEC1018", Scan.Ids($"{name}: \"{Password}\"\n"));
        Assert.Equal("", Scan.Ids($"{name}Hint: \"{Password}\"\n"));
    }

    /// <summary>What is to be filled in, by one word or with words beside it; a word more makes it a password.</summary>
    [Theory]
    [InlineData("password")]
    [InlineData("undefined")]
    [InlineData("changeme")]
    [InlineData("redacted")]
    [InlineData("placeholder")]
    [InlineData("replace-me")]
    [InlineData("REPLACE_WITH_REAL_PASSWORD")]
    [InlineData("change-before-deploy")]
    [InlineData("insert_your_key_here")]
    [InlineData("enter-the-db-password")]
    [InlineData("fill.in.later")]
    [InlineData("put_secret_here")]
    [InlineData("to-be-set")]
    [InlineData("todo-strong-password")]
    [InlineData("fixme_master_password")]
    [InlineData("tbd-by-admin")]
    [InlineData("hidden-value")]
    [InlineData("masked_token")]
    [InlineData("removed-pass")]
    [InlineData("omitted-pwd")]
    [InlineData("dummy-password")]
    [InlineData("set-own-passwd")]
    [InlineData("your-password")]
    [InlineData("my-password1")]
    [InlineData("aaaaaaaaaa")]
    [InlineData("__PASSWORD__")]
    [InlineData("@@db.password@@")]
    [InlineData("ENC[AES256_GCM]")]
    [InlineData("%PASSWORD%")]
    [InlineData("#{password}#")]
    [InlineData("a{{password}}")]
    [InlineData("x{name}yyyy")]
    [InlineData("<password>")]
    [InlineData("********")]
    public void What_is_to_be_filled_in_is_no_password(string value)
    {
        Assert.Equal("", Scan.Ids($"MasterUserPassword: \"{value}\"\n"));
        Assert.Equal("PSEC1018",
            Scan.Ids($"MasterUserPassword: \"Q7-{value.Replace("{", "", StringComparison.Ordinal).Replace("<", "", StringComparison.Ordinal).Replace("ENC[", "", StringComparison.Ordinal).Trim('_', '@', '%', '*', '#')}-9zKx\"\n"));
    }

    /// <summary>A value without quotes in a file of settings: with spaces around the sign it may be code, and looks more like a name.</summary>
    [Theory]
    [InlineData("aaaaaaa1", true, false)]
    [InlineData("aaaaaaa!", true, true)]
    [InlineData("aaaaaaaB", false, false)]
    [InlineData("AAAAAAA1", true, false)]
    [InlineData("Aaaaaaa1", true, true)]
    [InlineData("aaaaaaaa_1", true, false)]
    [InlineData("aaaa.aaa1", false, false)]
    [InlineData("1aaa.aaaB", true, true)]
    public void A_value_without_quotes_is_told_from_a_name_by_its_characters(string value, bool close, bool spaced)
    {
        Assert.Equal(close ? "PSEC1010" : "", Scan.Ids($"DB_HOST=db.abc.eu-west-1.rds.amazonaws.com\nDB_PASSWORD={value}\n"));
        Assert.Equal(spaced ? "PSEC1010" : "", Scan.Ids($"DB_HOST=db.abc.eu-west-1.rds.amazonaws.com\nDB_PASSWORD = {value}\n"));
    }

    [Theory]
    [InlineData(44, false)]
    [InlineData(47, false)]
    [InlineData(48, true)]
    [InlineData(49, true)]
    public void A_line_of_Base64_goes_on_in_the_next_where_it_is_full(int length, bool goesOn)
    {
        // The ID is cut in two by the line's end.
        string wrapped = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"AWS_ACCESS_KEY_ID={Id}\n{new string('x', 100)}\n"));
        Assert.Equal(goesOn ? "PSEC1002" : "", Scan.Ids($"UserData: |\n  {wrapped[..length]}\n  {wrapped[length..]}\n"));
    }

    /// <summary>The backslash of the quote that ends it is not part of it.</summary>
    [Theory]
    [InlineData("password")]
    [InlineData("changeme")]
    [InlineData("__PASSWORD__")]
    [InlineData("REPLACE_ME")]
    [InlineData("********")]
    public void What_is_to_be_filled_in_may_stand_in_escaped_quotes(string value)
    {
        Assert.Equal("", Scan.Ids($"{{\\\"HSM_PASSWORD\\\": \\\"{value}\\\"}}"));
        Assert.Equal("", Scan.Ids($"{{\\\"MasterUserPassword\\\": \\\"{value}\\\"}}"));
        Assert.Equal("PSEC1011", Scan.Ids($"{{\\\"HSM_PASSWORD\\\": \\\"{Password}\\\"}}"));
        Assert.Equal("PSEC1018", Scan.Ids($"{{\\\"MasterUserPassword\\\": \\\"{Password}\\\"}}"));
    }

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    public void A_password_has_eight_characters(int length, bool found) =>
        Assert.Equal(found, Scan.Ids($"MasterUserPassword: \"{Any.Password()[..length]}\"\n").Length > 0);

    [Theory]
    [InlineData("name", "value")]
    [InlineData("key", "value")]
    [InlineData("ParameterKey", "ParameterValue")]
    [InlineData("parameterName", "paramValue")]
    [InlineData("paramName", "paramValue")]
    [InlineData("OptionName", "OptionValue")]
    [InlineData("variable", "default")]
    [InlineData("env", "stringValue")]
    [InlineData("id", "string")]
    public void A_name_and_its_value_are_members_of_one_object(string name, string value)
    {
        Assert.Equal("PSEC1003", Scan.Ids($"{{\"{name}\": \"AWS_SECRET_ACCESS_KEY\", \"{value}\": \"{Secret}\"}}"));
        Assert.Equal("PSEC1003", Scan.Ids($"{{\"{value}\": \"{Secret}\", \"{name}\": \"AWS_SECRET_ACCESS_KEY\"}}"));
    }
}
