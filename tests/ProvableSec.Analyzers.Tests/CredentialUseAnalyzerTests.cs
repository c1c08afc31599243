namespace ProvableSec.Analyzers.Tests;

/// <summary>How code gets and uses credentials.</summary>
public sealed class CredentialUseAnalyzerTests
{
    /// <summary>Members of a class, with the diagnostic.</summary>
    private static readonly (string Name, string Members, string Expected)[] Shapes =
    [
        ("key from configuration", "object C(IConfiguration c) => new BasicAWSCredentials(c[\"Id\"], c[\"Secret\"]);", "(4,31): warning PSEC1013: An access key is read from configuration; a role needs none."),
        ("key of a client from configuration", "object C(IConfiguration c) => new AmazonS3Client(c[\"Id\"], c.GetValue<string>(\"Secret\"));", "(4,31): warning PSEC1013: An access key is read from configuration; a role needs none."),
        ("key from a section", "object C(IConfiguration c) => new BasicAWSCredentials(c.GetSection(\"Id\").Value, c.GetSection(\"Secret\")?.Value ?? \"\");", "(4,31): warning PSEC1013: An access key is read from configuration; a role needs none."),
        ("key from settings", "object C() => new BasicAWSCredentials(ConfigurationManager.AppSettings[\"Id\"], ConfigurationManager.AppSettings[\"Secret\"]);", "(4,15): warning PSEC1013: An access key is read from configuration; a role needs none."),
        ("key through variables", "object C(IConfiguration c) { var k = c[\"Id\"]; var s = c[\"Secret\"]; return new BasicAWSCredentials(k, s); }", "(4,75): warning PSEC1013: An access key is read from configuration; a role needs none."),
        ("temporary key from configuration", "object C(IConfiguration c) => new SessionAWSCredentials(c[\"Id\"], c[\"Secret\"], c[\"Token\"]);", ""),
        ("key from a parameter", "object C(string k, string s) => new BasicAWSCredentials(k, s);", ""),
        ("key for another provider", "object C(IConfiguration c) => new AmazonS3Client(c[\"Id\"], c[\"Secret\"], new AmazonS3Config { ServiceURL = \"https://s3.example.com\" });", ""),
        ("credentials for another provider", "object C(IConfiguration c) => new AmazonS3Client(new BasicAWSCredentials(c[\"Id\"], c[\"Secret\"]), new AmazonS3Config { ServiceURL = \"http://localhost:9000\" });", ""),
        ("credentials in a variable for another provider", "object C(IConfiguration c) { var k = new BasicAWSCredentials(c[\"Id\"], c[\"Secret\"]); var o = new AmazonS3Config(); o.ServiceURL = \"https://s3.example.com\"; return new AmazonS3Client(k, o); }", ""),
        ("key for an endpoint that is configured", "object C(IConfiguration c) => new AmazonS3Client(c[\"Id\"], c[\"Secret\"], new AmazonS3Config { ServiceURL = c[\"Url\"] });", ""),
        ("key for an endpoint of AWS", "object C(IConfiguration c) => new AmazonS3Client(c[\"Id\"], c[\"Secret\"], new AmazonS3Config { ServiceURL = \"https://s3.eu-west-1.amazonaws.com\" });", "(4,31): warning PSEC1013: An access key is read from configuration; a role needs none."),
        ("key for a configuration of another client", "object C(IConfiguration c) { var o = new AmazonS3Config { ServiceURL = \"https://s3.example.com\" }; return new AmazonS3Client(c[\"Id\"], c[\"Secret\"], Amazon.RegionEndpoint.EUWest1); }", "(4,107): warning PSEC1013: An access key is read from configuration; a role needs none."),
        ("configuration that is not a key", "object C(IConfiguration c) => new AmazonS3Client(Amazon.RegionEndpoint.GetBySystemName(c[\"Region\"]));", ""),

        ("global endpoint", "object C() => new AmazonSecurityTokenServiceConfig { ServiceURL = \"https://sts.amazonaws.com\" };", "(4,54): warning PSEC1014: STS is called at its global endpoint."),
        ("global endpoint through a constant", "const string U = \"https://sts\" + \".amazonaws.com/\";\nvoid M(AmazonSecurityTokenServiceConfig c) => c.ServiceURL = U;", "(5,47): warning PSEC1014: STS is called at its global endpoint."),
        ("as version 3 called it", "object C() => new Version3Config { StsRegionalEndpoints = StsRegionalEndpointsValue.Legacy };", "(4,59): warning PSEC1014: STS is called at its global endpoint."),
        ("as version 3 should call it", "object C() => new Version3Config { StsRegionalEndpoints = StsRegionalEndpointsValue.Regional };", ""),
        ("no Region", "object C() => new AmazonSecurityTokenServiceClient((Amazon.RegionEndpoint)null);", "(4,52): warning PSEC1014: STS is called without a Region."),
        ("no Region in the configuration", "object C() => new AmazonSecurityTokenServiceConfig { RegionEndpoint = null };", "(4,71): warning PSEC1014: STS is called without a Region."),
        ("Regional endpoint", "object C() => new AmazonSecurityTokenServiceConfig { ServiceURL = \"https://sts.eu-west-1.amazonaws.com\" };", ""),
        ("endpoint of another service", "object C() => new AmazonS3Config { ServiceURL = \"https://s3.amazonaws.com\" };", ""),
        ("a Region", "object C() => new AmazonSecurityTokenServiceClient(Amazon.RegionEndpoint.EUWest1);", ""),
        ("no Region for another service", "object C() => new AmazonS3Config { RegionEndpoint = null };", ""),

        ("twelve hours", "object C() => new AssumeRoleRequest { DurationSeconds = 43200 };", "(4,39): warning PSEC1015: A role is assumed for twelve hours, the longest that there is."),
        ("twelve hours, computed", "object C() => new AssumeRoleAWSCredentialsOptions { DurationSeconds = 12 * 60 * 60 };", "(4,53): warning PSEC1015: A role is assumed for twelve hours, the longest that there is."),
        ("an hour", "object C() => new AssumeRoleRequest { DurationSeconds = 3600 };", ""),
        ("twelve hours for a session token", "object C() => new GetSessionTokenRequest { DurationSeconds = 43200 };", ""),

        ("connection string from configuration", "object C(IConfiguration c) => new Npgsql.NpgsqlConnection(c.GetConnectionString(\"Main\"));", "(4,59): info PSEC1016: A connection string is read from plain configuration."),
        ("connection string from settings", "object C() => new System.Data.SqlClient.SqlConnection(ConfigurationManager.ConnectionStrings[\"Main\"].ConnectionString);", "(4,55): info PSEC1016: A connection string is read from plain configuration."),
        ("password from configuration", "object C(IConfiguration c) => new Npgsql.NpgsqlConnectionStringBuilder { Password = c[\"Db\"] };", "(4,85): info PSEC1016: A database password is read from plain configuration."),
        ("connection string from elsewhere", "object C(string s) => new Npgsql.NpgsqlConnection(s);", ""),
        ("another password", "sealed class Own { public string Password { get; set; } }\nobject C(IConfiguration c) => new Own { Password = c[\"Db\"] };", ""),
    ];

    public static TheoryData<string> Names() => [.. Shapes.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_shape_gives_its_diagnostic_and_no_other(string name)
    {
        (string _, string members, string expected) = Shapes.Single(shape => shape.Name == name);
        Assert.Equal(expected.Length == 0 ? [] : ["a.cs" + expected], Diagnostics(members, SdkStubs.SecretsManager));
    }

    [Fact]
    public void Without_a_store_of_secrets_configuration_may_hold_a_connection_string()
    {
        Assert.Equal([], Diagnostics("object C(IConfiguration c) => new Npgsql.NpgsqlConnection(c.GetConnectionString(\"Main\"));", ""));
    }

    private static string[] Diagnostics(string members, string store) => Compiled.Diagnostics(
        ("a.cs", "using Amazon.Runtime; using Amazon.S3; using Amazon.SecurityToken; using Amazon.SecurityToken.Model;\nusing System.Configuration; using Microsoft.Extensions.Configuration; class Sample\n{\n" + members + "\n}\n"),
        ("stubs.cs", SdkStubs.Drivers),
        ("version3.cs", SdkStubs.Version3),
        ("configuration.cs", SdkStubs.Configuration),
        ("store.cs", store));
}
