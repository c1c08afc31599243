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
ObjectTransformation? objects = null;
while (true)
{
    ReadOnlySpan<byte> invocation = api.Next(out string requestId);
    try
    {
        if (ObjectEvent.IsOne(invocation))
        {
            FilterObjects(requestId, ObjectEvent.Read(invocation));
            continue;
        }

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

// One object that cannot be filtered does not keep the others from being; Lambda gives the event again, and then hands it to the function's failure destination.
void FilterObjects(string requestId, IReadOnlyList<LogObject> sources)
{
    try
    {
        objects ??= FilterSettings.CreateObjectTransformation();
    }
    catch (InvalidDataException e)
    {
        api.Fail(requestId, "Runtime.InvalidSettings", e.Message);
        return;
    }

    objects.BeginCounting();
    string[] failures = [.. sources.Select(objects.Transform).OfType<string>()];
    if (failures.Length > 0)
    {
        api.Fail(requestId, "Runtime.ObjectFailed", string.Join("; ", failures));
    }
    else
    {
        api.Respond(requestId, "{}"u8);
    }

    MetricsLine.Write(output, objects.Counts, failures.Length, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    output.Flush();
}
