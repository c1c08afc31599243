using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace ProvableSec.Analyzers.Tests;

/// <summary>Credentials in code, however the code writes them; all are drawn while the test runs.</summary>
public sealed class CredentialAnalyzerTests
{
    private static readonly Fresh Any = new(7);
    private static readonly string Id = Any.AccessKeyId(), Secret = Any.SecretKey(), Token = Any.SessionToken(), Password = Any.Password(), Hex = Any.Hex(40);
    private static readonly string IdHead = Id[..4], IdTail = Id[4..], SecretHead = Secret[..17], SecretTail = Secret[17..];
    private static readonly string Apart = string.Concat(Enumerable.Range(0, 20).Select(i => $"int field{i};\n"));
    private const string Host = "db.abc.eu-west-1.rds.amazonaws.com";

    /// <summary>Members of a class, with a mark at each diagnostic.</summary>
    private static readonly (string Name, string Members)[] Shapes =
    [
        ("plain", $$"""object C() => new BasicAWSCredentials("{|PSEC1001:{{Id}}|}", "{{Secret}}");"""),
        ("named arguments", $$"""object C() => new BasicAWSCredentials(secretKey: "{{Secret}}", accessKey: "{|PSEC1001:{{Id}}|}");"""),
        ("target-typed", $$"""BasicAWSCredentials C() => new("{|PSEC1001:{{Id}}|}", "{{Secret}}");"""),
        ("verbatim", $$"""object C() => new BasicAWSCredentials(@"{|PSEC1001:{{Id}}|}", @"{{Secret}}");"""),
        ("raw", $$""""object C() => new BasicAWSCredentials("""{|PSEC1001:{{Id}}|}""", """{{Secret}}""");""""),
        ("session", $$"""object C() => new SessionAWSCredentials("{|PSEC1001:{{Id}}|}", "{{Secret}}", "token");"""),
        ("session with its token", $$"""
            object C() => new SessionAWSCredentials("{|PSEC1001:{{Id}}|}", "{{Secret}}",
            "{|PSEC1005:|}{{Token}}");
            """),
        ("client", $$"""object C() => new AmazonS3Client("{|PSEC1001:{{Id}}|}", "{{Secret}}", Amazon.RegionEndpoint.EUWest1);"""),
        ("client with configuration", $$"""object C() => new AmazonS3Client("{|PSEC1001:{{Id}}|}", "{{Secret}}", new AmazonS3Config());"""),
        ("STS client", $$"""object C() => new AmazonSecurityTokenServiceClient("{|PSEC1001:{{Id}}|}", "{{Secret}}");"""),
        ("constants", $$"""
            const string K = "{|PSEC1001:{{Id}}|}";
            const string S = "{{Secret}}";
            object C() => new BasicAWSCredentials(K, S);
            """),
        ("constants far apart", $$"""
            const string User = "{|PSEC1001:{{Id}}|}";
            {{Apart}}const string Pass = "{{Secret}}";
            object C() => new BasicAWSCredentials(User, Pass);
            """),
        ("constants far apart, secret first", $$"""
            const string Pass = "{{Secret}}";
            {{Apart}}const string User = "{|PSEC1001:{{Id}}|}";
            AmazonS3Client C() => new(User, Pass);
            """),
        ("constants far apart, not together", $$"""
            const string User = "{|PSEC1002:{{Id}}|}";
            {{Apart}}const string Other = "{|PSEC1004:|}{{Secret}}";
            object C(string s) => new BasicAWSCredentials(User, s);
            """),
        ("readonly fields far apart", $$"""
            static readonly string User = "{|PSEC1001:{{Id}}|}";
            {{Apart}}static readonly string Pass = "{{Secret}}";
            object C() => new BasicAWSCredentials(User, Sample.Pass);
            """),
        ("readonly fields", $$"""
            static readonly string K = "{|PSEC1001:{{Id}}|}";
            static readonly string S = "{{Secret}}";
            """),
        ("property", $$"""
            string K => "{|PSEC1001:{{Id}}|}";
            string S => "{{Secret}}";
            """),
        ("array", $$"""string[] A = ["{|PSEC1001:{{Id}}|}", "{{Secret}}"];"""),
        ("UTF-8", $$"""static System.ReadOnlySpan<byte> K => "{|PSEC1002:{{Id}}|}"u8;"""),
        ("characters escaped", $$"""const string K = "{|PSEC1002:|}{{Escaped(IdHead)}}" + "{{IdTail}}";"""),
        ("comment", $$"""
            // the key was {|PSEC1002:{{Id}}|}
            int x;
            """),
        ("split id", $$"""const string K = "{|PSEC1002:|}{{IdHead}}" + "{{IdTail}}";"""),
        ("split in three", $$"""const string K = {|PSEC1002:"{{Id[..3]}}" + ("{{Id[3..9]}}" + "{{Id[9..]}}")|};"""),
        ("split over constants", $$"""
            const string H = "{{IdHead}}";
            const string K = {|PSEC1002:H + "{{IdTail}}"|};
            """),
        ("interpolated", $$"""
            const string H = "{{IdHead}}";
            const string K = {|PSEC1002:$"{H}{{IdTail}}"|};
            """),
        ("both split at the constructor", $$"""object C() => new BasicAWSCredentials("{|PSEC1001:|}{{IdHead}}" + "{{IdTail}}", "{{SecretHead}}" + "{{SecretTail}}");"""),
        ("secret split, id a variable", $$"""
            object C(string k) => new BasicAWSCredentials(k, "{|PSEC1003:|}{{SecretHead}}" +
            "{{SecretTail}}");
            """),
        ("secret at the constructor, id a variable", $$"""object C(string k) => new BasicAWSCredentials(k, "{|PSEC1003:|}{{Secret}}");"""),
        ("secret through a neutral constant", $$"""
            const string N = "{|PSEC1003:|}{{Secret}}";
            object C(string k) => new AmazonS3Client(k, N);
            """),
        ("environment", $$"""void M() => System.Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "{|PSEC1003:|}{{Secret}}");"""),
        ("dictionary", $$"""object D() => new System.Collections.Generic.Dictionary<string, string> { ["AWS_SECRET_ACCESS_KEY"] = "{|PSEC1003:|}{{Secret}}" };"""),
        ("profile options", $$"""object P() => new Amazon.Runtime.CredentialManagement.CredentialProfileOptions { AccessKey = "{|PSEC1001:{{Id}}|}", SecretKey = "{{Secret}}" };"""),
        ("connection string", $$"""const string C = "Host={{Host}};Username=u;Password={|PSEC1010:|}{{Password}}";"""),
        ("connection string, put together", $$"""
            const string H = "{{Host}}";
            const string C = {|PSEC1010:$"Host={H};Password={{Password}}"|};
            """),
        ("connection string, added", $$"""
            const string C = "Host={{Host}};" + "Username=u;" +
            "Password={|PSEC1010:|}{{Password}}";
            """),
        ("directory", $$"""object C(string u) => new System.Net.NetworkCredential(u, "{|PSEC1019:|}{{Password}}");"""),
        ("directory, a constant", $$"""
            const string P = "{{Password}}";
            object C(string u) => new System.Net.NetworkCredential(u, {|PSEC1019:P|});
            """),
        ("directory, a constant that says so", $$"""
            const string LdapPassword = "{|PSEC1019:|}{{Password}}";
            object C(string u) => new System.Net.NetworkCredential(u, LdapPassword);
            """),
        ("directory, password from elsewhere", "object C(string u, string p) => new System.Net.NetworkCredential(u, p);"),
        ("HSM", $$"""void M() => System.Environment.SetEnvironmentVariable("HSM_PASSWORD", "{|PSEC1011:|}{{Password}}");"""),
        ("environment, split", $$"""void M() => System.Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "{|PSEC1003:|}{{SecretHead}}" + "{{SecretTail}}");"""),
        ("environment, name a constant", $$"""
            const string N = "AWS_SECRET" + "_ACCESS_KEY";
            void M() => System.Environment.SetEnvironmentVariable(N, "{|PSEC1003:|}{{Secret}}");
            """),
        ("environment, value a constant", $$"""
            const string N = "{|PSEC1003:|}{{Secret}}";
            void M() => System.Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", N);
            """),
        ("dictionary, value a constant", $$"""
            const string N = "{|PSEC1003:|}{{Secret}}";
            void M(System.Collections.Generic.IDictionary<string, string> d) => d["AWS_SECRET_ACCESS_KEY"] = N;
            """),
        ("dictionary of another name, value a constant", $$"""
            const string N = "{|PSEC1004:|}{{Secret}}";
            void M(System.Collections.Generic.IDictionary<string, string> d) => d["NAME"] = N;
            """),
        ("environment, HSM, split", $$"""
            void M() => System.Environment.SetEnvironmentVariable("HSM_PASSWORD", {|PSEC1011:"{{Password[..5]}}" +
            "{{Password[5..]}}"|});
            """),
        ("dictionary, split", $$"""object D() => new System.Collections.Generic.Dictionary<string, string> { ["AWS_SECRET_ACCESS_KEY"] = "{|PSEC1003:|}{{SecretHead}}" + "{{SecretTail}}" };"""),
        ("dictionary, added", $$"""object D() => new System.Collections.Generic.Dictionary<string, string> { { "AWS_SECRET_ACCESS_KEY", {|PSEC1003:$"{{SecretHead}}{"{{SecretTail}}"}"|} } };"""),
        ("dictionary of objects, through a constant", $$"""
            const string N = "{|PSEC1003:|}{{SecretHead}}" + "{{SecretTail}}";
            void M(System.Collections.Generic.IDictionary<string, object> d) => d.Add("AWS_SECRET_ACCESS_KEY", N);
            """),
        ("CDK function", $$"""
            class Function { public void AddEnvironment(string key, string value) { } }
            void M(Function f) => f.AddEnvironment("AWS_SECRET_ACCESS_KEY", "{|PSEC1003:|}{{SecretHead}}" + "{{SecretTail}}");
            """),
        ("profile options, split", $$"""object P() => new Amazon.Runtime.CredentialManagement.CredentialProfileOptions { SecretKey = "{|PSEC1003:|}{{SecretHead}}" + "{{SecretTail}}" };"""),
        ("profile options, both split", $$"""
            object P() => new Amazon.Runtime.CredentialManagement.CredentialProfileOptions { SecretKey = "{{SecretHead}}" + "{{SecretTail}}",
            AccessKey = "{|PSEC1001:|}{{Id[..9]}}" + "{{Id[9..]}}" };
            """),
        ("profile options, assigned", $$"""void P(Amazon.Runtime.CredentialManagement.CredentialProfileOptions o) => o.SecretKey = "{|PSEC1003:|}{{SecretHead}}" + "{{SecretTail}}";"""),
        ("profile options, token split", $$"""void P(Amazon.Runtime.CredentialManagement.CredentialProfileOptions o) => o.Token = "{|PSEC1005:|}{{Token[..9]}}" + "{{Token[9..]}}";"""),
        ("Npgsql, host from elsewhere", $$"""object C(string h) => new Npgsql.NpgsqlConnection({|PSEC1010:$"Host={h};Username=u;Password={{Password}}"|});"""),
        ("Npgsql, added", $$"""object C(string h) => new Npgsql.NpgsqlConnection({|PSEC1010:"Host=" + h + ";Password=" + "{{Password}}"|});"""),
        ("SqlClient, host from elsewhere", $$"""
            const string P = "{{Password}}";
            object C(string h) => new Microsoft.Data.SqlClient.SqlConnection({|PSEC1010:$"Server={h};User ID=u;Pwd={P}"|});
            """),
        ("older SqlClient", $$"""object C(string h) => new System.Data.SqlClient.SqlConnection({|PSEC1010:$"Data Source={h};Password={{Password}}"|});"""),
        ("Mongo, host from elsewhere", $$"""object C(string h) => new MongoDB.Driver.MongoClient({|PSEC1010:$"mongodb://u:{{Password}}@{h}:27017"|});"""),
        ("Mongo, on AWS", $$"""object C() => new MongoDB.Driver.MongoClient("mongodb://u:{|PSEC1010:|}{{Password}}@db.docdb.amazonaws.com:27017");"""),
        ("generated", $$"""
            [System.CodeDom.Compiler.GeneratedCode("x", "1")]
            string K => "{|PSEC1002:{{Id}}|}";
            """),

        ("nothing", """object C(string k, string s) => new BasicAWSCredentials(k, s);"""),
        ("from the environment", """object C() => new BasicAWSCredentials(System.Environment.GetEnvironmentVariable("K"), System.Environment.GetEnvironmentVariable("S"));"""),
        ("for a local stand-in", """object C() => new BasicAWSCredentials("test", "test");"""),
        ("documented example", $"""object C() => new BasicAWSCredentials("AKIA{"IOSFODNN7EXAMPLE"}", "wJalrXUtnFEMI/{"K7MDENG/bPxRfiCYEXAMPLEKEY"}");"""),
        ("filler", $"""object C() => new BasicAWSCredentials("AKIA{new string('X', 16)}", "{new string('x', 40)}");"""),
        ("another class of that name", $"""
            sealed class Own(string accessKey, string secretKey);
            object C(string k) => new Own(k, "{Any.Hex(40)}");
            """),
        ("constants that are not a key", """
            const string A = "AKIA" + "abc";
            const string B = $"{A}x";
            """),
        ("environment of another name", $"""void M() => System.Environment.SetEnvironmentVariable("BUILD", "{Hex[..9]}" + "{Hex[9..]}");"""),
        ("environment, value from elsewhere", """void M(string s) => System.Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", s);"""),
        ("Npgsql, all from elsewhere", """object C(string h, string p) => new Npgsql.NpgsqlConnection($"Host={h};Username=u;Password={p}");"""),
        ("Npgsql on this machine", $$"""object C(string d) => new Npgsql.NpgsqlConnection($"Host=localhost;Database={d};Password={{Password}}");"""),
        ("text that no driver takes", $$"""string C(string h) => $"Host={h};Password={{Password}}";"""),
        ("Mongo, password from elsewhere", """object C(string h, string p) => new MongoDB.Driver.MongoClient($"mongodb://u:{p}@{h}");"""),
        ("password from elsewhere", $$"""string C(string p) => $"Host={{Host}};Password={p}";"""),
    ];

    public static TheoryData<string> Names() => [.. Shapes.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Each_shape_gives_its_diagnostics_and_no_other(string name)
    {
        (string _, string members) = Shapes.Single(shape => shape.Name == name);
        return Marked.CheckAsync(Class(members), test =>
        {
            test.TestState.Sources.Add(("drivers.cs", SdkStubs.Drivers));
            // Beyond what no diagnostic of any test shows: the beginning and the end of each secret of these.
            Action<Diagnostic, DiagnosticResult, IVerifier> hidden = test.DiagnosticVerifier!;
            test.DiagnosticVerifier = (diagnostic, result, verifier) =>
            {
                hidden(diagnostic, result, verifier);
                foreach (string secret in new[] { Secret, Token, Password, Id })
                {
                    Assert.DoesNotContain(secret[..6], diagnostic.ToString(), StringComparison.Ordinal);
                    Assert.DoesNotContain(secret[^6..], diagnostic.ToString(), StringComparison.Ordinal);
                }
            };
        });
    }

    [Fact]
    public Task A_message_is_that_of_the_command()
    {
        string id = Any.AccessKeyId("AKIA", 111_122_223_333);
        DiagnosticResult told = new DiagnosticResult("PSEC1001", DiagnosticSeverity.Error).WithLocation(0)
            .WithMessage($"Hard-coded access key with its secret: AKIA…{id[16..]}, account 111122223333.");
        return Marked.CheckAsync(Class($$"""string K = "{|#0:{{id}}|}", S = "{{Any.SecretKey()}}";"""), test => test.ExpectedDiagnostics.Add(told));
    }

    /// <summary>What a.cs and b.cs declare, and what c.cs does with it; the one finding is marked.</summary>
    [Theory]
    [InlineData("""class A {{ internal const string K = "{{|PSEC1001:{0}|}}"; }}""", """class B {{ internal const string S = "{1}"; }}""",
        """object C() => new BasicAWSCredentials(A.K, B.S);""")]
    [InlineData("""class A {{ internal const string S = "{1}"; }}""", """class B {{ internal const string K = "{{|PSEC1001:{0}|}}"; }}""",
        """AmazonS3Client C() => new(B.K, A.S);""")]
    [InlineData("""class A {{ internal const string K = "{{|PSEC1001:|}}{2}" + "{3}"; }}""", """class B {{ internal const string S = "{4}" + ("{5}"); }}""",
        """object C() => new BasicAWSCredentials(A.K, B.S);""")]
    [InlineData("""class A {{ public static string K => "{{|PSEC1001:{0}|}}"; }}""", """class B {{ public static string S {{ get; }} = "{1}"; }}""", """
            object C() {{ return Make(A.K, B.S); }}
            object Make(string k, string s) => new BasicAWSCredentials(k, s);
            """)]
    [InlineData("""class A {{ internal const string K = "{{|PSEC1001:{0}|}}"; }}""", """class B {{ internal const string S = "{1}"; }}""", """object C() => new Amazon.Runtime.CredentialManagement.CredentialProfileOptions {{ AccessKey = A.K, SecretKey = B.S }};""")]
    [InlineData("""class A {{ }}""", """class B {{ internal const string S = "{1}"; }}""",
        """object C() => new BasicAWSCredentials("{{|PSEC1001:{0}|}}", B.S);""")]
    [InlineData("""class A {{ internal const string K = "{{|PSEC1001:{0}|}}"; }}""", """class B {{ }}""",
        """object C() => new BasicAWSCredentials(A.K, "{1}");""")]
    [InlineData("""class A {{ internal const string K = "{{|PSEC1001:{0}|}}"; }}""", """class B {{ internal const string S = "{1}"; }}""", """
            object C() => new BasicAWSCredentials(A.K, B.S);
            object D() => new AmazonS3Client(A.K, B.S);
            """)]
    // Named alike, but another thing: two findings stay two.
    [InlineData("""class A {{ internal const string K = "{{|PSEC1002:{0}|}}"; }}""", """class B {{ internal const string S = "{{|PSEC1004:|}}{1}"; }}""",
        """object C(string S) => new BasicAWSCredentials(A.K, S);""")]
    [InlineData("""class A {{ internal const string K = "{{|PSEC1002:{0}|}}"; }}""", """class B {{ internal const string S = "{{|PSEC1004:|}}{1}"; }}""", """
            class O {{ public string S; }}
            object C(O b) => new BasicAWSCredentials(A.K, b.S);
            """)]
    public Task A_key_whose_parts_are_declared_in_two_files_is_one_finding_at_its_id(string a, string b, string use) =>
        Marked.CheckAsync(Filled(a), test => Marked.With(test, ("b.cs", Filled(b)), ("c.cs", Class(Filled(use)))));

    [Theory]
    [InlineData("appsettings.json", """
            {{ "AWS": {{
             "AccessKey": "{{|PSEC1001:{0}|}}",
             "SecretKey": "{1}" }} }}
            """)]
    [InlineData("web.config", """
            <x>
            <add key="AWSAccessKey" value="{{|PSEC1001:{0}|}}"/>
            <add key="AWSSecretKey" value="{1}"/></x>
            """)]
    [InlineData(".env", """
            AWS_ACCESS_KEY_ID={{|PSEC1001:{0}|}}
            AWS_SECRET_ACCESS_KEY={1}

            """)]
    [InlineData("Dockerfile", """
            FROM x
            ENV AWS_ACCESS_KEY_ID={{|PSEC1001:{0}|}}
            ENV AWS_SECRET_ACCESS_KEY={1}

            """)]
    [InlineData("launchSettings.json", """{{ "environmentVariables": {{ "AWS_ACCESS_KEY_ID": "{{|PSEC1001:{0}|}}", "AWS_SECRET_ACCESS_KEY": "{1}" }} }}""")]
    public Task Additional_files_are_read(string name, string content) => Marked.CheckAsync("class A { }", test =>
    {
        Marked.WithoutSdk(test);
        test.TestState.AdditionalFiles.Add((name, Filled(content)));
    });

    [Fact]
    public async Task Without_the_SDK_texts_are_scanned_all_the_same()
    {
        await Marked.CheckAsync($$"""class A { const string K = "{|PSEC1002:|}{{IdHead}}" + "{{IdTail}}"; }""", Marked.WithoutSdk);
        await Marked.CheckAsync("class A { }", Marked.WithoutSdk);
    }

    [Fact]
    public async Task What_the_list_allows_is_quiet()
    {
        string fingerprint = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes("PSEC1002\n" + Id)));
        await Marked.CheckAsync($$"""class A { string K = "{|PSEC1002:{{Id}}|}"; }""");
        await Marked.CheckAsync($$"""class A { string K = "{{Id}}"; }""",
            test => test.TestState.AdditionalFiles.Add((".provablesec-allowed", fingerprint + " # a test key\n")));
    }

    private static string Filled(string code) => string.Format(CultureInfo.InvariantCulture, code, Id, Secret, IdHead, IdTail, SecretHead, SecretTail);

    private static string Class(string members) => $"using Amazon.Runtime; using Amazon.S3; using Amazon.SecurityToken;\nclass Sample\n{{\n{members}\n}}\n";

    private static string Escaped(string text) => string.Concat(text.Select(c => $"\\u{(int)c:x4}"));
}
