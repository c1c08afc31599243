using System.Collections.Immutable;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Replay;

/// <summary>An answer in words. What it says of a witness the concrete evaluator has decided, statement by statement.</summary>
internal static class Explanation
{
    /// <summary>At most this many Deny statements that do not apply are listed, and this many of the conditions that keep one from it.</summary>
    private const int MostNearMisses = 3, MostConditions = 2;

    /// <summary>The words for an answer with a witness.</summary>
    public static string Of(Query query, Witness witness)
    {
        var parts = new List<string> { Of(query.Subject, witness) };
        if (query.Baseline is { } baseline)
        {
            parts.Add("in the baseline " + Of(baseline, witness));
        }

        if (witness.SupposedInWords is { } supposed)
        {
            parts.Add(supposed);
        }

        if (witness.OwnPoliciesAllow)
        {
            parts.Add("the caller's own policies, which are not given, must allow it too");
        }

        if (witness.Readings != Reading.None)
        {
            parts.Add($"this needs a less likely reading of {string.Join(", ", ReadingNames.Of(witness.Readings))}");
        }

        return string.Join("; ", parts);
    }

    /// <summary>The words for a proof: what blocks.</summary>
    public static string Of(IReadOnlyCollection<Because> because) => because.Count == 0 ? ""
        : string.Join("; ", because.Select(b => b.Statement is { } statement
        ? $"denied by {Name(statement)}{Place(b.Slot, b.Document)}"
        : $"nothing in {b.Layer} allows it"));

    private static string Of(Subject subject, Witness witness)
    {
        if (subject.Document is { } document)
        {
            ImmutableArray<DecidingStatement> deciding = Evaluator.DecideAlone(document, PolicyStack.Empty, witness.Request, witness.Readings);
            bool allowed = subject.LetsThrough
                ? deciding.All(d => d.Statement.Effect != Effect.Deny)
                : Evaluator.AllowsAlone(document, PolicyStack.Empty, witness.Request, witness.Readings);
            if (subject.LetsThrough && allowed)
            {
                deciding = ImmutableArray<DecidingStatement>.Empty;
            }

            return Words(allowed, deciding.Select(d => (d.Statement, (PolicySlot?)null, document)), [], [(null, document)], witness, PolicyStack.Empty,
                subject.LetsThrough);
        }

        PolicyStack stack = subject.Stack!, under = witness.Under(stack);
        Decision decision = Evaluator.Decide(under, witness.Request, witness.Readings);
        IReadOnlyList<(PolicySlot Slot, PolicyDocument Document)> documents = [.. under.Documents()];
        return Words(
            decision.IsAllowed,
            decision.By.Select(d => (d.Statement, (PolicySlot?)d.Slot, documents.First(p => p.Slot == d.Slot).Document)),
            decision.BlockedBy.Select(PolicySlot.NameOf),
            documents.Select(d => ((PolicySlot?)d.Slot, d.Document)),
            witness,
            stack);
    }

    private static string Words(
        bool allowed,
        IEnumerable<(Statement Statement, PolicySlot? Slot, PolicyDocument Document)> deciding,
        IEnumerable<string> blockedBy,
        IEnumerable<(PolicySlot? Slot, PolicyDocument Document)> documents,
        Witness witness,
        PolicyStack stack,
        bool letsThrough = false)
    {
        string by = string.Join(", ", deciding.Select(d => Name(d.Statement) + Place(d.Slot, d.Document)));
        if (!allowed)
        {
            bool denied = deciding.Any(d => d.Statement.Effect == Effect.Deny);
            return denied ? "denied by " + by : "not allowed" + (blockedBy.Any() ? $": nothing in {string.Join(", ", blockedBy)} allows it"
                : ": no statement allows it");
        }

        string words = letsThrough ? "let through: no statement denies it" : by.Length > 0 ? "allowed by " + by : "allowed without any statement";
        int told = 0;
        foreach ((PolicySlot? slot, PolicyDocument document) in documents)
        {
            foreach (Statement statement in document.Statements)
            {
                if (statement.Effect == Effect.Deny && told < MostNearMisses && Applies(statement, ImmutableArray<Condition>.Empty, witness, stack)
                    && statement.Conditions.Where(c => !Meets(c, witness, stack)).ToList() is { Count: > 0 } unmet)
                {
                    told++;
                    words += $"; {Name(statement)}{Place(slot, document)} does not deny it because "
                        + $"{string.Join(" and ", unmet.Take(MostConditions).Select(c => Value(c, witness, stack)))}";
                }
            }
        }

        return words;
    }

    private static string Name(Statement statement) => statement.Sid is { Length: > 0 } sid ? $"statement {statement.Index} \"{sid}\""
        : $"statement {statement.Index}";

    private static string Place(PolicySlot? slot, PolicyDocument? document) =>
        (slot is { } place ? $" of {place}" : "") + (document?.Source.Name is { Length: > 0 } name ? slot is null ? $" of {name}" : $" ({name})" : "");

    private static string Value(Condition condition, Witness witness, PolicyStack stack)
    {
        ImmutableArray<string> values = Evaluator.ValuesOf(condition.Key, stack, witness.Request, witness.Readings);
        return values.IsEmpty ? $"{condition.Key} is absent" : $"{condition.Key} is {string.Join(", ", values)}";
    }

    private static bool Meets(Condition condition, Witness witness, PolicyStack stack) =>
        Alone(new Statement(0, null, Effect.Allow, null, Everything, null, ImmutableArray.Create(condition), default), witness, stack);

    private static bool Applies(Statement statement, ImmutableArray<Condition> conditions, Witness witness, PolicyStack stack) =>
        Alone(new Statement(0, null, Effect.Allow, statement.Principal is { IsNot: false } named ? named : null, statement.Action, statement.Resource,
            conditions, default), witness, stack);

    private static ActionClause Everything { get; } = new(false, ImmutableArray.Create(PolicyPattern.Plain("*")), default);

    private static bool Alone(Statement statement, Witness witness, PolicyStack stack) => Evaluator.AllowsAlone(
        new PolicyDocument(new DocumentText(""), PolicyVersion.V2012, true, null, ImmutableArray.Create(statement), ImmutableArray<PolicyProblem>.Empty),
        stack,
        witness.Request,
        witness.Readings);
}
