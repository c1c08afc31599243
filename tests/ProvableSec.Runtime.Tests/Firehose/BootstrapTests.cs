using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
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
        address = Loopback.Free();
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
            (string path, byte[] answer) = await Invoke($"request-{i}", FirehoseAnswers.Event([.. Enumerable.Repeat(blocked, 1 + (i * 200)), Lines.Allowed()]),
                chunked: i == 1);
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

    [Fact]
    public async Task Findings_are_sorted_when_that_is_the_task()
    {
        Start(environment: [(FunctionSettings.TaskVariable, "sort-findings")]);
        const string Finding = """{"time":"2026-03-01T12:00:00Z","detail":{"type":"Recon:EC2/Portscan","service":{}}}""";

        (string path, byte[] answer) = await Invoke("findings", FirehoseAnswers.Event(Finding, "{}"), chunked: false);
        Assert.Equal("/2018-06-01/runtime/invocation/findings/response", path);
        Assert.Equal([("id-0", "Ok", Finding + "\n"), ("id-1", "ProcessingFailed", null)], FirehoseAnswers.Read(answer));
        Assert.Contains("\"finding_type\":\"Recon%3AEC2%2FPortscan\"", Encoding.UTF8.GetString(answer), StringComparison.Ordinal);
        (path, answer) = await Invoke("objects", ObjectsEvent("a.gz"), chunked: false);
        Assert.EndsWith("/objects/error", path, StringComparison.Ordinal);
        Assert.Contains("PROVABLESEC_TASK is sort-findings", Encoding.UTF8.GetString(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_nobody_knows_stops_the_function()
    {
        Start(environment: [(FunctionSettings.TaskVariable, "sort")]);
        HttpListenerContext failure = await lambda.GetContextAsync();
        Assert.Equal("/2018-06-01/runtime/init/error", failure.Request.Url!.AbsolutePath);
        Assert.Contains("expected filter or sort-findings", await new StreamReader(failure.Request.InputStream)
            .ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        failure.Response.Close();
    }

    [Fact]
    public async Task Objects_of_S3_are_filtered_into_another_bucket()
    {
        using var s3 = new ObjectStandIn(Loopback.Free());
        string blocked = Lines.Allowed().Replace("\"ALLOW\"", "\"BLOCK\"");
        string[] many =
            [.. Enumerable.Range(0, 4000).Select(i => i % 4 == 0 ? blocked.Replace("{", $"{{\"n\":{i},", StringComparison.Ordinal) : Lines.Allowed())];
        s3.Objects["/raw/AWSLogs/1 a+b.log.gz"] = Gzip(string.Join('\n', many) + "\n{cut off\n");
        s3.Objects["/raw/plain.log"] = Encoding.UTF8.GetBytes(blocked + "\n" + Lines.Allowed());
        s3.Objects["/raw/dull.log.gz"] = Gzip(Lines.Allowed() + "\n");
        Start(destination: "s3://filtered/waf/", s3: s3);

        (string path, byte[] answer) = await Invoke("objects", ObjectsEvent("AWSLogs/1+a%2Bb.log.gz", "plain.log", "dull.log.gz"), chunked: false);
        Assert.Equal("/2018-06-01/runtime/invocation/objects/response", path);
        Assert.Equal("{}", Encoding.UTF8.GetString(answer));
        Assert.Equal(string.Join('\n', many.Where((_, i) => i % 4 == 0)) + "\n", Unzip(s3.Objects["/filtered/waf/AWSLogs/1 a+b.log.gz"]));
        Assert.Equal("{cut off\n", Unzip(s3.Objects["/filtered/waf/unprocessed/AWSLogs/1 a+b.log.gz"]));
        Assert.Equal(blocked + "\n", Encoding.UTF8.GetString(s3.Objects["/filtered/waf/plain.log"]));
        Assert.Equal(6, s3.Objects.Count);
    }

    [Fact]
    public async Task An_object_that_cannot_be_read_whole_fails_and_the_others_are_filtered()
    {
        using var s3 = new ObjectStandIn(Loopback.Free());
        string blocked = Lines.Allowed().Replace("\"ALLOW\"", "\"BLOCK\"") + "\n";
        s3.Objects["/raw/cut.log.gz"] = Gzip(string.Concat(Enumerable.Repeat(blocked, 100)))[..^9];
        s3.Objects["/raw/whole.log.gz"] = Gzip(blocked);
        Start(destination: "s3://filtered", s3: s3);

        (string path, byte[] answer) = await Invoke("objects", ObjectsEvent("cut.log.gz", "missing.log.gz", "whole.log.gz"), chunked: false);
        string error = Encoding.UTF8.GetString(answer);
        Assert.Equal("/2018-06-01/runtime/invocation/objects/error", path);
        Assert.Contains("s3://raw/cut.log.gz: the compressed data break off; s3://raw/missing.log.gz: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("whole", error, StringComparison.Ordinal);
        Assert.Equal(blocked, Unzip(s3.Objects["/filtered/whole.log.gz"]));
        Assert.Equal(3, s3.Objects.Count);
    }

    [Theory]
    [InlineData(null, "raw", "a.log.gz", "PROVABLESEC_DESTINATION is not s3://BUCKET")]
    [InlineData("filtered", "raw", "a.log.gz", "PROVABLESEC_DESTINATION is not s3://BUCKET")]
    [InlineData("s3://raw", "raw", "a.log.gz", "the destination is the bucket itself, without a prefix")]
    [InlineData("s3://raw/kept/", "raw", "kept/a.log.gz", null)]
    public async Task Nothing_is_written_over_itself(string? destination, string bucket, string key, string? said)
    {
        using var s3 = new ObjectStandIn(Loopback.Free());
        s3.Objects[$"/{bucket}/{key}"] = Gzip(Lines.Allowed() + "\n");
        byte[] before = s3.Objects[$"/{bucket}/{key}"];
        Start(destination: destination, s3: s3);

        (string path, byte[] answer) = await Invoke("objects", ObjectsEvent(key), chunked: false);
        Assert.EndsWith(said is null ? "/objects/response" : "/objects/error", path, StringComparison.Ordinal);
        Assert.Contains(said ?? "{}", Encoding.UTF8.GetString(answer), StringComparison.Ordinal);
        Assert.Same(before, Assert.Single(s3.Objects).Value);
    }

    [Fact]
    public async Task S3_may_ask_whether_it_may_notify()
    {
        Start(destination: "s3://filtered");
        (string path, byte[] answer) = await Invoke("test", """{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-01-01T00:00:00.000Z","Bucket":"raw"}""", chunked: false);
        Assert.EndsWith("/test/response", path, StringComparison.Ordinal);
        Assert.Equal("{}", Encoding.UTF8.GetString(answer));
    }

    [Theory]
    [InlineData(null, null, "PROVABLESEC_HMAC_KEY_PARAMETER does not name the parameter")]
    [InlineData(null, "a key that the stream's role could read", "PROVABLESEC_HMAC_KEY is set")]
    [InlineData("/waf/key", "a key that the stream's role could read", "PROVABLESEC_HMAC_KEY is set")]
    [InlineData("/waf/key", null, "the parameter /waf/key with the key for redaction by HMAC cannot be read")]
    public async Task Without_a_key_that_only_the_function_can_read_it_does_not_start(string? parameter, string? plain, string said)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "rules.json"), """{"version":1,"redact":[{"field":"cookie","names":"*","by":"hmac"}]}""",
            TestContext.Current.CancellationToken);
        Start("rules.json", environment: [(RedactionKey.ParameterVariable, parameter), (RedactionKey.PlainVariable, plain),
            ("AWS_ENDPOINT_URL_SSM", $"http://{Loopback.Free()}"), ("AWS_MAX_ATTEMPTS", "1")]);
        HttpListenerContext failure = await lambda.GetContextAsync();
        Assert.Equal("/2018-06-01/runtime/init/error", failure.Request.Url!.AbsolutePath);
        using var reader = new StreamReader(failure.Request.InputStream);
        string message = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        failure.Response.Close();
        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.DoesNotContain(plain ?? "\n", message, StringComparison.Ordinal);
    }

    private static string ObjectsEvent(params string[] keys) => JsonSerializer.Serialize(new
    {
        Records = keys.Select(key => new
        {
            eventVersion = "2.1",
            eventSource = "aws:s3",
            awsRegion = "us-east-1",
            eventName = "ObjectCreated:Put",
            s3 = new { bucket = new { name = "raw", arn = "arn:aws:s3:::raw" }, @object = new { key, size = 1, sequencer = "0" } }
        }),
    });

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private static string Unzip(byte[] bytes)
    {
        using var reader = new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    private void Start(string? rules = null, string? destination = null, ObjectStandIn? s3 = null, params (string Name, string? Value)[] environment)
    {
        // Signed with what nobody knows.
        string secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(20));
        var start = new ProcessStartInfo("dotnet", [typeof(FirehoseTransformation).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["AWS_LAMBDA_RUNTIME_API"] = address, ["LAMBDA_TASK_ROOT"] = folder, [FunctionSettings.RulesVariable] = rules,
                    [FunctionSettings.DestinationVariable] = destination,
                ["AWS_ENDPOINT_URL_S3"] = s3?.Address, ["AWS_REGION"] = "us-east-1", ["AWS_ACCESS_KEY_ID"] = "made-up", ["AWS_SECRET_ACCESS_KEY"] = secret,
                    ["AWS_SESSION_TOKEN"] = null,
            },
        };
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

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
