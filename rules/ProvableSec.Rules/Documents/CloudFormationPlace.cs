using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Documents;

/// <summary>A property of a resource of CloudFormation that is a policy.</summary>
/// <param name="Path">The property, or the way to it; <c>*</c> stands for every item of a list.</param>
/// <param name="Type">What the policy is.</param>
/// <param name="ResourceType">What it is the policy of, for a resource policy.</param>
internal sealed record CloudFormationPlace(string Path, PolicyType Type, string? ResourceType = null)
{
    /// <summary>True where the property is a statement, or a list of them, instead of a policy.</summary>
    public bool IsStatements { get; init; }
}
