using System.IO.Compression;
using System.Text;
using CsCheck;

namespace ProvableSec.Analytics.Tests;

/// <summary>
/// Logs and findings, damaged: no report fails on its own account, whatever a client of the web application had written into its log, and no page has what
/// would run.
/// PROVABLESEC_SOAK=N tries N of each kind.
/// </summary>
public sealed class MutatedLogTests
{
    private const int Rounds = 6, InternalError = 70;

    public static TheoryData<string, string> Kinds()
    {
        string waf = WafLog.Lines([.. WafLog.Mixed().Take(3)]);
        string findings = GuardDutyLog.Event("f1", GuardDutyLog.ProbeType, "2026-03-01T00:00:00.000Z", 1,
            GuardDutyLog.ProbeAction(GuardDutyLog.Probe(22, "SSH", 13, 55.5)), GuardDutyLog.Instance("i-1")) + "\n";
        return new TheoryData<string, string>
        {
            { "waf", waf },
            { "waf", waf.Replace(",\"", ",\n  \"", StringComparison.Ordinal) },
            { "guardduty", findings },
            { "findings", findings },
            { "findings", """{"Findings":[{"SchemaVersion":"2018-10-08","Id":"a","ProductArn":"p","ProductName":"Macie","Types":["t"],"Severity":{"Label":"LOW"},"Title":"t","Resources":[{"Type":"AwsS3Bucket","Id":"arn:aws:s3:::reports"}],"CreatedAt":"2026-03-01T00:00:00Z","UpdatedAt":"2026-03-01T00:00:00Z"}]}""" },
            { "findings", """[{"rule":"PSEC2001","severity":"error","file":"b.json","line":4,"column":1,"endLine":4,"endColumn":2,"pointer":"/Statement/0","message":"m","accessAnalyzer":null,"witness":{"principal":"*","action":"s3:GetObject","resource":"arn:aws:s3:::reports/x","context":{}}}]""" },
        };
    }

    /// <summary>What no reader takes before it is damaged finds little.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void WholeLogIsReported(string kind, string text)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, ReportOutput.Of(kind, folder.Write("in.json", text), "--out", folder["page.html"]).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void DamagedLogIsReportedOrRefused(string kind, string text) => Gen.Select(DamagedText.Of(text), Gen.Int[0, int.MaxValue])
        .Each(Rounds, (damaged, place) =>
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = Encoding.UTF8.GetBytes(damaged);
        string input = place % 3 == 0 ? folder.Write("in.json.gz", Compressed(bytes, place / 3)) : folder.Write("in.json", bytes);
        ReportOutput run = ReportOutput.Of(kind, input, "--out", folder["page.html"]);
        Assert.NotEqual(InternalError, run.ExitCode);
        Assert.DoesNotContain("<img src=x", File.Exists(folder["page.html"]) ? File.ReadAllText(folder["page.html"]) : "", StringComparison.Ordinal);
    });

    /// <summary>Compressed, with one byte changed where the place is one of its own.</summary>
    private static byte[] Compressed(byte[] bytes, int place)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        byte[] compressed = stream.ToArray();
        if (place % (compressed.Length * 2) is var at && at < compressed.Length)
        {
            compressed[at] ^= (byte)((place >> 8) | 1);
        }

        return compressed;
    }
}
