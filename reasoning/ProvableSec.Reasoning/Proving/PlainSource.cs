using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Proving;

/// <summary>A statement of which plain requests are made.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Actions">Those of its actions that are tried, the first first; of NotAction some that it does not exclude are.</param>
/// <param name="Also">A statement whose conditions the requests have to meet as well; null for none.</param>
internal sealed record PlainSource(Statement Statement, IEnumerable<PolicyPattern> Actions, Statement? Also = null)
{
    /// <summary>All actions of a statement.</summary>
    public static PlainSource Of(Statement statement) => new(statement, statement.Action.Patterns);
}
