namespace ProvableSec.Analyzers.Tests;

/// <summary>What the repairs make of code, which then compiles; credentials are drawn while the test runs.</summary>
public sealed class CodeFixTests
{
    private const string DefaultChain = "DefaultCredentialsRepair", Role = "AssumedRoleRepair", Retrieval = "SecretRetrievalRepair", Regional =
        "RegionalStsRepair", Fallback = "FallbackRepair";
    private const string Region = "FallbackRegionFactory.GetRegionEndpoint()";
    private const string Found = "Amazon.Runtime.Credentials.DefaultAWSCredentialsIdentityResolver.GetCredentials()";
    private const string Assumed = $"new AssumeRoleAWSCredentials({Found}, System.Environment.GetEnvironmentVariable(\"AWS_ROLE_ARN\"), \"TestProject\")";
    private const string Call = "new Amazon.SecretsManager.AmazonSecretsManagerClient().GetSecretValueAsync(new Amazon.SecretsManager.Model.GetSecretValueRequest { SecretId = System.Environment.GetEnvironmentVariable(\"CONNECTION_STRING_SECRET_ARN\") })";
    private const string Read = Call + ".GetAwaiter().GetResult().SecretString";
    private static readonly Fresh Any = new(11);
    private static readonly string Id = Any.AccessKeyId(), Secret = Any.SecretKey(), Token = Any.SessionToken();
    private static readonly string Password = Any.Password(), Connection = $"Host=db.abc.eu-west-1.rds.amazonaws.com;Username=app;Password={Password}";

    private const string Configured = "\nreadonly System.Collections.Generic.Dictionary<string, string> Config = new();";
    private const string Getter = "\nstatic string GetValue(string name) => name; static string GetValue(string name, string other) => other;";

