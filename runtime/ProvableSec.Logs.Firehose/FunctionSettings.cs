using System.Collections.Immutable;
using System.Text;
using ProvableSec.Logs.Filtering;
using ProvableSec.Logs.Rules;

namespace ProvableSec.Logs.Firehose;

/// <summary>What the function's environment says about its work.</summary>
internal static class FunctionSettings
{
    /// <summary>The file with the rules, in the function's folder unless its path is absolute. Without it the default rules apply.</summary>
    public const string RulesVariable = "PROVABLESEC_RULES";

    /// <summary>Fields, separated by commas, whose values become the partition keys of records: <c>action,country</c>.</summary>
    public const string PartitionKeysVariable = "PROVABLESEC_PARTITION_KEYS";

    /// <summary>Where filtered log objects go: <c>s3://BUCKET/PREFIX</c>.</summary>
    public const string DestinationVariable = "PROVABLESEC_DESTINATION";

    /// <summary>What the function does with records: <c>filter</c>, which is the default, or <c>sort-findings</c>.</summary>
    public const string TaskVariable = "PROVABLESEC_TASK";

    private const string FilterTask = "filter", SortTask = "sort-findings";

    /// <summary>Makes what filters objects of S3.</summary>
    /// <exception cref="InvalidDataException">The environment does not say where they go, or asks for something else.</exception>
    public static ObjectTransformation CreateObjectTransformation()
    {
        if (Task == SortTask)
        {
            throw new InvalidDataException($"{TaskVariable} is {SortTask}, which is done with the records of a stream, not with objects of S3");
        }

        string destination = Environment.GetEnvironmentVariable(DestinationVariable) ?? "";
        return destination.StartsWith("s3://", StringComparison.Ordinal) && destination["s3://".Length..].Split('/', 2) is [{ Length: > 0 } bucket,
            .. var prefix]
            ? new ObjectTransformation(CreateFilter(), new Amazon.S3.AmazonS3Client(), bucket, prefix is [var given] ? given : "")
            : throw new InvalidDataException($"an object of S3 is to be filtered, and {DestinationVariable} is not s3://BUCKET or s3://BUCKET/PREFIX");
    }

    /// <summary>Makes what transforms the records of events.</summary>
    /// <exception cref="InvalidDataException">The environment asks for what cannot be done.</exception>
    public static IRecordTransformer CreateTransformer() => Task switch
    {
        FilterTask => CreateFiltering(),
        SortTask => new SortingTransformer(),
        { } other => throw new InvalidDataException($"{TaskVariable} is \"{other}\"; expected {FilterTask} or {SortTask}"),
    };

    private static string Task => Environment.GetEnvironmentVariable(TaskVariable) is { Length: > 0 } given ? given : FilterTask;

    private static FilteringTransformer CreateFiltering()
    {
        string names = Environment.GetEnvironmentVariable(PartitionKeysVariable) ?? "";
        var keys = ImmutableArray.CreateBuilder<LogField>();
        foreach (string name in names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            keys.Add(LogFieldNames.Find(name) is { } field && field != LogField.Header && !LogFieldNames.IsNumber(field)
                ? field
                : throw new InvalidDataException($"{PartitionKeysVariable} names \"{name}\", which is not a field of text"));
        }

        return new FilteringTransformer(CreateFilter(), keys.ToImmutable());
    }

    /// <summary>Makes the filter.</summary>
    /// <exception cref="InvalidDataException">The rules cannot be used; nothing must be filtered by a part of them.</exception>
    private static LogFilter CreateFilter()
    {
        LogRules rules = LogRules.Default;
        if (Environment.GetEnvironmentVariable(RulesVariable) is { Length: > 0 } file)
        {
            string path = Path.Combine(Environment.GetEnvironmentVariable("LAMBDA_TASK_ROOT") ?? "", file);
            LogRulesReading reading = LogRulesReader.Read(File.ReadAllBytes(path));
            rules = reading.Rules ?? throw new InvalidDataException(string.Join("; ", reading.Problems.Select(problem => $"{path}:{problem}")));
        }

        if (Environment.GetEnvironmentVariable(SamplingKey.Variable) is { Length: > 0 } samplingKey)
        {
            rules = rules with
            {
                SamplingKey = Encoding.UTF8.GetByteCount(samplingKey) >= SamplingKey.LeastBytes
                    ? new SamplingKey(samplingKey)
                    : throw new InvalidDataException($"{SamplingKey.Variable} must have at least {SamplingKey.LeastBytes} bytes"),
            };
        }

        if (rules.Samples && rules.SamplingKey is null)
        {
            Console.Error.WriteLine(
                $"warning: the rules sample without a key, so that a client who chooses X-Amzn-Trace-Id chooses whether its record is kept; set "
                    + $"{SamplingKey.Variable}, or samplingKey in the rules");
        }

        return new LogFilter(rules, rules.NeedsKey ? RedactionKey.Read() : []);
    }
}
