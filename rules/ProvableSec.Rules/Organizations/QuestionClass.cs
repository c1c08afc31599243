using System.Collections.Immutable;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Organizations;

/// <summary>Questions of a property about several stacks that one answer may do for. Immutable.</summary>
/// <param name="Together">
/// The question about all of them: whoever of their principals asks. Where it holds, each of them does. Where it does not, <paramref name="Apart"/> tell which.
/// </param>
/// <param name="Members">The places of the questions in the list that was sorted.</param>
/// <param name="Apart">Members whose answers may differ, each with all whose answer is the same; empty where all have the same.</param>
internal sealed record QuestionClass(Query Together, ImmutableArray<int> Members, ImmutableArray<ImmutableArray<int>> Apart);
