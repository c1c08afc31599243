using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Documents;

/// <summary>A policy of a document as some deployments have it, with a name in the place of each value that only the deployment knows.</summary>
/// <param name="Where">The conditions of the template under which it is this; empty for always.</param>
/// <param name="Text">The policy as JSON; null where there is none.</param>
/// <param name="Names">What stands in the text for a value that is not known, and what the document calls that value.</param>
public sealed record DeployedPolicy(string Where, string? Text, IReadOnlyDictionary<string, string> Names)
{
    /// <summary>The deployments of a policy; one for a document that says all.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="json">The JSON that it was found in.</param>
    public static IReadOnlyList<DeployedPolicy> Of(FoundPolicy policy, JsonTree json) => policy.Branches.Count == 0
        ? [Of("", policy.Text, json)]
        : [.. policy.Branches.Select(branch => Of(string.Join(" and ", branch.Conditions), branch.Text, json))];

    private static DeployedPolicy Of(string where, MappedText? text, JsonTree json)
    {
        if (text is null)
        {
            return new DeployedPolicy(where, null, new Dictionary<string, string>());
        }

        var names = new UnknownNames(text, json.Source.Text);
        return new DeployedPolicy(where, names.Text, names.Names);
    }
}
