namespace ProvableSec.Tool.Tests.Scan;

/// <summary>
/// Nothing that is written tells a value that others could guess: with another one in its place, every output is the same to the byte. No hash, no length, no
/// order
/// can give it away then, whatever is known of it.
/// </summary>
public sealed class MaskedOutputTests : IDisposable
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private readonly TestRepository repository = new();
    private readonly Fresh fresh = new(17);

    /// <summary>Texts with a hole for a value that can be guessed.</summary>
    public static TheoryData<string, string> Texts => new()
    {
        { "id", "key {0}\n" },
        { "id", "first {0}\nsecond {0}\n" },
        { "id", "host: email-smtp.eu-west-1.amazonaws.com\nuser: {0}\n" },
        { "id", "AWSAccessKeyId={0}\nAWSSecretKey=none\n" },
        { "password", """{{"Main":"Host=db.rds.amazonaws.com;Password={0}"}}""" },
        { "password", "ENV HSM_PASSWORD {0}\n" },
        { "password", "postgres://admin:{0}@db.rds.amazonaws.com/x\n" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Output_does_not_depend_on_what_is_not_shown(string kind, string text)
    {
        // All that the message shows of an ID, its prefix, account and last four characters, is the same.
        string id = fresh.AccessKeyId(account: 111122223333);
        (string one, string other) = kind == "id" ? (Vary(id, 0), Vary(id, 7)) : (fresh.Password(), fresh.Password() + "longer");
        (string[] first, string[] second) = (Outputs(string.Format(null, text, one)), Outputs(string.Format(null, text, other)));
        Assert.Equal(first, second);
        Assert.All(first, output => Assert.Contains("PSEC10", output, StringComparison.Ordinal));
        Assert.All(first, output => Assert.DoesNotContain(one[4..], output, StringComparison.Ordinal));
    }

    [Fact]
    public void The_fingerprint_of_a_password_does_not_tell_after_what_its_file_is_called()
    {
        string id = fresh.AccessKeyId(account: 111122223333);
        string[] fingerprints = [.. new[] { Vary(id, 0), Vary(id, 7) }.Select(name =>
        {
            repository.Write($"in/{name}.txt", "ENV HSM_PASSWORD " + fresh.Password() + "\n");
            Assert.Equal(0, ToolRun.Command("scan", repository["in"], "--write-baseline", repository["known.txt"]).ExitCode);
            File.Delete(repository[$"in/{name}.txt"]);
            return string.Join('\n', File.ReadAllLines(repository["known.txt"]).Where(line => line.Contains("PSEC1011", StringComparison.Ordinal)));
        })];
        Assert.NotEmpty(fingerprints[0]);
        Assert.Equal(fingerprints[0], fingerprints[1]);
    }

    [Fact]
    public void A_known_finding_stays_known_when_lines_move_and_another_does_not()
    {
        string text = $"key {fresh.AccessKeyId()}\n";
        repository.Write("a.txt", text);
        Assert.Equal(0, ToolRun.Command("scan", repository[""], "--write-baseline", repository["known.txt"]).ExitCode);
        repository.Write("a.txt", "\n\nmoved\n" + text);
        Assert.Equal(0, ToolRun.Command("scan", repository[""], "--baseline", repository["known.txt"]).ExitCode);
        repository.Write("a.txt", text + $"key {fresh.AccessKeyId()}\n");
        Assert.Equal(1, ToolRun.Command("scan", repository[""], "--baseline", repository["known.txt"]).ExitCode);
        repository.Write("b.txt", text);
        repository.Write("a.txt", text);
        Assert.Single(ToolRun.Command("scan", repository[""], "--baseline", repository["known.txt"], "--format", "github").Lines);
    }

    public void Dispose() => repository.Dispose();

    private static string Vary(string id, int by) => id[..13] + Base32[by] + Base32[by + 3] + Base32[by + 5] + id[16..];

    private string[] Outputs(string text)
    {
        repository.Write("a.txt", text);
        repository.Git("add", "-f", "a.txt");
        var outputs = new List<string>();
        foreach (string format in (string[])["text", "json", "sarif", "github"])
        {
            outputs.Add(ToolRun.Command("scan", repository["a.txt"], "--format", format).Output);
        }

        outputs.Add(ToolRun.Command("scan", repository[""]).Output);
        ToolRun.Command("scan", repository["a.txt"], "--write-baseline", repository["known.txt"]);
        outputs.Add(File.ReadAllText(repository["known.txt"]));
        return [.. outputs];
    }
}
