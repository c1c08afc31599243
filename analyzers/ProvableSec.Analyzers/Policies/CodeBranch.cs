using Microsoft.CodeAnalysis;
using ProvableSec.Policy.Json;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Analyzers.Policies;

/// <summary>What a policy in code is on one branch of the code.</summary>
/// <param name="Words">What holds on that branch, for people; none for a policy that no branch changes.</param>
/// <param name="Text">The JSON that the code gives, each character with its place in the file.</param>
/// <param name="Json">The same, read.</param>
/// <param name="Whole">The expression that gives it.</param>
/// <param name="Objects">What it is made of, where that is not text.</param>
internal sealed record CodeBranch(IReadOnlyList<string> Words, MappedText Text, JsonTree Json, IOperation Whole, PolicyObjects? Objects);
