using System.Globalization;
using System.Text.RegularExpressions;
using ProvableSec.Rules.Tests.Credentials;

namespace ProvableSec.Analyzers.Tests;

/// <summary>Credentials in code, however the code writes them; all are drawn while the test runs.</summary>
public sealed partial class CredentialAnalyzerTests
{
    private static readonly Fresh Any = new(7);
    private static readonly string Id = Any.AccessKeyId(), Secret = Any.SecretKey(), Token = Any.SessionToken(), Password = Any.Password(), Hex = Any.Hex(40);
    private static readonly string IdHead = Id[..4], IdTail = Id[4..], SecretHead = Secret[..17], SecretTail = Secret[17..];
    private static readonly string Apart = string.Concat(Enumerable.Range(0, 20).Select(i => $"int field{i};\n"));
    private const string Host = "db.abc.eu-west-1.rds.amazonaws.com";

    /// <summary>Members of a class, with the diagnostics' line within them and their id.</summary>
    private static readonly (string Name, string Members, string Expected)[] Shapes =
    [
        ("plain", $"object C() => new BasicAWSCredentials(\"{Id}\", \"{Secret}\");", "1 PSEC1001"),
        ("named arguments", $"object C() => new BasicAWSCredentials(secretKey: \"{Secret}\", accessKey: \"{Id}\");", "1 PSEC1001"),
        ("target-typed", $"BasicAWSCredentials C() => new(\"{Id}\", \"{Secret}\");", "1 PSEC1001"),
        ("verbatim", $"object C() => new BasicAWSCredentials(@\"{Id}\", @\"{Secret}\");", "1 PSEC1001"),
        ("raw", $"object C() => new BasicAWSCredentials(\"\"\"{Id}\"\"\", \"\"\"{Secret}\"\"\");", "1 PSEC1001"),
        ("session", $"object C() => new SessionAWSCredentials(\"{Id}\", \"{Secret}\", \"token\");", "1 PSEC1001"),
        ("session with its token", $"object C() => new SessionAWSCredentials(\"{Id}\", \"{Secret}\",\n\"{Token}\");", "1 PSEC1001, 2 PSEC1005"),
        ("client", $"object C() => new AmazonS3Client(\"{Id}\", \"{Secret}\", Amazon.RegionEndpoint.EUWest1);", "1 PSEC1001"),
        ("client with configuration", $"object C() => new AmazonS3Client(\"{Id}\", \"{Secret}\", new AmazonS3Config());", "1 PSEC1001"),
        ("STS client", $"object C() => new AmazonSecurityTokenServiceClient(\"{Id}\", \"{Secret}\");", "1 PSEC1001"),
        ("constants", $"const string K = \"{Id}\";\nconst string S = \"{Secret}\";\nobject C() => new BasicAWSCredentials(K, S);", "1 PSEC1001"),
        ("constants far apart", $"const string User = \"{Id}\";\n{Apart}const string Pass = \"{Secret}\";\nobject C() => new BasicAWSCredentials(User, Pass);", "1 PSEC1001"),
        ("constants far apart, secret first", $"const string Pass = \"{Secret}\";\n{Apart}const string User = \"{Id}\";\nAmazonS3Client C() => new(User, Pass);", "22 PSEC1001"),
        ("constants far apart, not together", $"const string User = \"{Id}\";\n{Apart}const string Other = \"{Secret}\";\nobject C(string s) => new BasicAWSCredentials(User, s);", "1 PSEC1002, 22 PSEC1004"),
        ("readonly fields far apart", $"static readonly string User = \"{Id}\";\n{Apart}static readonly string Pass = \"{Secret}\";\nobject C() => new BasicAWSCredentials(User, Sample.Pass);", "1 PSEC1001"),
        ("readonly fields", $"static readonly string K = \"{Id}\";\nstatic readonly string S = \"{Secret}\";", "1 PSEC1001"),
        ("property", $"string K => \"{Id}\";\nstring S => \"{Secret}\";", "1 PSEC1001"),
        ("array", $"string[] A = [\"{Id}\", \"{Secret}\"];", "1 PSEC1001"),
        ("UTF-8", $"static System.ReadOnlySpan<byte> K => \"{Id}\"u8;", "1 PSEC1002"),
        ("characters escaped", $"const string K = \"{Escaped(IdHead)}\" + \"{IdTail}\";", "1 PSEC1002"),
        ("comment", $"// the key was {Id}\nint x;", "1 PSEC1002"),
        ("split id", $"const string K = \"{IdHead}\" + \"{IdTail}\";", "1 PSEC1002"),
        ("split in three", $"const string K = \"{Id[..3]}\" + (\"{Id[3..9]}\" + \"{Id[9..]}\");", "1 PSEC1002"),
        ("split over constants", $"const string H = \"{IdHead}\";\nconst string K = H + \"{IdTail}\";", "2 PSEC1002"),
        ("interpolated", $"const string H = \"{IdHead}\";\nconst string K = $\"{{H}}{IdTail}\";", "2 PSEC1002"),
        ("both split at the constructor", $"object C() => new BasicAWSCredentials(\"{IdHead}\" + \"{IdTail}\", \"{SecretHead}\" + \"{SecretTail}\");", "1 PSEC1001"),
        ("secret split, id a variable", $"object C(string k) => new BasicAWSCredentials(k, \"{SecretHead}\" +\n\"{SecretTail}\");", "1 PSEC1003"),
        ("secret at the constructor, id a variable", $"object C(string k) => new BasicAWSCredentials(k, \"{Secret}\");", "1 PSEC1003"),
        ("secret through a neutral constant", $"const string N = \"{Secret}\";\nobject C(string k) => new AmazonS3Client(k, N);", "1 PSEC1003"),
        ("environment", $"void M() => System.Environment.SetEnvironmentVariable(\"AWS_SECRET_ACCESS_KEY\", \"{Secret}\");", "1 PSEC1003"),
        ("dictionary", $"object D() => new System.Collections.Generic.Dictionary<string, string> {{ [\"AWS_SECRET_ACCESS_KEY\"] = \"{Secret}\" }};", "1 PSEC1003"),
        ("profile options", $"object P() => new Amazon.Runtime.CredentialManagement.CredentialProfileOptions {{ AccessKey = \"{Id}\", SecretKey = \"{Secret}\" }};", "1 PSEC1001"),
        ("connection string", $"const string C = \"Host={Host};Username=u;Password={Password}\";", "1 PSEC1010"),
        ("connection string, put together", $"const string H = \"{Host}\";\nconst string C = $\"Host={{H}};Password={Password}\";", "2 PSEC1010"),
        ("connection string, added", $"const string C = \"Host={Host};\" + \"Username=u;\" +\n\"Password={Password}\";", "2 PSEC1010"),
        ("HSM", $"void M() => System.Environment.SetEnvironmentVariable(\"HSM_PASSWORD\", \"{Password}\");", "1 PSEC1011"),
        ("environment, split", $"void M() => System.Environment.SetEnvironmentVariable(\"AWS_SECRET_ACCESS_KEY\", \"{SecretHead}\" + \"{SecretTail}\");", "1 PSEC1003"),
        ("environment, name a constant", $"const string N = \"AWS_SECRET\" + \"_ACCESS_KEY\";\nvoid M() => System.Environment.SetEnvironmentVariable(N, \"{Secret}\");", "2 PSEC1003"),
        ("environment, value a constant", $"const string N = \"{Secret}\";\nvoid M() => System.Environment.SetEnvironmentVariable(\"AWS_SECRET_ACCESS_KEY\", N);", "1 PSEC1003"),
        ("dictionary, value a constant", $"const string N = \"{Secret}\";\nvoid M(System.Collections.Generic.IDictionary<string, string> d) => d[\"AWS_SECRET_ACCESS_KEY\"] = N;", "1 PSEC1003"),
        ("dictionary of another name, value a constant", $"const string N = \"{Secret}\";\nvoid M(System.Collections.Generic.IDictionary<string, string> d) => d[\"NAME\"] = N;", "1 PSEC1004"),
        ("environment, HSM, split", $"void M() => System.Environment.SetEnvironmentVariable(\"HSM_PASSWORD\", \"{Password[..5]}\" +\n\"{Password[5..]}\");", "1 PSEC1011"),
        ("dictionary, split", $"object D() => new System.Collections.Generic.Dictionary<string, string> {{ [\"AWS_SECRET_ACCESS_KEY\"] = \"{SecretHead}\" + \"{SecretTail}\" }};", "1 PSEC1003"),
        ("dictionary, added", $"object D() => new System.Collections.Generic.Dictionary<string, string> {{ {{ \"AWS_SECRET_ACCESS_KEY\", $\"{SecretHead}{{\"{SecretTail}\"}}\" }} }};", "1 PSEC1003"),
        ("dictionary of objects, through a constant", $"const string N = \"{SecretHead}\" + \"{SecretTail}\";\nvoid M(System.Collections.Generic.IDictionary<string, object> d) => d.Add(\"AWS_SECRET_ACCESS_KEY\", N);", "1 PSEC1003"),
        ("CDK function", $"class Function {{ public void AddEnvironment(string key, string value) {{ }} }}\nvoid M(Function f) => f.AddEnvironment(\"AWS_SECRET_ACCESS_KEY\", \"{SecretHead}\" + \"{SecretTail}\");", "2 PSEC1003"),
        ("profile options, split", $"object P() => new Amazon.Runtime.CredentialManagement.CredentialProfileOptions {{ SecretKey = \"{SecretHead}\" + \"{SecretTail}\" }};", "1 PSEC1003"),
        ("profile options, both split", $"object P() => new Amazon.Runtime.CredentialManagement.CredentialProfileOptions {{ SecretKey = \"{SecretHead}\" + \"{SecretTail}\",\nAccessKey = \"{Id[..9]}\" + \"{Id[9..]}\" }};", "2 PSEC1001"),
        ("profile options, assigned", $"void P(Amazon.Runtime.CredentialManagement.CredentialProfileOptions o) => o.SecretKey = \"{SecretHead}\" + \"{SecretTail}\";", "1 PSEC1003"),
        ("profile options, token split", $"void P(Amazon.Runtime.CredentialManagement.CredentialProfileOptions o) => o.Token = \"{Token[..9]}\" + \"{Token[9..]}\";", "1 PSEC1005"),
        ("Npgsql, host from elsewhere", $"object C(string h) => new Npgsql.NpgsqlConnection($\"Host={{h}};Username=u;Password={Password}\");", "1 PSEC1010"),
        ("Npgsql, added", $"object C(string h) => new Npgsql.NpgsqlConnection(\"Host=\" + h + \";Password=\" + \"{Password}\");", "1 PSEC1010"),
        ("SqlClient, host from elsewhere", $"const string P = \"{Password}\";\nobject C(string h) => new Microsoft.Data.SqlClient.SqlConnection($\"Server={{h}};User ID=u;Pwd={{P}}\");", "2 PSEC1010"),
        ("older SqlClient", $"object C(string h) => new System.Data.SqlClient.SqlConnection($\"Data Source={{h}};Password={Password}\");", "1 PSEC1010"),
        ("Mongo, host from elsewhere", $"object C(string h) => new MongoDB.Driver.MongoClient($\"mongodb://u:{Password}@{{h}}:27017\");", "1 PSEC1010"),
        ("Mongo, on AWS", $"object C() => new MongoDB.Driver.MongoClient(\"mongodb://u:{Password}@db.docdb.amazonaws.com:27017\");", "1 PSEC1010"),
        ("generated", $"[System.CodeDom.Compiler.GeneratedCode(\"x\", \"1\")]\nstring K => \"{Id}\";", "2 PSEC1002"),

        ("nothing", "object C(string k, string s) => new BasicAWSCredentials(k, s);", ""),
        ("from the environment", "object C() => new BasicAWSCredentials(System.Environment.GetEnvironmentVariable(\"K\"), System.Environment.GetEnvironmentVariable(\"S\"));", ""),
        ("for a local stand-in", "object C() => new BasicAWSCredentials(\"test\", \"test\");", ""),
        ("documented example", "object C() => new BasicAWSCredentials(\"AKIAIOSFODNN7EXAMPLE\", \"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\");", ""),
        ("filler", $"object C() => new BasicAWSCredentials(\"AKIAXXXXXXXXXXXXXXXX\", \"{new string('x', 40)}\");", ""),
        ("another class of that name", $"sealed class Own(string accessKey, string secretKey);\nobject C(string k) => new Own(k, \"{Any.Hex(40)}\");", ""),
        ("constants that are not a key", "const string A = \"AKIA\" + \"abc\";\nconst string B = $\"{A}x\";", ""),
        ("environment of another name", $"void M() => System.Environment.SetEnvironmentVariable(\"BUILD\", \"{Hex[..9]}\" + \"{Hex[9..]}\");", ""),
        ("environment, value from elsewhere", "void M(string s) => System.Environment.SetEnvironmentVariable(\"AWS_SECRET_ACCESS_KEY\", s);", ""),
        ("Npgsql, all from elsewhere", "object C(string h, string p) => new Npgsql.NpgsqlConnection($\"Host={h};Username=u;Password={p}\");", ""),
        ("Npgsql on this machine", $"object C(string d) => new Npgsql.NpgsqlConnection($\"Host=localhost;Database={{d}};Password={Password}\");", ""),
        ("text that no driver takes", $"string C(string h) => $\"Host={{h}};Password={Password}\";", ""),
        ("Mongo, password from elsewhere", "object C(string h, string p) => new MongoDB.Driver.MongoClient($\"mongodb://u:{p}@{h}\");", ""),
        ("password from elsewhere", $"string C(string p) => $\"Host={Host};Password={{p}}\";", ""),
    ];

