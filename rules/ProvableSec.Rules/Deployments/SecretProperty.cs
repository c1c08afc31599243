namespace ProvableSec.Rules.Deployments;

/// <summary>A property of a resource that takes a secret.</summary>
/// <param name="Path">The way to it; <c>*</c> is each item of a list.</param>
/// <param name="Rule">What a secret written there is.</param>
/// <param name="What">What it opens, for people.</param>
/// <param name="IsSecretString">Whether the value may be an object of which some members are secrets.</param>
internal sealed record SecretProperty(string Path, Rule Rule, string What, bool IsSecretString = false);
