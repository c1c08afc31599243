using System.Text.Json;
using System.Text.RegularExpressions;
using Shop;

namespace ProvableSec.Testing.Tests.Samples;

/// <summary><c>samples/rotated-secret</c>: what is proved there is about the template's roles, and the application survives a rotation.</summary>
public sealed partial class RotatedSecretTests
{
    private static readonly string After = Path.Combine(Repository.Root, "samples", "rotated-secret", "after");

    private static readonly TemplatePolicies Template = Policies.FromTemplate(Path.Combine(After, "template.yaml")).DeployedTo("111122223333", "eu-central-1")
        .WithManagedPolicy("service-role/AWSLambdaVPCAccessExecutionRole", Policies.Parse(Managed()));

    private static readonly DumpPolicies Account = Policies.FromAccountDump(Path.Combine(After, "account.json"));

    [Theory]
    [InlineData("ApplicationRole", "Shop")]
    [InlineData("DocumentDbRotationRole", "DocumentDbRotation")]
    [InlineData("RedshiftRotationRole", "RedshiftRotation")]
    public void The_dump_has_the_roles_of_the_template(string inTemplate, string deployed) =>
        Template.Role(inTemplate).ShouldBeEquivalentTo(Account.Principal("role/" + deployed));

    [Theory]
    [InlineData("DocumentDb")]
    [InlineData("Redshift")]
    public void The_policies_of_the_secrets_are_those_of_the_template(string secret)
    {
        string template = File.ReadAllText(Path.Combine(After, "template.yaml")).ReplaceLineEndings("\n"), resource = $"  {secret}SecretPolicy:\n";
        string policy = template[template.IndexOf(resource, StringComparison.Ordinal)..].Split("\n\n")[0]
            .Replace("${DeploymentRole}", "Deployment", StringComparison.Ordinal);
        string[] words = Words(policy);
        Assert.Contains($"role/{secret}Rotation", words);
        Assert.Equal(words, Words(File.ReadAllText(Path.Combine(After, secret + ".resource.json"))));
    }

    [Fact]
    public async Task A_credential_is_read_once_an_hour()
    {
        var secrets = new Secrets();
        var clock = new Clock();
        using var cached = new CachedSecret(secrets, clock, "Applications/Shop/DocumentDb");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => cached.GetAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(["Applications/Shop/DocumentDb"], secrets.Asked);

        clock.Now += TimeSpan.FromMinutes(61).Ticks;
        await cached.GetAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, secrets.Asked.Count);
    }

    [Fact]
    public async Task A_database_that_refuses_the_credential_is_asked_again_with_the_rotated_one()
    {
        var secrets = new Secrets();
        using var cached = new CachedSecret(secrets, new Clock(), "Applications/Shop/Redshift");
        await cached.GetAsync(TestContext.Current.CancellationToken);
        string rotated = secrets.Rotate();

        string opened = await cached.OpenAsync(
            (credential, _) => credential.Password == rotated ? Task.FromResult(credential.Host) : throw new UnauthorizedAccessException(),
            refused => refused is UnauthorizedAccessException,
            TestContext.Current.CancellationToken);

        Assert.Equal("db.example", opened);
        Assert.Equal(2, secrets.Asked.Count);
    }

    [Fact]
    public async Task A_database_that_refuses_twice_is_not_asked_a_third_time()
    {
        var secrets = new Secrets();
        using var cached = new CachedSecret(secrets, new Clock(), "Applications/Shop/Redshift");
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => cached.OpenAsync<string>(
            (_, _) => throw new UnauthorizedAccessException(), refused => refused is UnauthorizedAccessException, TestContext.Current.CancellationToken));
        Assert.Equal(2, secrets.Asked.Count);
    }

    [Fact]
    public void No_text_shows_the_password()
    {
        var secrets = new Secrets();
        Assert.Equal("shop at db.example:5439", DatabaseCredential.Parse(secrets.Text).ToString());
        string cut = secrets.Text[..^3];
        Assert.DoesNotContain(secrets.Password, Assert.Throws<InvalidOperationException>(() => DatabaseCredential.Parse(cut)).ToString(),
            StringComparison.Ordinal);
    }

    private static string Managed()
    {
        using JsonDocument account = JsonDocument.Parse(File.ReadAllText(Path.Combine(After, "account.json")));
        return account.RootElement.GetProperty("Policies")[0].GetProperty("PolicyVersionList")[0].GetProperty("Document").GetRawText();
    }

    /// <summary>What makes up the statements of a policy that only denies, in YAML or JSON; a proof would hold of any such policy.</summary>
    private static string[] Words(string policy) => [.. Statements().Matches(policy).Select(word => word.Value)];

    [GeneratedRegex(@"\bOnly\w+|\bDeny\b|\bAllow\b|secretsmanager:\w+|\bArnNotEquals\b|aws:PrincipalArn|role/\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Statements();

    private sealed class Secrets : ISecretsManager
    {
        public List<string> Asked { get; } = [];

        public string Password { get; private set; } = Guid.NewGuid().ToString("N");

        public string Text => $$"""{"username":"shop","password":"{{Password}}","host":"db.example","port":"5439","engine":"redshift"}""";

        public string Rotate() => Password = Guid.NewGuid().ToString("N");

        public async Task<string> GetSecretValueAsync(string secretId, CancellationToken cancellation)
        {
            Asked.Add(secretId);
            await Task.Yield();
            return Text;
        }
    }

    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
