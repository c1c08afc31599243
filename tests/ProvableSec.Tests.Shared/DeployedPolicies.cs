using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProvableSec.Tests;

/// <summary>The policies of a template of CloudFormation as they are in a stack of account 111122223333 in us-east-1.</summary>
/// <param name="template">The template.</param>
/// <param name="values">What its references are worth: <c>Name</c> of a parameter, <c>Resource.Attribute</c>.</param>
public sealed partial class DeployedPolicies(JsonNode template, params IReadOnlyList<(string Name, string Value)> values)
{
    private readonly Dictionary<string, string> values = values
        .Concat([("AWS::Partition", "aws"), ("AWS::Region", "us-east-1"), ("AWS::AccountId", "111122223333")])
        .ToDictionary(value => value.Item1, value => value.Item2, StringComparer.Ordinal);

    /// <summary>Reads a template of the repository.</summary>
    public static DeployedPolicies Of(string path, params IReadOnlyList<(string Name, string Value)> values) =>
        new(JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, path)))!, values);

    /// <summary>A resource as it stands in the template.</summary>
    public JsonNode Resource(string name) => template["Resources"]![name]!;

    /// <summary>The one policy of a role.</summary>
    public string PolicyOf(string role) => Resolved(Resource(role)["Properties"]!["Policies"]!.AsArray().Single()!["PolicyDocument"]!).ToJsonString();

    /// <summary>Who may assume a role.</summary>
    public string TrustOf(string role) => Resolved(Resource(role)["Properties"]!["AssumeRolePolicyDocument"]!).ToJsonString();

    /// <summary>The policy of a resource of its own, such as that of a bucket.</summary>
    public string DocumentOf(string name) => Resolved(Resource(name)["Properties"]!["PolicyDocument"]!).ToJsonString();

    private JsonNode Resolved(JsonNode node) => node switch
    {
        JsonObject { Count: 1 } function when function["Fn::Sub"] is { } text => Reference().Replace((string)text!, match => values[match.Groups[1].Value]),
        JsonObject { Count: 1 } function when function["Fn::GetAtt"] is { } path => values[string.Join('.', path.AsArray().Select(part => (string)part!))],
        JsonObject { Count: 1 } function when function["Ref"] is { } name => values[(string)name!],
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Resolved(member.Value!)))),
        JsonArray elements => new JsonArray([.. elements.Select(element => Resolved(element!))]),
        _ => node.DeepClone(),
    };

    [GeneratedRegex(@"\$\{([^}!]+)\}")]
    private static partial Regex Reference();
}
