using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies.Rewrites;

/// <summary>
/// Proves how a changed policy relates to what it was. Statements with parts that are not known stay out of the question, on both sides: the union of the
/// rest with whatever they allow, less whatever they deny, keeps the relation.
/// </summary>
internal static class PolicyRelation
{
    /// <summary>The relation; null where AWS would refuse one of the texts, a change is in a statement that is not known in all its parts, or the prover does
    /// not decide.</summary>
    public static (RewriteRelation Relation, Witness? Witness, ImmutableArray<string> Given)? Of(string old, string changed, PolicyContext context)
    {
        bool isPart = UnknownText.IsIn(old) || UnknownText.IsIn(changed);
        if (isPart)
        {
            if (Known(old, out List<string> open) is not { } oldKnown || Known(changed, out List<string> openThen) is not { } changedKnown
                || !open.SequenceEqual(openThen, StringComparer.Ordinal))
            {
                return null;
            }

            (old, changed) = (oldKnown, changedKnown);
        }

        PolicyDocument before = Read(old), after = Read(changed);
        // What a version means to a statement that is not known, nobody knows.
        if (before.HasErrors || after.HasErrors || (isPart && before.Version != after.Version))
        {
            return null;
        }

        (RewriteRelation Relation, Witness? Witness, ImmutableArray<string> Given)? allowed = Compare(before, after, context.Type);
        if (allowed is null || DenyTexts(before, old).SequenceEqual(DenyTexts(after, changed), StringComparer.Ordinal) && before.Version == after.Version)
        {
            return allowed;
        }

        // A Deny also counts against what other policies allow: what is denied must stay denied.
        if (Compare(Denied(after), Denied(before), context.Type) is not { } denied)
        {
            return null;
        }

        ImmutableArray<string> given = allowed.Value.Given.Union(denied.Given).ToImmutableArray();
        // The statements changed sides, and so did the witness: it is not a request that this policy allows.
        return (RewriteRelation)Math.Max((int)denied.Relation, (int)allowed.Value.Relation) is var relation && relation == allowed.Value.Relation
            ? allowed.Value with { Given = given }
            : (relation, null, given);
    }

    /// <summary>Whether the changed policy is proved to allow every request to a service that is used that the old one allowed.</summary>
    public static bool Keeps(string old, string changed, PolicyContext context)
    {
        if (UnknownText.IsIn(old) || context.LastAccessed is not { } accessed)
        {
            return false;
        }

        PolicyDocument before = Read(old), after = Read(changed);
        var actions = new FieldPattern(false, ImmutableArray<string>.Empty, accessed.Used.Select(prefix => prefix + ":*").ToImmutableArray());
        return !before.HasErrors && !after.HasErrors
            && (accessed.Used.Count == 0 || Prover.Answer(ProvableText.AskOfThePolicyAlone(Question.NoNewAccess, before, context.Type) with
            {
                Baseline = Subject.Of(after),
                Request = new RequestPattern { Action = actions },
                VerdictOnly = true,
            }).Verdict == Verdict.Holds);
    }

    private static (RewriteRelation Relation, Witness? Witness, ImmutableArray<string> Given)? Compare(PolicyDocument before, PolicyDocument after,
        PolicyType type)
    {
        Answer answer = Prover.Answer(Ask(Question.Equivalent) with { VerdictOnly = true });
        if (answer.Verdict == Verdict.Holds)
        {
            return (RewriteRelation.Equivalent, null, answer.Assumptions);
        }

        answer = Prover.Answer(Ask(Question.NoNewAccess));
        return answer.Verdict switch
        {
            Verdict.Holds => (RewriteRelation.Narrower, null, answer.Assumptions),
            Verdict.Violated => (RewriteRelation.Wider, answer.Witness, ImmutableArray<string>.Empty),
            _ => null,
        };

        Query Ask(Question question) => ProvableText.AskOfThePolicyAlone(question, after, type) with { Baseline = Subject.Of(before) };
    }

    /// <summary>The policy without the statements that are not known in all their parts; null where another element is not.</summary>
    private static string? Known(string policy, out List<string> open)
    {
        open = [];
        var statements = new List<string>();
        var members = new List<string>();
        foreach (JsonMember member in JsonTreeReader.Read(new DocumentText(policy)).Root.Properties())
        {
            if (!member.NameIs("Statement"))
            {
                members.Add($"{Of(member.NameElement)}:{Of(member.Value)}");
                continue;
            }

            foreach (JsonItem statement in member.Value.Elements())
            {
                string text = Of(statement);
                (UnknownText.IsIn(text) ? open : statements).Add(text);
            }
        }

        string known = "{" + string.Join(",", members.Concat([$"\"Statement\":[{string.Join(",", statements)}]"])) + "}";
        return UnknownText.IsIn(known) ? null : known;

        string Of(JsonItem element) => policy.Substring(element.Span.Start, element.Span.Length);
    }

    private static PolicyDocument Read(string text) => PolicyReader.Read(new DocumentText(text));

    /// <summary>What the Deny statements speak of, as a document that allows it.</summary>
    private static PolicyDocument Denied(PolicyDocument document) => new(
        document.Source, document.Version, document.NamesVersion, document.Id,
        document.Statements.Where(statement => statement.Effect == Effect.Deny)
            .Select(deny => new Statement(deny.Index, deny.Sid, Effect.Allow, deny.Principal, deny.Action, deny.Resource, deny.Conditions, deny.Span))
            .ToImmutableArray(),
        document.Problems);

    private static IEnumerable<string> DenyTexts(PolicyDocument document, string text) =>
        document.Statements.Where(statement => statement.Effect == Effect.Deny).Select(statement => TextOf(statement, text));

    private static string TextOf(Statement statement, string text) => text.Substring(statement.Span.Start, statement.Span.Length);
}
