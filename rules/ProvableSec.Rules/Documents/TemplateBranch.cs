namespace ProvableSec.Rules.Documents;

/// <summary>One of the deployments of a template that a policy may be different in.</summary>
/// <param name="Words">What tells it from the others, for people: <c>IsProduction</c>, <c>not IsProduction</c>, <c>Stage is "prod"</c>.</param>
/// <param name="Choice">The parameters and conditions.</param>
/// <param name="IsGuess">True where a parameter has its default, or a value that a condition names, and may as well have any other.</param>
internal sealed record TemplateBranch(IReadOnlyList<string> Words, TemplateChoice Choice, bool IsGuess);
