using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvableSec.Analytics.Queries;

namespace ProvableSec.Report.Output;

/// <summary>
/// A template of CloudFormation: a database, a workgroup that limits what a query reads, named queries for tables, views and questions, and, unless the logs
/// are
/// in a bucket already, the bucket and the stream that brings them there. CloudFormation runs no query: those that make tables and views are run once, in their
/// order.
/// </summary>
/// <param name="kind">Which logs.</param>
/// <param name="script">What Athena needs.</param>
/// <param name="database">The name of the database and the workgroup.</param>
internal sealed class AthenaTemplate(ReportKind kind, AthenaScript script, string database)
{
    /// <summary>Stands for the bucket of the stack in the locations of a script.</summary>
    public const string OwnBucket = "{bucket}";

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <summary>The template of logs that are in S3 already.</summary>
    public string OfLogs() => Write([Part("athena")]);

    /// <summary>The template with bucket and stream; locations of the script begin with <c>s3://</c> and <see cref="OwnBucket"/>.</summary>
    public string WithStream()
    {
        JsonObject[] parts = [Part("athena"), Part("stream"), Part(kind == ReportKind.Waf ? "waf" : "events")];
        JsonObject template = parts.Aggregate(new JsonObject(), Merged);
        template["Resources"]!["WorkGroup"]!["Properties"]!["WorkGroupConfiguration"]!["ResultConfiguration"]!["OutputLocation"] = JsonNode.Parse(
            """{ "Fn::If": ["HasResultLocation", { "Ref": "ResultLocation" }, { "Fn::Sub": "s3://${Bucket}/athena-results/" }] }""");
        return Write([template]);
    }

    private string Write(IEnumerable<JsonObject> parts)
    {
        var template = new JsonObject
        {
            ["AWSTemplateFormatVersion"] = "2010-09-09",
            ["Description"] =
                $"{kind.Title} in Athena, by provablesec report athena. Run the queries whose names begin with table and view once, in their order.",
        };
        template = parts.Aggregate(template, Merged);
        int number = 0;
        foreach ((string name, string sql) in script.Tables)
        {
            Add($"table {number:00} {name}", "Run once, in this order", sql);
        }

        foreach ((string name, string sql) in script.Views)
        {
            Add($"view {number:00} {name}", "Run once, in this order", sql);
        }

        foreach ((string name, string says, string sql) in script.Queries)
        {
            Add(name, says, sql);
        }

        return template.ToJsonString(Options) + "\n";

        void Add(string name, string says, string sql) => template["Resources"]![$"Query{number++:00}"] = Query(name, says, sql);
    }

    private JsonObject Query(string name, string says, string sql) => new()
    {
        ["Type"] = "AWS::Athena::NamedQuery",
        ["DependsOn"] = new JsonArray("Database", "WorkGroup"),
        ["Properties"] = new JsonObject
        {
            ["Database"] = database,
            ["WorkGroup"] = database,
            ["Name"] = name,
            ["Description"] = says,
            ["QueryString"] = sql.Contains(OwnBucket, StringComparison.Ordinal)
                ? new JsonObject
                {
                    // Athena's own ${day} is not CloudFormation's.
                    ["Fn::Sub"] = sql.Replace("${", "${!", StringComparison.Ordinal).Replace(OwnBucket, "${Bucket}", StringComparison.Ordinal),
                }
                : sql,
        },
    };

    private JsonObject Part(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("templates/" + name)!);
        string text = reader.ReadToEnd()
            .Replace("{database}", database, StringComparison.Ordinal)
            .Replace("{kind}", kind.Name, StringComparison.Ordinal)
            .Replace("{stream}", StreamName, StringComparison.Ordinal)
            .Replace("{source}", kind == ReportKind.GuardDuty ? "aws.guardduty" : "aws.securityhub", StringComparison.Ordinal)
            .Replace("{detail-type}", kind == ReportKind.GuardDuty ? "GuardDuty Finding" : "Security Hub Findings - Imported", StringComparison.Ordinal);
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>AWS WAF writes to streams of such names only.</summary>
    private string StreamName => (kind == ReportKind.Waf ? "aws-waf-logs-" : kind.Name + "-") + database.Replace('_', '-');

    /// <summary>One object with the members of both; where both have one that is not an object, that of the second.</summary>
    private static JsonObject Merged(JsonObject first, JsonObject second)
    {
        var merged = (JsonObject)first.DeepClone();
        foreach ((string name, JsonNode? value) in second)
        {
            merged[name] = merged[name] is JsonObject known && value is JsonObject more ? Merged(known, more) : value?.DeepClone();
        }

        return merged;
    }
}
