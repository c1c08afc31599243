using Microsoft.CodeAnalysis;
using ProvableSec.Analyzers.Policies;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.CodeFixes.Policies;

/// <summary>A finding, and the policy in code that it is about.</summary>
/// <param name="Code">What the code gives.</param>
/// <param name="Index">Which of its policies.</param>
/// <param name="Finding">The finding, in the characters of the JSON.</param>
/// <param name="Operation">Where the policy begins.</param>
internal sealed record PolicyPlace(CodePolicy Code, int Index, PolicyFinding Finding, IOperation Operation)
{
    public FoundPolicy Policy => Code.Policies[Index];
}