    private static readonly (string Name, string Key, string Before, string After)[] Shapes =
    [
        ("client", DefaultChain,
            $$"""object C() => new AmazonS3Client("{|PSEC1001:{{Id}}|}", "{{Secret}}");""",
            """object C() => new AmazonS3Client();"""),
        ("client with a Region", DefaultChain,
            $$"""object C() => new AmazonS3Client("{|PSEC1001:{{Id}}|}", "{{Secret}}", Amazon.RegionEndpoint.EUWest1);""",
            """object C() => new AmazonS3Client(Amazon.RegionEndpoint.EUWest1);"""),
        ("client with configuration", DefaultChain,
            $$"""object C() => new AmazonS3Client("{|PSEC1001:{{Id}}|}", "{{Secret}}", new AmazonS3Config { ForcePathStyle = true });""",
            """object C() => new AmazonS3Client(new AmazonS3Config { ForcePathStyle = true });"""),
        ("client with a token", DefaultChain,
            $$"""object C() => new AmazonS3Client("{|PSEC1001:{{Id}}|}", "{{Secret}}", "{|PSEC1005:|}{{Token}}", Amazon.RegionEndpoint.EUWest1);""",
            """object C() => new AmazonS3Client(Amazon.RegionEndpoint.EUWest1);"""),
        ("client, named arguments", DefaultChain,
            $$"""object C() => new AmazonSecurityTokenServiceClient(region: Amazon.RegionEndpoint.EUWest1, awsSecretAccessKey: "{{Secret}}", awsAccessKeyId: "{|PSEC1001:{{Id}}|}");""",
            """object C() => new AmazonSecurityTokenServiceClient(region: Amazon.RegionEndpoint.EUWest1);"""),
        ("client, target-typed", DefaultChain,
            $$"""AmazonS3Client C() => new("{|PSEC1001:{{Id}}|}", "{{Secret}}");""",
            """AmazonS3Client C() => new();"""),
        ("client of SQS", DefaultChain,
            $$"""object C() => new Amazon.SQS.AmazonSQSClient("{|PSEC1001:{{Id}}|}", "{{Secret}}");""",
            """object C() => new Amazon.SQS.AmazonSQSClient();"""),
        ("client with credentials", DefaultChain,
            $$"""object C() => new AmazonS3Client(new BasicAWSCredentials("{|PSEC1001:{{Id}}|}", "{{Secret}}"), Amazon.RegionEndpoint.EUWest1);""",
            """object C() => new AmazonS3Client(Amazon.RegionEndpoint.EUWest1);"""),
        ("client with session credentials", DefaultChain,
            $$"""object C() => new AmazonS3Client(new SessionAWSCredentials("{|PSEC1001:{{Id}}|}", "{{Secret}}", "{|PSEC1005:|}{{Token}}"));""",
            """object C() => new AmazonS3Client();"""),
        ("credentials", DefaultChain,
            $$"""object C() => new BasicAWSCredentials("{|PSEC1001:{{Id}}|}", "{{Secret}}");""",
            $"""object C() => {Found};"""),
        ("credentials in a variable", DefaultChain,
            $$"""void M() { var c = new BasicAWSCredentials("{|PSEC1001:{{Id}}|}", "{{Secret}}"); c.GetCredentials(); }""",
            $$"""void M() { var c = {{Found}}; c.GetCredentials(); }"""),
        ("credentials in a typed field", DefaultChain,
            $$"""readonly BasicAWSCredentials c = new("{|PSEC1001:{{Id}}|}", "{{Secret}}");""",
            $"""readonly AWSCredentials c = {Found};"""),
        ("split", DefaultChain,
            $$"""object C() => new AmazonS3Client("{|PSEC1001:|}{{Id[..4]}}" + "{{Id[4..]}}", "{{Secret[..9]}}" + "{{Secret[9..]}}");""",
            """object C() => new AmazonS3Client();"""),
        ("ID from elsewhere", DefaultChain,
            $$"""object C(string id) => new AmazonS3Client(id, "{|PSEC1003:|}{{Secret}}");""",
            """object C(string id) => new AmazonS3Client();"""),
        ("constants", DefaultChain,
            $$"""
                int x;
                const string K = "{|PSEC1001:{{Id}}|}";
                const string S = "{{Secret}}";
                object C() => new AmazonS3Client(K, S);
                """,
            """
                int x;
                object C() => new AmazonS3Client();
                """),
        ("constants of one declaration", DefaultChain,
            $$"""
                int x;
                const string K = "{|PSEC1001:{{Id}}|}", S = "{{Secret}}";
                object C() => new AmazonS3Client(K, S);
                """,
            """
                int x;
                object C() => new AmazonS3Client();
                """),
        ("constants, twice", DefaultChain,
            $$"""
                int x;
                const string K = "{|PSEC1001:{{Id}}|}";
                const string S = "{{Secret}}";
                object C() => new AmazonS3Client(K, S);
                object D() => new Amazon.SQS.AmazonSQSClient(K, S);
                """,
            """
                int x;
                object C() => new AmazonS3Client();
                object D() => new Amazon.SQS.AmazonSQSClient();
                """),
        ("credentials by a role", Role,
            $$"""object C() => new BasicAWSCredentials("{|PSEC1001:{{Id}}|}", "{{Secret}}");""",
            $"""object C() => {Assumed};"""),
        ("credentials of a client by a role", Role,
            $$"""object C() => new AmazonS3Client(new SessionAWSCredentials("{|PSEC1001:{{Id}}|}", "{{Secret}}", "{|PSEC1005:|}{{Token}}"));""",
            $"""object C() => new AmazonS3Client({Assumed});"""),
        ("credentials in a typed field by a role", Role,
            $$"""readonly BasicAWSCredentials c = new("{|PSEC1001:{{Id}}|}", "{{Secret}}");""",
            $"""readonly AWSCredentials c = {Assumed};"""),
        ("connection string", Retrieval,
            $$"""string C() => "Host=db.abc.eu-west-1.rds.amazonaws.com;Username=app;Password={|PSEC1010:|}{{Password}}";""",
            $"""string C() => {Read};"""),
        ("connection string, constant field", Retrieval,
            $$"""private const string C = "Host=db.abc.eu-west-1.rds.amazonaws.com;Username=app;Password={|PSEC1010:|}{{Password}}";""",
            $"""private static readonly string C = {Read};"""),
        ("connection string, constant local", Retrieval,
            $$"""
                string M()
                {
                    const string c = "Host=db.abc.eu-west-1.rds.amazonaws.com;Username=app;Password={|PSEC1010:|}{{Password}}";
                    return c;
                }
                """,
            $$"""
                string M()
                {
                    string c = {{Read}};
                    return c;
                }
                """),
        ("connection string, added", Retrieval,
            $$"""string C() => "Host=db.ab" + "c.eu-west-1.rds.amazonaws.com;Username=app;Password={|PSEC1010:|}{{Password}}";""",
            $"""string C() => {Read};"""),
        ("connection string, interpolated", Retrieval,
            $$"""string C(string user) => $"Host=db.abc.eu-west-1.rds.amazonaws.com;Username=app;Password={|PSEC1010:|}{{Password}};Keepalive={user}";""",
            $"""string C(string user) => {Read};"""),
        ("connection string, asynchronous", Retrieval,
            $$"""
                async System.Threading.Tasks.Task<string> C()
                {
                    await System.Threading.Tasks.Task.Yield();
                    return "Host=db.abc.eu-west-1.rds.amazonaws.com;Username=app;Password={|PSEC1010:|}{{Password}}";
                }
                """,
            $$"""
                async System.Threading.Tasks.Task<string> C()
                {
                    await System.Threading.Tasks.Task.Yield();
                    return (await {{Call}}).SecretString;
                }
                """),
        ("STS at the global endpoint", Regional,
            """object C() => new AmazonSecurityTokenServiceConfig { {|PSEC1014:ServiceURL = "https://sts.amazonaws.com"|} };""",
            $$"""object C() => new AmazonSecurityTokenServiceConfig { RegionEndpoint = {{Region}} };"""),
        ("STS at the global endpoint, assigned", Regional,
            """void M(AmazonSecurityTokenServiceConfig c) { {|PSEC1014:c.ServiceURL = "https://sts.amazonaws.com/"|}; }""",
            $$"""void M(AmazonSecurityTokenServiceConfig c) { c.RegionEndpoint = {{Region}}; }"""),
        ("STS as version 3 called it", Regional,
            """object C() => new Version3Config { StsRegionalEndpoints = {|PSEC1014:StsRegionalEndpointsValue.Legacy|} };""",
            """object C() => new Version3Config { StsRegionalEndpoints = StsRegionalEndpointsValue.Regional };"""),
        ("STS without a Region", Regional,
            """object C() => new AmazonSecurityTokenServiceClient({|PSEC1014:(Amazon.RegionEndpoint)null|});""",
            $"""object C() => new AmazonSecurityTokenServiceClient({Region});"""),
        ("STS without a Region, configured", Regional,
            """object C() => new AmazonSecurityTokenServiceConfig { RegionEndpoint = {|PSEC1014:null|} };""",
            $$"""object C() => new AmazonSecurityTokenServiceConfig { RegionEndpoint = {{Region}} };"""),
        ("fallback of configuration", Fallback,
            $$"""object C() => new BasicAWSCredentials(Config["Id"] ?? "{|PSEC1001:{{Id}}|}", Config["Secret"] ?? "{{Secret}}");{{Configured}}""",
            $"""object C() => new BasicAWSCredentials(Config["Id"], Config["Secret"]);{Configured}"""),
        ("fallback of the environment", Fallback,
            $$"""object C() => new AmazonS3Client(System.Environment.GetEnvironmentVariable("ID") ?? "{|PSEC1001:{{Id}}|}", System.Environment.GetEnvironmentVariable("KEY") ?? ("{{Secret}}"));""",
            """object C() => new AmazonS3Client(System.Environment.GetEnvironmentVariable("ID"), System.Environment.GetEnvironmentVariable("KEY"));"""),
        ("fallback after another", Fallback,
            $$"""object C() => new AmazonS3Client(System.Environment.GetEnvironmentVariable("ID") ?? Config["Id"] ?? "{|PSEC1001:{{Id}}|}", Config["Secret"] ?? "{{Secret}}");{{Configured}}""",
            $"""object C() => new AmazonS3Client(System.Environment.GetEnvironmentVariable("ID") ?? Config["Id"], Config["Secret"]);{Configured}"""),
        ("default of a getter", Fallback,
            $$"""object C() => new AmazonS3Client(GetValue("Id", "{|PSEC1001:{{Id}}|}"), GetValue("Secret", "{{Secret}}"));{{Getter}}""",
            $"""object C() => new AmazonS3Client(GetValue("Id"), GetValue("Secret"));{Getter}"""),
        ("fallback of variables", Fallback,
            $$"""object C() { var id = Config["Id"] ?? "{|PSEC1001:{{Id}}|}"; var secret = Config["Secret"] ?? "{{Secret}}"; return new AmazonS3Client(id, secret); }{{Configured}}""",
            $$"""object C() { var id = Config["Id"]; var secret = Config["Secret"]; return new AmazonS3Client(id, secret); }{{Configured}}"""),
    ];

