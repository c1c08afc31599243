using System.Text.Json;
using ProvableSec.Logs;
using ProvableSec.Logs.Firehose;

if (Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") is not { Length: > 0 } address)
{
    Console.Error.WriteLine("bootstrap: AWS_LAMBDA_RUNTIME_API is not set; Lambda sets it, and so does samples/waf-firehose/run.sh");
    return 2;
}

using var api = new RuntimeApi(address);
FirehoseTransformation transformation;
try
{
    transformation = FilterSettings.CreateTransformation();
}
catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine("bootstrap: " + e.Message);
    api.FailToStart("Runtime.InvalidRules", e.Message);
    return 1;
}

using Stream output = Console.OpenStandardOutput();
var response = new ByteBuffer(1 << 16);
while (true)
{
    ReadOnlySpan<byte> invocation = api.Next(out string requestId);
    try
    {
        transformation.BeginCounting();
        transformation.Transform(invocation, response);
    }
    catch (JsonException e)
    {
        api.Fail(requestId, "Runtime.InvalidEvent", e.Message);
        continue;
    }

    api.Respond(requestId, response.Written);
    MetricsLine.Write(output, transformation.Counts, transformation.Failed, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    output.Flush();
}
