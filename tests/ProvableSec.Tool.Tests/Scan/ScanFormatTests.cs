using System.Text.Json;

namespace ProvableSec.Tool.Tests.Scan;

/// <summary>What <c>scan</c> writes in each format, and that none holds a secret.</summary>
public sealed class ScanFormatTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Fresh fresh = new(1);

    [Fact]
    public void Json_is_an_array_of_findings()
    {
        string secret = fresh.SecretKey();
        folder.Write("b/.env", $"X=1\nAWS_SECRET_ACCESS_KEY={secret}\n");
        folder.Write("a.txt", $"key {fresh.AccessKeyId()}\n");
        ToolRun run = ToolRun.Command("scan", folder[""], "--format", "json");
        JsonElement[] findings = [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()];
        Assert.Equal(["PSEC1002", "PSEC1003"], findings.Select(f => f.GetProperty("rule").GetString()));
        Assert.Equal(["warning", "error"], findings.Select(f => f.GetProperty("severity").GetString()));
        Assert.Equal([1, 2], findings.Select(f => f.GetProperty("line").GetInt32()));
        Assert.Equal([5, 23], findings.Select(f => f.GetProperty("column").GetInt32()));
        Assert.EndsWith("/b/.env", findings[1].GetProperty("file").GetString(), StringComparison.Ordinal);
        Assert.All(findings, f => Assert.Matches("^[0-9a-f]{64}$", f.GetProperty("fingerprint").GetString()));
        run.AssertHides(secret);
    }

    [Fact]
    public void Sarif_names_the_rule_the_place_and_the_fingerprint()
    {
        string secret = fresh.SecretKey();
        folder.Write("a b.txt", $"AWS_SECRET_ACCESS_KEY={secret}\n");
        ToolRun run = ToolRun.Command("scan", folder[""], "--format", "sarif");
        JsonElement log = JsonDocument.Parse(run.Output).RootElement.GetProperty("runs")[0];
        JsonElement result = Assert.Single(log.GetProperty("results").EnumerateArray());
        JsonElement rule = log.GetProperty("tool").GetProperty("driver").GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()];
        Assert.Equal("PSEC1003", rule.GetProperty("id").GetString());
        Assert.Equal("PSEC1003", result.GetProperty("ruleId").GetString());
        JsonElement at = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.EndsWith("/a%20b.txt", at.GetProperty("artifactLocation").GetProperty("uri").GetString(), StringComparison.Ordinal);
        // No end: it would tell how long the secret is.
        Assert.Equal("""{"startLine":1,"startColumn":23}""", JsonSerializer.Serialize(at.GetProperty("region")));
        Assert.Equal(64, result.GetProperty("partialFingerprints").GetProperty("credential/v1").GetString()!.Length);
        run.AssertHides(secret);
    }

    [Fact]
    public void Github_shows_it_beside_the_line()
    {
        folder.Write("a.txt", $"key {fresh.AccessKeyId()}\n");
        ToolRun run = ToolRun.Command("scan", folder["a.txt"], "--format", "github");
        Assert.StartsWith($"::warning file={folder["a.txt"]},line=1,col=5,endColumn=24,title=PSEC1002 Access key ID::Hard-coded access key ID: AKIA…",
            run.Output, StringComparison.Ordinal);
    }

    /// <summary>What is written is searched for every secret wherever a test runs a command; here it runs on all kinds.</summary>
    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("github")]
    public void No_format_and_no_baseline_holds_a_secret(string format)
    {
        string smtp = $"host: email-smtp.eu-west-1.amazonaws.com\nuser: {fresh.AccessKeyId()}\npassword: {fresh.SmtpPassword()}\n";
        folder.Write(".env", $"AWS_ACCESS_KEY_ID={fresh.AccessKeyId()}\nAWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\nAWS_SESSION_TOKEN={fresh.SessionToken()}\nAWS_BEARER_TOKEN_BEDROCK={fresh.BedrockKey()}\n");
        folder.Write("mail.yml", smtp);
        folder.Write("url.txt", fresh.PresignedUrl("20260701T000000Z"));
        folder.Write("key.pem", $"-----BEGIN PRIVATE {"KEY"}-----\n{fresh.PrivateKeyBody()}\n");
        folder.Write("db.json", $"{{\"Main\":\"Host=db.rds.amazonaws.com;Password={fresh.Password()}\"}}");
        folder.Write("Dockerfile", $"ENV HSM_PASSWORD {fresh.Password()}\n");
        ToolRun run = ToolRun.Command("scan", folder[""], "--format", format);
        Assert.Equal(1, run.ExitCode);
        Assert.All((string[])["1001", "1005", "1006", "1007", "1008", "1009", "1010", "1011"],
            rule => Assert.Contains("PSEC" + rule, run.Output, StringComparison.Ordinal));
        Assert.Equal(0, ToolRun.Command("scan", folder[""], "--write-baseline", folder["known.txt"]).ExitCode);
        Fresh.AssertHidden(File.ReadAllText(folder["known.txt"]));
    }

    [Fact]
    public void Many_places_are_counted_and_the_rest_is_in_json()
    {
        string id = fresh.AccessKeyId();
        for (int i = 0; i < 9; i++)
        {
            folder.Write($"{i}.txt", $"key {id}\n");
        }

        ToolRun run = ToolRun.Command("scan", folder[""]);
        Assert.Equal("  and at 3 more locations, which --format json lists", run.Lines[6]);
        Assert.Equal(8, JsonDocument.Parse(ToolRun.Command("scan", folder[""], "-f", "json").Output).RootElement[0].GetProperty("alsoAt").GetArrayLength());
    }

    public void Dispose() => folder.Dispose();
}
