using System.Text.Json;
using System.Text.Json.Nodes;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Access;

/// <summary>A dump of one account, written as AWS writes it.</summary>
internal sealed class Dump(string account = "111122223333")
{
    private readonly JsonArray users = [], groups = [], roles = [], policies = [];

    public Dump User(string name, params string[] inline) => User(name, null, [], inline);

    public Dump User(string name, JsonObject? more, string[] groupNames, params string[] inline)
    {
        users.Add(Entry("User", "user", name, more ?? [], inline, ("GroupList", new JsonArray([.. groupNames.Select(g => JsonValue.Create(g))]))));
        return this;
    }

    public Dump Group(string name, params string[] inline)
    {
        groups.Add(Entry("Group", "group", name, [], inline));
        return this;
    }

    public Dump Role(string name, string trust, params string[] inline) => Role(name, trust, null, inline);

    public Dump Role(string name, string trust, JsonObject? more, params string[] inline)
    {
        roles.Add(Entry("Role", "role", name, more ?? [], inline, ("AssumeRolePolicyDocument", JsonNode.Parse(trust)!)));
        return this;
    }

    public Dump Managed(string arn, string document)
    {
        policies.Add(new JsonObject
        {
            ["Arn"] = arn,
            ["DefaultVersionId"] = "v2",
            ["PolicyVersionList"] = new JsonArray(
                new JsonObject { ["VersionId"] = "v1", ["IsDefaultVersion"] = false, ["Document"] = "old" },
                new JsonObject { ["VersionId"] = "v2", ["IsDefaultVersion"] = true, ["Document"] = JsonNode.Parse(document) }),
        });
        return this;
    }

    public string Json => new JsonObject
    {
        ["UserDetailList"] = users.DeepClone(),
        ["GroupDetailList"] = groups.DeepClone(),
        ["RoleDetailList"] = roles.DeepClone(),
        ["Policies"] = policies.DeepClone(),
        ["IsTruncated"] = false,
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    public AccountDump Read()
    {
        AccountDump dump = AccountDumpReader.Read([new DocumentText(Json, "dump.json")]);
        Assert.Equal([], dump.Problems.Where(p => p.IsError).Select(p => p.ToString()));
        return dump;
    }

    /// <summary>Members that attach managed policies or set a boundary.</summary>
    public static JsonObject Attached(string[] arns, string? boundary = null)
    {
        var more = new JsonObject
        {
            ["AttachedManagedPolicies"] =
            new JsonArray([.. arns.Select(a => new JsonObject { ["PolicyName"] = "p", ["PolicyArn"] = a })])
        };
        if (boundary is not null)
        {
            more["PermissionsBoundary"] = new JsonObject { ["PermissionsBoundaryType"] = "Policy", ["PermissionsBoundaryArn"] = boundary };
        }

        return more;
    }

    private JsonObject Entry(string kind, string arnKind, string name, JsonObject more, string[] inline, params (string Name, JsonNode Value)[] own)
    {
        var entry = new JsonObject
        {
            ["Path"] = "/",
            [$"{kind}Name"] = name.Split('/')[^1],
            [$"{kind}Id"] = "ID",
            ["Arn"] = $"arn:aws:iam::{account}:{arnKind}/{name}",
            ["CreateDate"] = "2024-01-01T00:00:00+00:00"
        };
        entry[$"{kind}PolicyList"] =
            new JsonArray([.. inline.Select((d, i) => new JsonObject { ["PolicyName"] = $"p{i}", ["PolicyDocument"] = JsonNode.Parse(d) })]);
        foreach ((string member, JsonNode value) in own)
        {
            entry[member] = value;
        }

        foreach ((string member, JsonNode? value) in more)
        {
            entry[member] = value?.DeepClone();
        }

        return entry;
    }
}