    public static TheoryData<string> Names() => [.. Shapes.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_shape_gives_its_diagnostics_and_no_other(string name)
    {
        (string _, string members, string expected) = Shapes.Single(shape => shape.Name == name);
        string[] told = Compiled.Diagnostics(("a.cs", Class(members)), ("drivers.cs", SdkStubs.Drivers));
        Assert.Equal(expected, string.Join(", ", told.Select(Short)));
        Assert.All(told, line =>
        {
            foreach (string secret in new[] { Secret, Token, Password, Id })
            {
                Assert.DoesNotContain(secret[..6], line, StringComparison.Ordinal);
                Assert.DoesNotContain(secret[^6..], line, StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public void A_message_is_that_of_the_command()
    {
        string id = Any.AccessKeyId("AKIA", 111_122_223_333);
        Assert.Equal(
            [$"a.cs(4,13): error PSEC1001: Hard-coded access key with its secret: AKIA…{id[16..]}, account 111122223333."],
            Compiled.Diagnostics(("a.cs", Class($"string K = \"{id}\", S = \"{Any.SecretKey()}\";"))));
    }

    /// <summary>What a.cs and b.cs declare, what c.cs does with it, and where the one finding is.</summary>
    [Theory]
    [InlineData("class A {{ internal const string K = \"{0}\"; }}", "class B {{ internal const string S = \"{1}\"; }}", "object C() => new BasicAWSCredentials(A.K, B.S);", "a.cs PSEC1001")]
    [InlineData("class A {{ internal const string S = \"{1}\"; }}", "class B {{ internal const string K = \"{0}\"; }}", "AmazonS3Client C() => new(B.K, A.S);", "b.cs PSEC1001")]
    [InlineData("class A {{ internal const string K = \"{2}\" + \"{3}\"; }}", "class B {{ internal const string S = \"{4}\" + (\"{5}\"); }}", "object C() => new BasicAWSCredentials(A.K, B.S);", "a.cs PSEC1001")]
    [InlineData("class A {{ public static string K => \"{0}\"; }}", "class B {{ public static string S {{ get; }} = \"{1}\"; }}", "object C() {{ return Make(A.K, B.S); }}\nobject Make(string k, string s) => new BasicAWSCredentials(k, s);", "a.cs PSEC1001")]
    [InlineData("class A {{ internal const string K = \"{0}\"; }}", "class B {{ internal const string S = \"{1}\"; }}", "object C() => new Amazon.Runtime.CredentialManagement.CredentialProfileOptions {{ AccessKey = A.K, SecretKey = B.S }};", "a.cs PSEC1001")]
    [InlineData("class A {{ }}", "class B {{ internal const string S = \"{1}\"; }}", "object C() => new BasicAWSCredentials(\"{0}\", B.S);", "c.cs PSEC1001")]
    [InlineData("class A {{ internal const string K = \"{0}\"; }}", "class B {{ }}", "object C() => new BasicAWSCredentials(A.K, \"{1}\");", "a.cs PSEC1001")]
    [InlineData("class A {{ internal const string K = \"{0}\"; }}", "class B {{ internal const string S = \"{1}\"; }}", "object C() => new BasicAWSCredentials(A.K, B.S);\nobject D() => new AmazonS3Client(A.K, B.S);", "a.cs PSEC1001")]
    // Named alike, but another thing: two findings stay two.
    [InlineData("class A {{ internal const string K = \"{0}\"; }}", "class B {{ internal const string S = \"{1}\"; }}", "object C(string S) => new BasicAWSCredentials(A.K, S);", "a.cs PSEC1002, b.cs PSEC1004")]
    [InlineData("class A {{ internal const string K = \"{0}\"; }}", "class B {{ internal const string S = \"{1}\"; }}", "class O {{ public string S; }}\nobject C(O b) => new BasicAWSCredentials(A.K, b.S);", "a.cs PSEC1002, b.cs PSEC1004")]
    public void A_key_whose_parts_are_declared_in_two_files_is_one_finding_at_its_id(string a, string b, string use, string expected)
    {
        string[] told = Compiled.Diagnostics(("a.cs", Filled(a)), ("b.cs", Filled(b)), ("c.cs", Class(Filled(use))));
        Assert.Equal(expected, string.Join(", ", told.Select(line => $"{line[..4]} {line.Split(' ')[2].TrimEnd(':')}")));

        static string Filled(string code) => string.Format(CultureInfo.InvariantCulture, code, Id, Secret, IdHead, IdTail, SecretHead, SecretTail);
    }

    [Theory]
    [InlineData("appsettings.json", "{{ \"AWS\": {{\n \"AccessKey\": \"{0}\",\n \"SecretKey\": \"{1}\" }} }}", 2)]
    [InlineData("web.config", "<x>\n<add key=\"AWSAccessKey\" value=\"{0}\"/>\n<add key=\"AWSSecretKey\" value=\"{1}\"/></x>", 2)]
    [InlineData(".env", "AWS_ACCESS_KEY_ID={0}\nAWS_SECRET_ACCESS_KEY={1}\n", 1)]
    [InlineData("Dockerfile", "FROM x\nENV AWS_ACCESS_KEY_ID={0}\nENV AWS_SECRET_ACCESS_KEY={1}\n", 2)]
    [InlineData("launchSettings.json", "{{ \"environmentVariables\": {{ \"AWS_ACCESS_KEY_ID\": \"{0}\", \"AWS_SECRET_ACCESS_KEY\": \"{1}\" }} }}", 1)]
    public void Additional_files_are_read(string name, string format, int line)
    {
        string told = Assert.Single(Compiled.Diagnostics([(name, string.Format(CultureInfo.InvariantCulture, format, Id, Secret))], withSdk: false));
        Assert.StartsWith($"{name}({line},", told, StringComparison.Ordinal);
        Assert.Contains(" error PSEC1001: ", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_SDK_texts_are_scanned_all_the_same()
    {
        Assert.Contains("PSEC1002", Assert.Single(Compiled.Diagnostics([("a.cs", $"class A {{ const string K = \"{IdHead}\" + \"{IdTail}\"; }}")], withSdk: false)), StringComparison.Ordinal);
        Assert.Equal([], Compiled.Diagnostics([("a.cs", "class A { }")], withSdk: false));
    }

    [Fact]
    public void What_the_list_allows_is_quiet()
    {
        string code = $"class A {{ string K = \"{Id}\"; }}";
        string fingerprint = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes("PSEC1002\n" + Id)));
        Assert.Single(Compiled.Diagnostics(("a.cs", code)));
        Assert.Equal([], Compiled.Diagnostics(("a.cs", code), (".provablesec-allowed", fingerprint + " # a test key\n")));
    }

    private static string Class(string members) => $"using Amazon.Runtime; using Amazon.S3; using Amazon.SecurityToken;\nclass Sample\n{{\n{members}\n}}\n";

    /// <summary>The line within the members, and the id.</summary>
    private static string Short(string line)
    {
        Match match = Diagnostic().Match(line);
        return $"{int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) - 3} {match.Groups[2].Value}";
    }

    private static string Escaped(string text) => string.Concat(text.Select(c => $"\\u{(int)c:x4}"));

    [GeneratedRegex(@"\((\d+),\d+\): \w+ (\w+): ", RegexOptions.CultureInvariant)]
    private static partial Regex Diagnostic();
}
