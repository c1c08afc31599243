using System.Text.RegularExpressions;
using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies;

/// <summary>A check of a project's own: requests that no policy may allow, described by a policy, and found under an id of the project's own.</summary>
/// <param name="Rule">Its id, title, severity and remedy; the id never begins with <see cref="Rule.Prefix"/>.</param>
/// <param name="Denied">What no policy may allow: the requests that this policy would allow standing alone.</param>
public sealed record OwnCheck(Rule Rule, PolicyDocument Denied)
{
    private static readonly Regex Form = new("^[A-Za-z0-9][A-Za-z0-9._-]*$", RegexOptions.CultureInvariant);
    private static readonly Regex CodeForm = new("^[A-Z_]+$", RegexOptions.CultureInvariant);

    /// <summary>What a check applies to unless it says so: the types that give access.</summary>
    public static IReadOnlyList<PolicyType> GrantingTypes { get; } = [PolicyType.Identity, PolicyType.Resource, PolicyType.Trust];

    /// <summary>Why a text cannot be the id of one; null where it can.</summary>
    /// <param name="id">Letters, digits, '.', '_' and '-'. Ids of the catalogue, and names like those of IAM Access Analyzer's checks, mean something
    /// already.</param>
    public static string? WhyNoId(string id) =>
        !Form.IsMatch(id) ? "is not an id; expected letters, digits, '.', '_' and '-', beginning with a letter or digit"
            : id.StartsWith(Rule.Prefix, StringComparison.OrdinalIgnoreCase)
            ? $"is an id of provablesec; those that begin with {Rule.Prefix} are its own, so choose another"
        : CodeForm.IsMatch(id) ? "reads like a code of IAM Access Analyzer; add a digit: ACME001"
        : null;

    /// <summary>The types of policies that it applies to.</summary>
    public IReadOnlyList<PolicyType> Types { get; init; } = GrantingTypes;

    /// <summary>Whether it applies to policies of a type.</summary>
    public bool AppliesTo(PolicyType type) => Types.Contains(type);
}
