using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace ProvableSec.Analyzers.Tests;

/// <summary>How code gets and uses credentials.</summary>
public sealed class CredentialUseAnalyzerTests
{
    /// <summary>Members of a class, with a mark at the diagnostic, its rule and its message.</summary>
    private static readonly (string Name, string Members, string Rule, string Message)[] Shapes =
    [
        ("key from configuration", """object C(IConfiguration c) => {|#0:new BasicAWSCredentials(c["Id"], c["Secret"])|};""", "PSEC1013",
            "An access key is read from configuration; a role needs none."),
        ("key of a client from configuration", """object C(IConfiguration c) => {|#0:new AmazonS3Client(c["Id"], c.GetValue<string>("Secret"))|};""", "PSEC1013", "An access key is read from configuration; a role needs none."),
        ("key from a section", """object C(IConfiguration c) => {|#0:new BasicAWSCredentials(c.GetSection("Id").Value, c.GetSection("Secret")?.Value ?? "")|};""", "PSEC1013", "An access key is read from configuration; a role needs none."),
        ("key from settings", """object C() => {|#0:new BasicAWSCredentials(ConfigurationManager.AppSettings["Id"], ConfigurationManager.AppSettings["Secret"])|};""", "PSEC1013", "An access key is read from configuration; a role needs none."),
        ("key through variables", """object C(IConfiguration c) { var k = c["Id"]; var s = c["Secret"]; return {|#0:new BasicAWSCredentials(k, s)|}; }""", "PSEC1013", "An access key is read from configuration; a role needs none."),
        ("temporary key from configuration", """object C(IConfiguration c) => new SessionAWSCredentials(c["Id"], c["Secret"], c["Token"]);""", "", ""),
        ("key from a parameter", """object C(string k, string s) => new BasicAWSCredentials(k, s);""", "", ""),
        ("key for another provider", """object C(IConfiguration c) => new AmazonS3Client(c["Id"], c["Secret"], new AmazonS3Config { ServiceURL = "https://s3.example.com" });""", "", ""),
        ("credentials for another provider", """object C(IConfiguration c) => new AmazonS3Client(new BasicAWSCredentials(c["Id"], c["Secret"]), new AmazonS3Config { ServiceURL = "http://localhost:9000" });""", "", ""),
        ("credentials in a variable for another provider", """object C(IConfiguration c) { var k = new BasicAWSCredentials(c["Id"], c["Secret"]); var o = new AmazonS3Config(); o.ServiceURL = "https://s3.example.com"; return new AmazonS3Client(k, o); }""", "", ""),
        ("key for an endpoint that is configured", """object C(IConfiguration c) => new AmazonS3Client(c["Id"], c["Secret"], new AmazonS3Config { ServiceURL = c["Url"] });""", "", ""),
        ("key for an endpoint of AWS", """object C(IConfiguration c) => {|#0:new AmazonS3Client(c["Id"], c["Secret"], new AmazonS3Config { ServiceURL = "https://s3.eu-west-1.amazonaws.com" })|};""", "PSEC1013", "An access key is read from configuration; a role needs none."),
        ("key for a configuration of another client", """object C(IConfiguration c) { var o = new AmazonS3Config { ServiceURL = "https://s3.example.com" }; return {|#0:new AmazonS3Client(c["Id"], c["Secret"], Amazon.RegionEndpoint.EUWest1)|}; }""", "PSEC1013", "An access key is read from configuration; a role needs none."),
        ("configuration that is not a key", """object C(IConfiguration c) => new AmazonS3Client(Amazon.RegionEndpoint.GetBySystemName(c["Region"]));""", "", ""),

        ("global endpoint", """object C() => new AmazonSecurityTokenServiceConfig { {|#0:ServiceURL = "https://sts.amazonaws.com"|} };""", "PSEC1014", "STS is called at its global endpoint."),
        ("global endpoint through a constant", """
            const string U = "https://sts" + ".amazonaws.com/";
            void M(AmazonSecurityTokenServiceConfig c) => {|#0:c.ServiceURL = U|};
            """, "PSEC1014", "STS is called at its global endpoint."),
        ("as version 3 called it", """object C() => new Version3Config { StsRegionalEndpoints = {|#0:StsRegionalEndpointsValue.Legacy|} };""", "PSEC1014", "STS is called at its global endpoint."),
        ("as version 3 should call it", """object C() => new Version3Config { StsRegionalEndpoints = StsRegionalEndpointsValue.Regional };""", "", ""),
        ("no Region", """object C() => new AmazonSecurityTokenServiceClient({|#0:(Amazon.RegionEndpoint)null|});""", "PSEC1014",
            "STS is called without a Region."),
        ("no Region in the configuration", """object C() => new AmazonSecurityTokenServiceConfig { RegionEndpoint = {|#0:null|} };""", "PSEC1014",
            "STS is called without a Region."),
        ("Regional endpoint", """object C() => new AmazonSecurityTokenServiceConfig { ServiceURL = "https://sts.eu-west-1.amazonaws.com" };""", "", ""),
        ("endpoint of another service", """object C() => new AmazonS3Config { ServiceURL = "https://s3.amazonaws.com" };""", "", ""),
        ("a Region", """object C() => new AmazonSecurityTokenServiceClient(Amazon.RegionEndpoint.EUWest1);""", "", ""),
        ("no Region for another service", """object C() => new AmazonS3Config { RegionEndpoint = null };""", "", ""),

        ("twelve hours", """object C() => new AssumeRoleRequest { {|#0:DurationSeconds = 43200|} };""", "PSEC1015",
            "A role is assumed for twelve hours, the longest that there is."),
        ("twelve hours, computed", """object C() => new AssumeRoleAWSCredentialsOptions { {|#0:DurationSeconds = 12 * 60 * 60|} };""", "PSEC1015",
            "A role is assumed for twelve hours, the longest that there is."),
        ("an hour", """object C() => new AssumeRoleRequest { DurationSeconds = 3600 };""", "", ""),
        ("twelve hours for a session token", """object C() => new GetSessionTokenRequest { DurationSeconds = 43200 };""", "", ""),

        ("connection string from configuration", """object C(IConfiguration c) => new Npgsql.NpgsqlConnection({|#0:c.GetConnectionString("Main")|});""", "PSEC1016", "A connection string is read from plain configuration."),
        ("connection string from settings", """object C() => new System.Data.SqlClient.SqlConnection({|#0:ConfigurationManager.ConnectionStrings["Main"].ConnectionString|});""", "PSEC1016", "A connection string is read from plain configuration."),
        ("password from configuration", """object C(IConfiguration c) => new Npgsql.NpgsqlConnectionStringBuilder { Password = {|#0:c["Db"]|} };""", "PSEC1016", "A database password is read from plain configuration."),
        ("connection string from elsewhere", """object C(string s) => new Npgsql.NpgsqlConnection(s);""", "", ""),
        ("another password", """
            sealed class Own { public string Password { get; set; } }
            object C(IConfiguration c) => new Own { Password = c["Db"] };
            """, "", ""),
    ];

