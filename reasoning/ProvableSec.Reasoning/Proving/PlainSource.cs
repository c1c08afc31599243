using System.Collections.Immutable;
using ProvableSec.Policy;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Translation;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Proving;

/// <summary>A statement of which plain requests are made.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Actions">The actions that are tried, the first first.</param>
/// <param name="Also">A statement whose conditions the requests have to meet as well; null for none.</param>
internal sealed record PlainSource(Statement Statement, IEnumerable<PolicyPattern> Actions, Statement? Also = null)
{
    /// <summary>Of the actions that a pattern names those that are tried, in lower case; null for all of them.</summary>
    public Func<string, bool>? IsTried { get; init; }

    /// <summary>Actions that stand for those that a statement does not exclude.</summary>
    private static readonly ImmutableArray<PolicyPattern> WellKnown = ImmutableArray.CreateRange(
        ((string[])["s3:GetObject", "ec2:RunInstances", "iam:CreateUser", "sqs:SendMessage", "dynamodb:GetItem"]).Select(name => PolicyPattern.Plain(name)));

    /// <summary>The call that nobody needs a permission for, and no policy keeps from anybody.</summary>
    private static readonly ImmutableArray<PolicyPattern> Unstoppable = ImmutableArray.Create(PolicyPattern.Plain(PlainRequests.Unstoppable));

    /// <summary>All actions of a statement; of NotAction some that it does not exclude.</summary>
    public static PlainSource Of(Statement statement) =>
        new(statement, statement.Action.IsNot ? NotExcluded(statement) : statement.Action.Patterns);

    /// <summary>The call that no policy keeps from anybody, where a statement speaks of it.</summary>
    public static PlainSource OfUnstoppable(Statement statement) => new(statement, Unstoppable);

    private static IEnumerable<PolicyPattern> NotExcluded(Statement statement)
    {
        TextSet excluded = StatementSets.Of(statement).Actions;
        return WellKnown.Where(action => !excluded.Contains(action.Text.ToLowerInvariant(), Reading.None));
    }
}
