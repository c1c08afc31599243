using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProvableSec.Analytics.Tests.Pages;

/// <summary>Pages, as a browser shows them.</summary>
public sealed partial class PageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_numbers_on_the_page_are_those_of_the_records()
    {
        IReadOnlyList<JsonObject> records = WafLog.Mixed();
        string dom = Browser.Dom(Page("waf", folder.Write("waf.ndjson", WafLog.Lines(records))), out string messages);

        Assert.Equal("", messages);
        Assert.Contains("data-ready=\"true\"", dom, StringComparison.Ordinal);
        Assert.Contains("<svg", dom, StringComparison.Ordinal);
        Assert.Equal("400", Tile(dom, "requests"));
        Assert.Equal(Count(records, record => (string)record["action"]! == "BLOCK"), Tile(dom, "blocked"));
        Assert.Equal(Distinct(records, "clientIp").Count().ToString(CultureInfo.InvariantCulture), Tile(dom, "addresses"));
        foreach ((string section, string member) in new[] { ("countries", "country"), ("addresses", "clientIp"), ("uris", "uri") })
        {
            var rows = Rows(dom, section).ToDictionary(row => row[0], row => row);
            var expected = Distinct(records, member).ToArray();
            Assert.Equal(expected.Length, rows.Count);
            foreach (string value in expected)
            {
                int requests = section == "addresses" ? 2 : 1;
                Assert.Equal(Count(records, record => (string)record["httpRequest"]![member]! == value), rows[value][requests]);
                Assert.Equal(Count(records, record => (string)record["httpRequest"]![member]! == value && (string)record["action"]! == "BLOCK"),
                    rows[value][requests + 1]);
            }
        }

        Assert.Equal(
            records.GroupBy(record =>
                (DateTimeOffset.FromUnixTimeMilliseconds((long)record["timestamp"]!).UtcDateTime.Date
                .AddHours(DateTimeOffset.FromUnixTimeMilliseconds((long)record["timestamp"]!).Hour), (string)record["action"]!))
                .OrderBy(group => group.Key).Select(group => $"{group.Key.Item1:yyyy-MM-ddTHH:mm:ss}Z {group.Key.Item2} {group.Count()}"),
            Rows(dom, "actions-over-time").Select(row => string.Join(' ', row)));
        Assert.Contains("Singapore", dom, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_from_a_log_runs_and_nothing_is_fetched()
    {
        string dom = Browser.Dom(Page("waf", folder.Write("waf.ndjson", WafLog.Lines(WafLog.Mixed()))), out string messages);

        Assert.Equal("", messages);
        Assert.Contains("<title>AWS WAF traffic</title>", dom, StringComparison.Ordinal);
        Assert.Single(ScriptTag().Matches(dom));
        Assert.DoesNotContain("<img", dom, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode("<script>document.title="), dom, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_is_one_file_whose_policy_lets_nothing_in()
    {
        string html = File.ReadAllText(Page("waf", folder.Write("waf.ndjson", WafLog.Lines(WafLog.Mixed()))));

        Assert.Matches("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-[A-Za-z0-9+/=]{44}'; style-src 'unsafe-inline'; img-src data:; connect-src 'none'", html);
        Assert.InRange(html.Length, 1, 3_000_000);
        Assert.DoesNotMatch("(src|href)=\"(?!data:,|#)", html);
    }

    [Fact]
    public void Secrets_of_requests_are_not_on_the_page()
    {
        string secret = Guid.NewGuid().ToString("N");
        JsonObject record = WafLog.Record(0, headers: [("Cookie", "session=" + secret), ("Authorization", "Bearer " + secret)]);
        record["httpRequest"]!["args"] = "token=" + secret;

        Assert.DoesNotContain(secret, File.ReadAllText(Page("waf", folder.Write("waf.ndjson", WafLog.Lines([record])))), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_read_stands_in_the_footer()
    {
        string html = File.ReadAllText(Page("waf", folder.Write("waf.ndjson", WafLog.Lines([WafLog.Record(0)]) + "{\"cut\n")));

        Assert.Contains("<p class=\"warn\">Not in this report: 1 line is not JSON.</p>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_cannot_be_written_leaves_nothing()
    {
        string file = folder.Write("waf.ndjson", WafLog.Lines([WafLog.Record(0)]));
        Directory.CreateDirectory(folder["taken"]);

        ReportOutput run = ReportOutput.Of("waf", file, "--out", folder["taken"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("taken cannot be written", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder["taken"]));
    }

    [Fact]
    public void Port_probes_are_points_on_the_map()
    {
        string dom = Browser.Dom(Page("guardduty", folder.Write("findings.ndjson",
            string.Concat(GuardDutyLog.PortProbes(5).Select(finding => finding + "\n")))), out string messages);

        Assert.Equal("", messages);
        Assert.Equal("5", Tile(dom, "findings"));
        Assert.Equal(["1", "2", "3", "4", "5"], Rows(dom, "port-probes").Select(row => row[6]).Order(StringComparer.Ordinal));
        Assert.Contains("<svg", dom, StringComparison.Ordinal);
    }

    private string Page(string kind, string input)
    {
        string page = folder["page.html"];
        ReportOutput run = ReportOutput.Of(kind, input, "--out", page);
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        return page;
    }

    private static string Count(IEnumerable<JsonObject> records, Func<JsonObject, bool> condition) => records.Count(condition)
        .ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Distinct(IEnumerable<JsonObject> records, string member) =>
        records.Select(record => (string)record["httpRequest"]![member]!).Distinct();

    private static string Tile(string dom, string name) => Regex.Match(dom, $"<dd[^>]*data-name=\"{name}\" data-v=\"([^\"]*)\"").Groups[1].Value;

    /// <summary>The cells of a section's table, as its scripts read them.</summary>
    private static IEnumerable<string[]> Rows(string dom, string section)
    {
        string body = Regex.Match(dom, $"<table id=\"{section}-table\">.*?<tbody>(.*?)</tbody>", RegexOptions.Singleline).Groups[1].Value;
        return Row().Matches(body).Select(row => Cell().Matches(row.Groups[1].Value)
            .Select(cell => WebUtility.HtmlDecode(cell.Groups["raw"].Success ? cell.Groups["raw"].Value : cell.Groups["text"].Value)).ToArray());
    }

    [GeneratedRegex("<tr>(.*?)</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<td(?: class=\"[a-z]\")?(?: data-v=\"(?<raw>[^\"]*)\")?>(?<text>.*?)</td>", RegexOptions.Singleline)]
    private static partial Regex Cell();

    [GeneratedRegex("<script")]
    private static partial Regex ScriptTag();
}
