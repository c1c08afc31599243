namespace ProvableSec.Analyzers.Tests;

/// <summary>Every kind of credential in every form that C# has for a constant. Each is found, and nothing that is said of it holds any of it.</summary>
public sealed class KindsAndFormsTests
{
    private const string Dashes = "-----";
    private static readonly Fresh Any = new(23);
    private static readonly string Id = Any.AccessKeyId(), Secret = Any.SecretKey(), Token = Any.SessionToken(), Smtp = Any.SmtpPassword(), Bedrock =
        Any.BedrockKey();
    private static readonly string Password = Any.Password(), Body = Any.PrivateKeyBody(), Url = Any.PresignedUrl("20260701T000000Z");

    private static readonly (string Name, string Value, string[] Secrets, string Rule)[] Kinds =
    [
        ("key", $"aws_access_key_id={Id} aws_secret_access_key={Secret}", [Id, Secret], "PSEC1001"),
        ("ID", Id, [Id], "PSEC1002"),
        ("secret", $"aws_secret_access_key={Secret}", [Secret], "PSEC1003"),
        ("token", Token, [Token], "PSEC1005"),
        ("URL", Url, [Url[^64..]], "PSEC1006"),
        ("Bedrock key", Bedrock, [Bedrock], "PSEC1007"),
        ("SMTP password", $"smtp://email-smtp.eu-west-1.amazonaws.com user={Id} password={Smtp}", [Smtp], "PSEC1008"),
        ("private key", $"{Dashes}BEGIN RSA PRIVATE KEY{Dashes}\n{Body}\n{Dashes}END RSA PRIVATE KEY{Dashes}\n", Body.Split('\n'), "PSEC1009"),
        ("PostgreSQL", $"Host=db.abc.eu-west-1.rds.amazonaws.com;Username=u;Password={Password}", [Password], "PSEC1010"),
        ("SQL Server", $"Server=db.abc.eu-west-1.rds.amazonaws.com,1433;User ID=u;Pwd={Password}", [Password], "PSEC1010"),
        ("Redshift", $"Server=w.abc.eu-west-1.redshift.amazonaws.com;Port=5439;Password={Password}", [Password], "PSEC1010"),
        ("DocumentDB", $"mongodb://u:{Password}@c.abc.eu-west-1.docdb.amazonaws.com:27017/?tls=true", [Password], "PSEC1010"),
        ("CloudHSM", $"HSM_USER=u HSM_PASSWORD={Password}", [Password], "PSEC1011"),
    ];

    /// <summary>How a constant is written, in one file or two; parted where no part is the whole.</summary>
    private static readonly (string Name, Func<string, (string Code, string Other)> Write)[] Forms =
    [
        ("plain", value => ($"const string V = {Plain(value)};", "")),
        ("verbatim", value => ($"const string V = @\"{value}\";", "")),
        ("raw", value => ($"const string V = \"\"\"\n{value}\n\"\"\";", "")),
        ("UTF-8", value => ($"static System.ReadOnlySpan<byte> V => {Plain(value)}u8;", "")),
        ("collection", value => ($"static readonly string[] V = [\"x\", {Plain(value)}];", "")),
        ("split", value => ($"const string V = {Plain(Parts(value)[0])} + {Plain(Parts(value)[1])} + {Plain(Parts(value)[2])};", "")),
        ("interpolated", value => ($"const string H = {Plain(Parts(value)[0])};\nconst string T = {Plain(Parts(value)[1] + Parts(value)[2])};\nconst string V = $\"{{H}}{{T}}\";", "")),
        ("aliased", value => ($"const string H = Other.H;\nconst string V = H + {Plain(Parts(value)[1] + Parts(value)[2])};",
            $"static class Other {{ public const string H = {Plain(Parts(value)[0])}; }}")),
    ];

    public static MatrixTheoryData<string, string> Products() => new(Kinds.Select(kind => kind.Name), Forms.Select(form => form.Name));

    [Theory]
    [MemberData(nameof(Products))]
    public void Each_kind_is_found_in_each_form(string kind, string form)
    {
        (string _, string value, string[] secrets, string rule) = Kinds.Single(known => known.Name == kind);
        string[] told = Compiled.Diagnostics(Files(value, Forms.Single(known => known.Name == form).Write));
        Assert.Contains(told, line => line.Contains($" {rule}: ", StringComparison.Ordinal));
        Assert.All(told, line => Assert.All(secrets, secret => Assert.False(HoldsPartOf(line, secret), "A message holds a part of what it is about.")));
    }

    [Fact]
    public void There_are_at_least_sixty_shapes() => Assert.True(Kinds.Length * Forms.Length >= 60);

    /// <summary>What git-secrets makes of the same files: the analyzer finds each, as the test above says.</summary>
    [Fact]
    public void The_comparison_is_as_written()
    {
        Assert.SkipUnless(GitSecrets.IsInstalled, GitSecrets.WhySkipped);
        bool[] stopped =
            GitSecrets.Stops([.. Kinds.SelectMany(kind => Forms.Select(form => string.Concat(Files(kind.Value, form.Write).Select(file => file.Text))))]);
        string table = "| kind | provablesec | git-secrets | and misses |\n| --- | --- | --- | --- |\n"
            + string.Concat(Kinds.Select((kind, i) =>
            {
                string[] missed = [.. Forms.Where((_, j) => !stopped[(i * Forms.Length) + j]).Select(form => form.Name)];
                return $"| {kind.Name} | {Forms.Length} of {Forms.Length} | {Forms.Length - missed.Length} of {Forms.Length} | {(missed.Length == Forms.Length ? "all" : string.Join(", ", missed))} |\n";
            }));
        ComparisonPage.AssertTable("Constants in C#", table);
    }

    private static (string Name, string Text)[] Files(string value, Func<string, (string Code, string Other)> write)
    {
        (string code, string other) = write(value);
        return [("a.cs", $"class Sample\n{{\n{code}\n}}\n"), ("b.cs", other)];
    }

    /// <summary>Of an ID, the message shows four characters; of anything else none. Six in a row are not a coincidence.</summary>
    private static bool HoldsPartOf(string line, string secret) =>
        Enumerable.Range(0, secret.Length - 5).Any(at => line.Contains(secret.Substring(at, 6), StringComparison.Ordinal));

    /// <summary>In three; the last cut goes through the last word, where the secret is.</summary>
    private static string[] Parts(string value) => [value[..3], value[3..^5], value[^5..]];

    private static string Plain(string value) => "\"" + value.Replace("\n", "\\n", StringComparison.Ordinal) + "\"";
}
