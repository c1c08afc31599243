using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Accounts;

/// <summary>A user, group or role as one page describes it: what it refers to may stand in a later page.</summary>
internal sealed class DumpEntry(JsonElement element)
{
    /// <summary>Where it stands.</summary>
    public JsonElement Element => element;

    /// <summary>What is wrong inside it.</summary>
    public CaseProblems Problems { get; } = new();

    /// <summary>What is wrong with its trust policy, which bears on nothing else.</summary>
    public CaseProblems TrustProblems { get; } = new();

    public CallerPrincipal? Caller { get; set; }

    public string Arn { get; set; } = "";

    public List<PolicyDocument> Inline { get; } = [];

    public List<JsonElement> Attached { get; } = [];

    public List<JsonElement> Groups { get; } = [];

    public JsonElement? Boundary { get; set; }

    public PolicyDocument? Trust { get; set; }

    public List<KeyValuePair<string, string>> Tags { get; } = [];
}
