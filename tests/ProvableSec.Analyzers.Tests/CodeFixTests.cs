using ProvableSec.Rules.Tests.Credentials;

namespace ProvableSec.Analyzers.Tests;

/// <summary>What the repairs make of code, which then compiles; credentials are drawn while the test runs.</summary>
public sealed class CodeFixTests
{
    private const string DefaultChain = "DefaultCredentialsRepair", Role = "AssumedRoleRepair", Retrieval = "SecretRetrievalRepair", Regional = "RegionalStsRepair", Fallback = "FallbackRepair";
    private const string Region = "FallbackRegionFactory.GetRegionEndpoint()";
    private const string Found = "Amazon.Runtime.Credentials.DefaultAWSCredentialsIdentityResolver.GetCredentials()";
    private const string Assumed = $"new AssumeRoleAWSCredentials({Found}, System.Environment.GetEnvironmentVariable(\"AWS_ROLE_ARN\"), \"Sample\")";
    private const string Call = "new Amazon.SecretsManager.AmazonSecretsManagerClient().GetSecretValueAsync(new Amazon.SecretsManager.Model.GetSecretValueRequest { SecretId = System.Environment.GetEnvironmentVariable(\"CONNECTION_STRING_SECRET_ARN\") })";
    private const string Read = Call + ".GetAwaiter().GetResult().SecretString";
    private static readonly Fresh Any = new(11);
    private static readonly string Id = Any.AccessKeyId(), Secret = Any.SecretKey(), Token = Any.SessionToken();
    private static readonly string Connection = $"Host=db.abc.eu-west-1.rds.amazonaws.com;Username=app;Password={Any.Password()}";

    private const string Configured = "\nreadonly System.Collections.Generic.Dictionary<string, string> Config = new();";
    private const string Getter = "\nstatic string GetValue(string name) => name; static string GetValue(string name, string other) => other;";

