using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Questions;

/// <summary>
/// What a question asks of a request beyond a <see cref="RequestPattern"/>: any combination of tests of its fields. The search reads it as a
/// formula and the replay decides it on one request, by code that the two do not share.
/// </summary>
internal abstract record RequestPredicate
{
    private RequestPredicate()
    {
    }

    /// <summary>All hold; true when there are none.</summary>
    public sealed record AllOf(IReadOnlyList<RequestPredicate> Items) : RequestPredicate;

    /// <summary>Some holds; false when there are none.</summary>
    public sealed record AnyOf(IReadOnlyList<RequestPredicate> Items) : RequestPredicate;

    /// <summary>Does not hold.</summary>
    public sealed record Not(RequestPredicate Item) : RequestPredicate;

    /// <summary>The action, in any case, matches a pattern.</summary>
    public sealed record ActionTest(PolicyPattern Pattern) : RequestPredicate;

    /// <summary>The resource matches a pattern, in which a star takes colons too.</summary>
    public sealed record ResourceTest(PolicyPattern Pattern) : RequestPredicate;

    /// <summary>
    /// A condition on a key. It never depends on a disputed reading: presence, or a comparison that is not negated, under a set operator.
    /// </summary>
    public sealed record KeyTest(Condition Condition) : RequestPredicate
    {
        /// <summary>A policy that allows the requests that pass, whatever else they are.</summary>
        public PolicyDocument Alone { get; } = new(
            new DocumentText(""),
            PolicyVersion.V2012,
            true,
            null,
            ImmutableArray.Create(new Statement(
                0, null, Effect.Allow, null, new ActionClause(false, ImmutableArray.Create(PolicyPattern.Plain("*")), default), null,
                ImmutableArray.Create(Condition), default)),
            ImmutableArray<PolicyProblem>.Empty);
    }

    /// <summary>A policy standing alone allows the request.</summary>
    public sealed record DescribedBy(PolicyDocument Document) : RequestPredicate;

    /// <summary>All tests in it.</summary>
    public IEnumerable<RequestPredicate> Tests => this switch
    {
        AllOf all => all.Items.SelectMany(i => i.Tests),
        AnyOf any => any.Items.SelectMany(i => i.Tests),
        Not not => not.Item.Tests,
        _ => [this],
    };

    /// <summary>The conditions on keys in it, but for those of policies.</summary>
    public IEnumerable<Condition> Conditions => Tests.OfType<KeyTest>().Select(t => t.Condition);

    /// <summary>The policies in it.</summary>
    public IEnumerable<PolicyDocument> Documents => Tests.OfType<DescribedBy>().Select(t => t.Document);

    /// <summary>The texts in it that values are compared with, but for those of policies.</summary>
    public IEnumerable<string> Texts => Tests.SelectMany(t => t switch
    {
        ActionTest action => [action.Pattern.Text],
        ResourceTest resource => [resource.Pattern.Text],
        KeyTest key => key.Condition.Values.Select(v => v.Text),
        _ => Enumerable.Empty<string>(),
    });
}