    public static TheoryData<string> Names() => [.. Shapes.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Each_shape_is_repaired_and_compiles(string name)
    {
        (string _, string key, string before, string after) = Shapes.Single(shape => shape.Name == name);
        return Marked.FixAsync(Class(before), Class(after), key);
    }

    [Fact]
    public async Task All_are_repaired_at_once()
    {
        string before = All(shape => shape.Before), after = All(shape => shape.After);
        await Marked.FixAsync(before, after, DefaultChain);
        Assert.Equal(after, await Repaired.EverywhereAsync(Marked.Plain(before), null));

        static string All(Func<(string Name, string Key, string Before, string After), string> code) => Class(string.Join("\n", Shapes
            .Where(shape => shape.Key == DefaultChain && shape.Name.StartsWith("client", StringComparison.Ordinal))
                .Select((shape, at) => code(shape).Replace(" C(", $" C{at}(", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task The_titles_say_what_must_come_first()
    {
        Assert.Equal(
            ["Let the SDK find credentials (deactivate the key in IAM first)", "Assume the role in AWS_ROLE_ARN (deactivate the key in IAM first)"],
            await Repaired.OffersAsync(Class($"object C() => new BasicAWSCredentials(\"{Id}\", \"{Secret}\");")));
        Assert.Equal(
            ["Read it from Secrets Manager (change the leaked password first, then have it rotated every 30 days)"],
            await Repaired.OffersAsync(Class($"string C = \"{Connection}\";")));
    }

    /// <summary>What is configured today would be thrown away, or a part of the key would stay.</summary>
    [Fact]
    public async Task A_fallback_has_its_own_repair_and_half_a_key_none()
    {
        Assert.Equal(
            ["Remove the key; what is configured stays (deactivate the key in IAM first)"],
            await Repaired.OffersAsync(Class($"object C() => new AmazonS3Client(Config[\"Id\"] ?? \"{Id}\", Config[\"Secret\"] ?? \"{Secret}\");{Configured}")));
        Assert.Empty(await Repaired.OffersAsync(Class($"object C() => new AmazonS3Client(Config[\"Id\"] ?? \"{Id}\", \"{Secret}\");{Configured}")));
    }

    [Fact]
    public async Task Nothing_is_offered_that_would_not_compile()
    {
        Assert.Empty(await Repaired.OffersAsync(Class($"BasicAWSCredentials C() => new(\"{Id}\", \"{Secret}\");")));
        Assert.Empty(await Repaired.OffersAsync(Class($"void C(string c = \"{Connection}\") {{ }}")));
        Assert.Empty(await Repaired.OffersAsync(Class($"string k = \"{Id}\", s = \"{Secret}\";")));
    }

    [Fact]
    public async Task One_that_would_not_compile_does_not_keep_the_others_from_repair()
    {
        string kept = $"BasicAWSCredentials K() => new(\"{Id}\", \"{Secret}\");\n", before = $"object C() => new AmazonS3Client(\"{Id}\", \"{Secret}\");";
        Assert.Equal(Class(kept + "object C() => new AmazonS3Client();"), await Repaired.EverywhereAsync(Class(kept + before), DefaultChain));
    }

    [Fact]
    public async Task A_constant_that_is_used_otherwise_stays()
    {
        string before = $"public const string K = \"{Id}\";\nprivate const string S = \"{Secret}\";\nobject C() => new AmazonS3Client(K, S);\nstring D() => S;";
        Assert.Equal(Class(before.Replace("(K, S)", "()", StringComparison.Ordinal)), await Repaired.OnceAsync(Class(before), DefaultChain));
    }

    private static string Class(string members) => $"using Amazon.Runtime; using Amazon.S3; using Amazon.SecurityToken;\nclass Sample\n{{\n{members}\n}}\n";
}
