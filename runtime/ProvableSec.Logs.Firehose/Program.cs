using System.Text.Json;
using ProvableSec.Logs;
using ProvableSec.Logs.Firehose;

if (Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") is not { Length: > 0 } address)
{
    Console.Error.WriteLine("bootstrap: AWS_LAMBDA_RUNTIME_API is not set; Lambda sets it, and so does samples/waf-firehose/run.sh");
    return 2;
}

using var api = new RuntimeApi(address);
IRecordTransformer transformer;
try
{
    transformer = FunctionSettings.CreateTransformer();
}
catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine("bootstrap: " + e.Message);
    api.FailToStart("Runtime.InvalidRules", e.Message);
    return 1;
}

var transformation = new FirehoseTransformation(transformer);
using Stream output = Console.OpenStandardOutput();
var response = new ByteBuffer(1 << 16);
ObjectTransformation? objects = null;
while (true)
{
    ReadOnlySpan<byte> invocation = api.Next(out string requestId);
    (string Type, string Message)? failure = null;
    try
    {
        response.Truncate(0);
        failure = ObjectEvent.IsOne(invocation) ? FilterObjects(ObjectEvent.Read(invocation)) : TransformRecords(invocation);
    }
    catch (JsonException e)
    {
        failure = ("Runtime.InvalidEvent", e.Message);
    }
    catch (Exception e)
    {
        // A bug. The next event may be another one, and begins with nothing that this one left behind. The message may hold a part of a record.
        failure = ("Runtime.Unexpected", "bug in the function: " + e.GetType().Name);
        Console.Error.WriteLine($"bootstrap: {e.GetType().Name}\n{e.StackTrace}");
        transformer = FunctionSettings.CreateTransformer();
        transformation = new FirehoseTransformation(transformer);
        objects = null;
    }

    if (failure is { } said)
    {
        api.Fail(requestId, said.Type, said.Message);
    }
    else
    {
        api.Respond(requestId, response.Written);
    }
}

(string Type, string Message)? TransformRecords(ReadOnlySpan<byte> invocation)
{
    transformation.Transform(invocation, response);
    transformer.WriteMetrics(output, transformation.Failed, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    foreach (string? warning in (ReadOnlySpan<string?>)[transformation.Advice, transformation.Unexpected is { } kind
        ? "bug in the function, a record was answered ProcessingFailed: " + kind : null])
    {
        if (warning is not null)
        {
            MetricsLine.WriteWarning(output, warning);
        }
    }

    output.Flush();
    return null;
}

// One object that cannot be filtered does not keep the others from being; Lambda gives the event again, and then hands it to the function's failure
// destination.
(string Type, string Message)? FilterObjects(IReadOnlyList<LogObject> sources)
{
    try
    {
        objects ??= FunctionSettings.CreateObjectTransformation();
    }
    catch (InvalidDataException e)
    {
        return ("Runtime.InvalidSettings", e.Message);
    }

    objects.BeginCounting();
    string[] failures = [.. sources.Select(objects.Transform).OfType<string>()];
    MetricsLine.Write(output, objects.Counts, failures.Length, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    output.Flush();
    response.Write("{}"u8);
    return failures.Length > 0 ? ("Runtime.ObjectFailed", string.Join("; ", failures)) : null;
}
