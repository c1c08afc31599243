using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Documents;

/// <summary>An attribute of a resource of Terraform that is a policy, or a list of blocks with a <c>policy</c> each.</summary>
/// <param name="Name">The attribute.</param>
/// <param name="Type">What the policy is.</param>
/// <param name="ResourceType">What it is the policy of, for a resource policy, as CloudFormation calls it.</param>
internal sealed record PolicyAttribute(string Name, PolicyType Type, string? ResourceType = null);
