using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Organizations;

/// <summary>
/// The actions of the requests that a question speaks of. A statement that can match none of them says nothing about these requests, neither that they are
/// allowed
/// nor that they are denied, so that two stacks which differ in such statements only have the same answer.
/// </summary>
internal sealed class RelevantActions
{
    private readonly string[]? patterns;

    /// <summary>Finds the actions of a question.</summary>
    public RelevantActions(Query query)
    {
        string[]? named = query.Request.Action is { IsAbsent: false } action ? [.. action.Literals, .. action.Like] : null;
        string[]? described = query.Question is Question.NotGranted or Question.Granted ? Described(query.Property!) : null;
        patterns = query.Question is Question.NotGranted or Question.Granted or Question.Can ? described ?? named : null;
    }

    /// <summary>Whether a statement can match any of the requests.</summary>
    public bool AreIn(Statement statement) => patterns is null || patterns.Any(pattern => statement.Action.IsNot
        ? !statement.Action.Patterns.Any(excluded => GlobText.Covers(excluded.Text, pattern, foldCase: true))
        : statement.Action.Patterns.Any(named => GlobText.Overlap(named.Text, pattern, foldCase: true)));

    private static string[]? Described(PolicyDocument property)
    {
        Statement[] allowing = [.. property.Statements.Where(statement => statement.Effect == Effect.Allow)];
        return Array.Exists(allowing, statement => statement.Action.IsNot) ? null
            : [.. allowing.SelectMany(statement => statement.Action.Patterns).Select(pattern => pattern.Text).Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
