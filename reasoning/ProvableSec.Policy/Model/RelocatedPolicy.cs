using System.Collections.Immutable;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Model;

/// <summary>
/// A policy that was cut out of a larger text, a template, as a part of that text: the same statements, each token with its place there.
/// What is written of it, a line or a code frame, is then what a reader finds in the file.
/// </summary>
internal static class RelocatedPolicy
{
    /// <summary>The document with the places of another text.</summary>
    /// <param name="document">The document, read from a text of its own.</param>
    /// <param name="source">The larger text.</param>
    /// <param name="placeOf">The characters there that some characters of the document's own text are from.</param>
    public static PolicyDocument In(PolicyDocument document, DocumentText source, Func<TextRange, TextRange> placeOf) => new(
        source,
        document.Version,
        document.NamesVersion,
        document.Id,
        document.Statements.Select(statement => Statement(statement, placeOf)).ToImmutableArray(),
        document.Problems.Select(problem => Problem(problem, source, placeOf(problem.Span))).ToImmutableArray());

    private static PolicyProblem Problem(PolicyProblem problem, DocumentText source, TextRange span) =>
        new(problem.Code, problem.Message, span, problem.Pointer, source.PositionOf(span.Start), source.Name);

    private static Statement Statement(Statement statement, Func<TextRange, TextRange> placeOf) => new(
        statement.Index,
        statement.Sid,
        statement.Effect,
        statement.Principal is { } principal ? new PrincipalClause(principal.IsNot,
            principal.Entries.Select(e => e with { Span = placeOf(e.Span) }).ToImmutableArray(), placeOf(principal.NameSpan)) : null,
        new ActionClause(statement.Action.IsNot, Patterns(statement.Action.Patterns, placeOf), placeOf(statement.Action.NameSpan)),
        statement.Resource is { } resource ? new ResourceClause(resource.IsNot, Patterns(resource.Patterns, placeOf), placeOf(resource.NameSpan)) : null,
        statement.Conditions.Select(c => c with { Values = Patterns(c.Values, placeOf), OperatorSpan = placeOf(c.OperatorSpan), KeySpan = placeOf(c.KeySpan) })
            .ToImmutableArray(),
        placeOf(statement.Span));

    private static ImmutableArray<PolicyPattern> Patterns(ImmutableArray<PolicyPattern> patterns, Func<TextRange, TextRange> placeOf) =>
        patterns.Select(pattern => pattern.At(placeOf(pattern.Span))).ToImmutableArray();
}
