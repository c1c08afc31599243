using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ProvableSec.Logs.Firehose;

namespace ProvableSec.Runtime.Tests.Firehose;

/// <summary>The real process, with a stand-in of Lambda's runtime API.</summary>
public sealed class BootstrapTests : IDisposable
{
    private readonly HttpListener lambda = new();
    private readonly string address;
    private readonly string folder = Directory.CreateTempSubdirectory("provablesec-test-").FullName;
    private Process? process;

    public BootstrapTests()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        address = $"127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        lambda.Prefixes.Add($"http://{address}/");
        lambda.Start();
    }

    public void Dispose()
    {
        process?.Kill();
        process?.Dispose();
        lambda.Close();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Invocations_are_answered_one_after_the_other()
    {
        Start();
        string blocked = Lines.Allowed().Replace("\"ALLOW\"", "\"BLOCK\"");
        for (int i = 0; i < 3; i++)
        {
            (string path, byte[] answer) = await Invoke($"request-{i}", FirehoseAnswers.Event([.. Enumerable.Repeat(blocked, 1 + (i * 200)), Lines.Allowed()]), chunked: i == 1);
            Assert.Equal($"/2018-06-01/runtime/invocation/request-{i}/response", path);
            (string Id, string Result, string? Data)[] records = FirehoseAnswers.Read(answer);
            Assert.Equal(2 + (i * 200), records.Length);
            Assert.Equal("Dropped", records[^1].Result);
            Assert.All(records[..^1], record => Assert.Equal(("Ok", blocked + "\n"), (record.Result, record.Data)));
        }
    }

    [Fact]
    public async Task An_event_that_is_none_fails_alone()
    {
        Start();
        (string path, byte[] answer) = await Invoke("bad", "{}", chunked: false);
        Assert.Equal("/2018-06-01/runtime/invocation/bad/error", path);
        Assert.Contains("Runtime.InvalidEvent", Encoding.UTF8.GetString(answer), StringComparison.Ordinal);
        (path, _) = await Invoke("good", FirehoseAnswers.Event("{}"), chunked: false);
        Assert.EndsWith("/good/response", path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_come_from_a_file_and_wrong_ones_stop_the_function()
    {
        File.WriteAllText(Path.Combine(folder, "rules.json"), "{\"version\":1,\n\"rulez\":[]}");
        Start(rules: "rules.json");
        HttpListenerContext context = await lambda.GetContextAsync();
        Assert.Equal("/2018-06-01/runtime/init/error", context.Request.Url!.AbsolutePath);
        string error = await new StreamReader(context.Request.InputStream).ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("rules.json:2:1: ", error, StringComparison.Ordinal);
        context.Response.StatusCode = 202;
        context.Response.Close();
        await process!.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
    }

    private void Start(string? rules = null)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(FirehoseTransformation).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AWS_LAMBDA_RUNTIME_API"] = address, ["LAMBDA_TASK_ROOT"] = folder, [FilterSettings.RulesVariable] = rules },
        };
        process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private async Task<(string Path, byte[] Answer)> Invoke(string requestId, string json, bool chunked)
    {
        HttpListenerContext next = await lambda.GetContextAsync();
        Assert.Equal("/2018-06-01/runtime/invocation/next", next.Request.Url!.AbsolutePath);
        next.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = requestId;
        byte[] body = Encoding.UTF8.GetBytes(json);
        if (chunked)
        {
            next.Response.SendChunked = true;
        }
        else
        {
            next.Response.ContentLength64 = body.Length;
        }

        await next.Response.OutputStream.WriteAsync(body, TestContext.Current.CancellationToken);
        next.Response.Close();
        HttpListenerContext answer = await lambda.GetContextAsync();
        using var content = new MemoryStream();
        await answer.Request.InputStream.CopyToAsync(content, TestContext.Current.CancellationToken);
        answer.Response.StatusCode = 202;
        answer.Response.Close();
        return (answer.Request.Url!.AbsolutePath, content.ToArray());
    }
}