    public static TheoryData<string> Names() => [.. Shapes.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Each_shape_gives_its_diagnostic_and_no_other(string name)
    {
        (string _, string members, string rule, string message) = Shapes.Single(shape => shape.Name == name);
        return CheckAsync(members, SdkStubs.SecretsManager, rule, message);
    }

    [Fact]
    public Task Without_a_store_of_secrets_configuration_may_hold_a_connection_string() =>
        CheckAsync("object C(IConfiguration c) => new Npgsql.NpgsqlConnection(c.GetConnectionString(\"Main\"));", "", "", "");

    private static Task CheckAsync(string members, string store, string rule, string message) => Marked.CheckAsync(
        "using Amazon.Runtime; using Amazon.S3; using Amazon.SecurityToken; using Amazon.SecurityToken.Model;\nusing System.Configuration; using Microsoft.Extensions.Configuration; class Sample\n{\n" + members + "\n}\n",
        test =>
        {
            Marked.With(test, ("stubs.cs", SdkStubs.Drivers), ("version3.cs", SdkStubs.Version3), ("configuration.cs", SdkStubs.Configuration),
                ("store.cs", store));
            if (rule.Length > 0)
            {
                test.ExpectedDiagnostics.Add(new DiagnosticResult(rule, rule == "PSEC1016" ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning)
                    .WithLocation(0).WithMessage(message));
            }
        });
}