    private static readonly (string Name, string Key, string Before, string After)[] Shapes =
    [
        ("client", DefaultChain, $"object C() => new AmazonS3Client(\"{Id}\", \"{Secret}\");", "object C() => new AmazonS3Client();"),
        ("client with a Region", DefaultChain, $"object C() => new AmazonS3Client(\"{Id}\", \"{Secret}\", Amazon.RegionEndpoint.EUWest1);", "object C() => new AmazonS3Client(Amazon.RegionEndpoint.EUWest1);"),
        ("client with configuration", DefaultChain, $"object C() => new AmazonS3Client(\"{Id}\", \"{Secret}\", new AmazonS3Config {{ ForcePathStyle = true }});", "object C() => new AmazonS3Client(new AmazonS3Config { ForcePathStyle = true });"),
        ("client with a token", DefaultChain, $"object C() => new AmazonS3Client(\"{Id}\", \"{Secret}\", \"{Token}\", Amazon.RegionEndpoint.EUWest1);", "object C() => new AmazonS3Client(Amazon.RegionEndpoint.EUWest1);"),
        ("client, named arguments", DefaultChain, $"object C() => new AmazonSecurityTokenServiceClient(region: Amazon.RegionEndpoint.EUWest1, awsSecretAccessKey: \"{Secret}\", awsAccessKeyId: \"{Id}\");", "object C() => new AmazonSecurityTokenServiceClient(region: Amazon.RegionEndpoint.EUWest1);"),
        ("client, target-typed", DefaultChain, $"AmazonS3Client C() => new(\"{Id}\", \"{Secret}\");", "AmazonS3Client C() => new();"),
        ("client of SQS", DefaultChain, $"object C() => new Amazon.SQS.AmazonSQSClient(\"{Id}\", \"{Secret}\");", "object C() => new Amazon.SQS.AmazonSQSClient();"),
        ("client with credentials", DefaultChain, $"object C() => new AmazonS3Client(new BasicAWSCredentials(\"{Id}\", \"{Secret}\"), Amazon.RegionEndpoint.EUWest1);", "object C() => new AmazonS3Client(Amazon.RegionEndpoint.EUWest1);"),
        ("client with session credentials", DefaultChain, $"object C() => new AmazonS3Client(new SessionAWSCredentials(\"{Id}\", \"{Secret}\", \"{Token}\"));", "object C() => new AmazonS3Client();"),
        ("credentials", DefaultChain, $"object C() => new BasicAWSCredentials(\"{Id}\", \"{Secret}\");", $"object C() => {Found};"),
        ("credentials in a variable", DefaultChain, $"void M() {{ var c = new BasicAWSCredentials(\"{Id}\", \"{Secret}\"); c.GetCredentials(); }}", $"void M() {{ var c = {Found}; c.GetCredentials(); }}"),
        ("credentials in a typed field", DefaultChain, $"readonly BasicAWSCredentials c = new(\"{Id}\", \"{Secret}\");", $"readonly AWSCredentials c = {Found};"),
        ("split", DefaultChain, $"object C() => new AmazonS3Client(\"{Id[..4]}\" + \"{Id[4..]}\", \"{Secret[..9]}\" + \"{Secret[9..]}\");", "object C() => new AmazonS3Client();"),
        ("ID from elsewhere", DefaultChain, $"object C(string id) => new AmazonS3Client(id, \"{Secret}\");", "object C(string id) => new AmazonS3Client();"),
        ("constants", DefaultChain, $"int x;\nconst string K = \"{Id}\";\nconst string S = \"{Secret}\";\nobject C() => new AmazonS3Client(K, S);", "int x;\nobject C() => new AmazonS3Client();"),
        ("constants of one declaration", DefaultChain, $"int x;\nconst string K = \"{Id}\", S = \"{Secret}\";\nobject C() => new AmazonS3Client(K, S);", "int x;\nobject C() => new AmazonS3Client();"),
        ("constants, twice", DefaultChain, $"int x;\nconst string K = \"{Id}\";\nconst string S = \"{Secret}\";\nobject C() => new AmazonS3Client(K, S);\nobject D() => new Amazon.SQS.AmazonSQSClient(K, S);", "int x;\nobject C() => new AmazonS3Client();\nobject D() => new Amazon.SQS.AmazonSQSClient();"),
        ("credentials by a role", Role, $"object C() => new BasicAWSCredentials(\"{Id}\", \"{Secret}\");", $"object C() => {Assumed};"),
        ("credentials of a client by a role", Role, $"object C() => new AmazonS3Client(new SessionAWSCredentials(\"{Id}\", \"{Secret}\", \"{Token}\"));", $"object C() => new AmazonS3Client({Assumed});"),
        ("credentials in a typed field by a role", Role, $"readonly BasicAWSCredentials c = new(\"{Id}\", \"{Secret}\");", $"readonly AWSCredentials c = {Assumed};"),
        ("connection string", Retrieval, $"string C() => \"{Connection}\";", $"string C() => {Read};"),
        ("connection string, constant field", Retrieval, $"private const string C = \"{Connection}\";", $"private static readonly string C = {Read};"),
        ("connection string, constant local", Retrieval, $"string M()\n{{\n    const string c = \"{Connection}\";\n    return c;\n}}", $"string M()\n{{\n    string c = {Read};\n    return c;\n}}"),
        ("connection string, added", Retrieval, $"string C() => \"{Connection[..10]}\" + \"{Connection[10..]}\";", $"string C() => {Read};"),
        ("connection string, interpolated", Retrieval, $"string C(string user) => $\"{Connection};Keepalive={{user}}\";", $"string C(string user) => {Read};"),
        ("connection string, asynchronous", Retrieval, $"async System.Threading.Tasks.Task<string> C()\n{{\n    await System.Threading.Tasks.Task.Yield();\n    return \"{Connection}\";\n}}", $"async System.Threading.Tasks.Task<string> C()\n{{\n    await System.Threading.Tasks.Task.Yield();\n    return (await {Call}).SecretString;\n}}"),
        ("STS at the global endpoint", Regional, "object C() => new AmazonSecurityTokenServiceConfig { ServiceURL = \"https://sts.amazonaws.com\" };", $"object C() => new AmazonSecurityTokenServiceConfig {{ RegionEndpoint = {Region} }};"),
        ("STS at the global endpoint, assigned", Regional, "void M(AmazonSecurityTokenServiceConfig c) { c.ServiceURL = \"https://sts.amazonaws.com/\"; }", $"void M(AmazonSecurityTokenServiceConfig c) {{ c.RegionEndpoint = {Region}; }}"),
        ("STS as version 3 called it", Regional, "object C() => new Version3Config { StsRegionalEndpoints = StsRegionalEndpointsValue.Legacy };", "object C() => new Version3Config { StsRegionalEndpoints = StsRegionalEndpointsValue.Regional };"),
        ("STS without a Region", Regional, "object C() => new AmazonSecurityTokenServiceClient((Amazon.RegionEndpoint)null);", $"object C() => new AmazonSecurityTokenServiceClient({Region});"),
        ("STS without a Region, configured", Regional, "object C() => new AmazonSecurityTokenServiceConfig { RegionEndpoint = null };", $"object C() => new AmazonSecurityTokenServiceConfig {{ RegionEndpoint = {Region} }};"),
        ("fallback of configuration", Fallback, $"object C() => new BasicAWSCredentials(Config[\"Id\"] ?? \"{Id}\", Config[\"Secret\"] ?? \"{Secret}\");{Configured}", $"object C() => new BasicAWSCredentials(Config[\"Id\"], Config[\"Secret\"]);{Configured}"),
        ("fallback of the environment", Fallback, $"object C() => new AmazonS3Client(System.Environment.GetEnvironmentVariable(\"ID\") ?? \"{Id}\", System.Environment.GetEnvironmentVariable(\"KEY\") ?? (\"{Secret}\"));", "object C() => new AmazonS3Client(System.Environment.GetEnvironmentVariable(\"ID\"), System.Environment.GetEnvironmentVariable(\"KEY\"));"),
        ("fallback after another", Fallback, $"object C() => new AmazonS3Client(System.Environment.GetEnvironmentVariable(\"ID\") ?? Config[\"Id\"] ?? \"{Id}\", Config[\"Secret\"] ?? \"{Secret}\");{Configured}", $"object C() => new AmazonS3Client(System.Environment.GetEnvironmentVariable(\"ID\") ?? Config[\"Id\"], Config[\"Secret\"]);{Configured}"),
        ("default of a getter", Fallback, $"object C() => new AmazonS3Client(GetValue(\"Id\", \"{Id}\"), GetValue(\"Secret\", \"{Secret}\"));{Getter}", $"object C() => new AmazonS3Client(GetValue(\"Id\"), GetValue(\"Secret\"));{Getter}"),
        ("fallback of variables", Fallback, $"object C() {{ var id = Config[\"Id\"] ?? \"{Id}\"; var secret = Config[\"Secret\"] ?? \"{Secret}\"; return new AmazonS3Client(id, secret); }}{Configured}", $"object C() {{ var id = Config[\"Id\"]; var secret = Config[\"Secret\"]; return new AmazonS3Client(id, secret); }}{Configured}"),
    ];

    public static TheoryData<string> Names() => [.. Shapes.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_shape_is_repaired_and_compiles(string name)
    {
        (string _, string key, string before, string after) = Shapes.Single(shape => shape.Name == name);
        Assert.Equal(Class(after), await Repaired.OnceAsync(Class(before), key));
        Assert.Equal(Class(after), await Repaired.EverywhereAsync(Class(before), key));
    }

    [Fact]
    public async Task All_are_repaired_at_once()
    {
        string before = Class(string.Join("\n", Shapes.Where(shape => shape.Key == DefaultChain && shape.Name.StartsWith("client", StringComparison.Ordinal)).Select((shape, at) => shape.Before.Replace(" C(", $" C{at}(", StringComparison.Ordinal))));
        string after = Class(string.Join("\n", Shapes.Where(shape => shape.Key == DefaultChain && shape.Name.StartsWith("client", StringComparison.Ordinal)).Select((shape, at) => shape.After.Replace(" C(", $" C{at}(", StringComparison.Ordinal))));
        Assert.Equal(after, await Repaired.EverywhereAsync(before, DefaultChain));
        Assert.Equal(after, await Repaired.EverywhereAsync(before, null));
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
