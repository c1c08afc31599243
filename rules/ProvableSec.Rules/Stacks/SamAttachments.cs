using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Stacks;

/// <summary>
/// What SAM gives the role that it makes for a function, besides what the template lists (AWS SAM Developer Guide, "AWS::Serverless::Function": Role,
/// VpcConfig, Tracing,
/// Events, DeadLetterQueue).
/// </summary>
internal static class SamAttachments
{
    /// <summary>The managed policy that every such role has.</summary>
    public const string BasicExecution = "service-role/AWSLambdaBasicExecutionRole";

    private static readonly Dictionary<string, string> OfEvents = new(StringComparer.Ordinal)
    {
        ["Kinesis"] = "service-role/AWSLambdaKinesisExecutionRole",
        ["DynamoDB"] = "service-role/AWSLambdaDynamoDBExecutionRole",
        ["SQS"] = "service-role/AWSLambdaSQSQueueExecutionRole",
        ["MSK"] = "service-role/AWSLambdaMSKExecutionRole",
    };

    private static readonly string[] WrittenOut = ["DeadLetterQueue", "EventInvokeConfig", "Connectors"];

    private static readonly string[] EventsWrittenOut = ["MQ", "DocumentDB", "SelfManagedKafka"];

    /// <summary>The text of <see cref="BasicExecution"/> (AWS Managed Policy Reference).</summary>
    public static PolicyDocument BasicExecutionPolicy { get; } = PolicyReader.Read(new DocumentText(
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}""", "AWSLambdaBasicExecutionRole"));

    /// <summary>The managed policies by name.</summary>
    /// <param name="type">The type of the resource.</param>
    /// <param name="members">Looks up a property of it, or of all functions.</param>
    public static IEnumerable<string> Managed(string type, Func<string, JsonItem?> members)
    {
        if (type == "AWS::Serverless::Function")
        {
            yield return BasicExecution;
            if (members("VpcConfig") is not null)
            {
                yield return "service-role/AWSLambdaVPCAccessExecutionRole";
            }
        }

        if (members("Tracing") is { } tracing && !(tracing.Kind == JsonKind.String && tracing.Text == "Disabled"))
        {
            yield return "AWSXRayDaemonWriteAccess";
        }

        foreach (string name in EventTypes(members).Select(kind => OfEvents.TryGetValue(kind, out string? policy) ? policy : null).OfType<string>().Distinct())
        {
            yield return name;
        }
    }

    /// <summary>What makes SAM write policies that are not in the template.</summary>
    public static IEnumerable<string> Inline(Func<string, JsonItem?> members) =>
        WrittenOut.Where(name => members(name) is not null)
            .Concat(EventTypes(members).Where(EventsWrittenOut.Contains).Select(kind => $"an event of type {kind}"));

    private static IEnumerable<string> EventTypes(Func<string, JsonItem?> members) =>
        members("Events") is { Kind: JsonKind.Object } events
            ? events.Members().Select(one => one.Value.TryGetProperty("Type", out JsonItem type) ? type.Text : "") : [];
}
