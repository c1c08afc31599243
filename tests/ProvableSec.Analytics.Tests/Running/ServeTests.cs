using System.Diagnostics;
using System.Net;
using ProvableSec.Report;

namespace ProvableSec.Analytics.Tests.Running;

/// <summary>The page that is served.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_page_is_served_to_whoever_knows_its_address_and_follows_its_files()
    {
        string file = folder.Write("waf.ndjson", WafLog.Lines([WafLog.Record(0)]));
        using Process server =
            Process.Start(new ProcessStartInfo("dotnet", [typeof(ReportProgramCommand).Assembly.Location, "waf", file, "--serve"])
            {
                RedirectStandardOutput =
            true,
                RedirectStandardError = true
            })!;
        try
        {
            var address = new Uri((await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
            using var client = new HttpClient();

            Assert.Equal("127.0.0.1", address.Host);
            Assert.Contains("data-name=\"requests\" data-v=\"1\"", await client.GetStringAsync(address, TestContext.Current.CancellationToken),
                StringComparison.Ordinal);

            File.AppendAllText(file, WafLog.Lines([WafLog.Record(90), WafLog.Record(91)]));
            Assert.Contains("data-name=\"requests\" data-v=\"3\"", await client.GetStringAsync(address, TestContext.Current.CancellationToken),
                StringComparison.Ordinal);
            Assert.Contains("data-name=\"requests\" data-v=\"2\"", await client.GetStringAsync(new Uri(address, "?from=2026-03-01T01:00"),
                TestContext.Current.CancellationToken), StringComparison.Ordinal);

            Assert.Equal(HttpStatusCode.Forbidden, await Status(client, new Uri(address, "/"), null));
            Assert.Equal(HttpStatusCode.Forbidden, await Status(client, new Uri(address, "/" + new string('0', 32) + "/"), null));
            Assert.Equal(HttpStatusCode.Forbidden, await Status(client, address, "attacker.example"));
            Assert.Equal(HttpStatusCode.NotFound, await Status(client, new Uri(address, "other"), null));
        }
        finally
        {
            server.Kill();
        }
    }

    private static async Task<HttpStatusCode> Status(HttpClient client, Uri address, string? host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Host = host;
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
