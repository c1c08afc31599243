using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>What a project forbids (<see cref="OwnCheck"/>): each statement by which a policy allows it, shown by a request
/// (<see cref="Question.NotGranted"/>).</summary>
/// <param name="own">What is forbidden.</param>
internal sealed class DeniedAccessCheck(OwnCheck own) : PolicyCheck(own.Rule)
{
    /// <summary>Engine steps for each question: a project that wrote the check wants an answer.</summary>
    private const long Budget = 3_000_000;

    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        // A policy that only denies gives nothing; one that only limits is asked about by what it lets through.
        if (policy.Grants && !policy.Statements.Any(statement => statement.IsAllow))
        {
            return;
        }

        if (Document(policy, withoutOpenDenies: false) is not { } document)
        {
            if (HasUnknown(policy) && Document(policy, withoutOpenDenies: true) is { } more && Ask(policy, more).Verdict != Verdict.Holds)
            {
                findings.AddUnknown(WholeOf(policy),
                    $"{Rule.Title}: whether the policy allows it is not known: a Deny depends on what is known only at deployment");
            }

            return;
        }

        // A statement about other actions plays no part, and long ones are slow ones.
        if (policy.Grants)
        {
            document = document.Where(statement =>
                own.Denied.Statements.Any(denied => denied.Effect == Effect.Allow && ActionNames.MayMeet(denied.Action, statement.Action)));
            if (!document.Statements.Any(statement => statement.Effect == Effect.Allow))
            {
                return;
            }
        }

        Answer answer = Ask(policy, document);
        if (answer.Verdict == Verdict.Unknown)
        {
            findings.AddUnknown(WholeOf(policy),
                $"{Rule.Title}: whether the policy allows it is not known: "
                    + $"{(answer.Steps < Budget ? answer.Reason : "a proof takes more steps than check gives it; provablesec prove not-granted takes its time")}");
        }
        else if (answer is { Verdict: Verdict.Violated, Witness: { } witness } && !ReportEach(policy, document, findings))
        {
            findings.Add(WholeOf(policy), Says(witness, isOpen: false), witness);
        }
    }

    /// <summary>
    /// The policy in the reading that allows least (<see cref="ProvableText.Of"/>). Where the check speaks of every resource, a resource that is known only at
    /// deployment
    /// changes nothing, and its statement counts.
    /// </summary>
    private PolicyDocument? Document(CheckedPolicy policy, bool withoutOpenDenies) =>
        HasUnknown(policy) ? ProvableText.Of(policy, IsOfEveryResource ? UnknownResource.Named : UnknownResource.One, withoutOpenDenies)
            : policy.Proved.Document;

    private static bool HasUnknown(CheckedPolicy policy) => UnknownText.IsIn(policy.Root.Document.Source.Text);

    private bool IsOfEveryResource => own.Denied.Statements.All(statement => statement is { Effect: Effect.Allow, Resource: null or { IsNot: false } }
        && statement.Resource?.Patterns.All(pattern => GlobText.IsEverything(pattern.Text)) != false);

    /// <summary>Each Allow has a finding, so that to fix or waive one hides no other.</summary>
    private bool ReportEach(CheckedPolicy policy, PolicyDocument document, PolicyFindings findings)
    {
        bool any = false;
        foreach (Statement allow in document.Statements.Where(statement => statement.Effect == Effect.Allow))
        {
            PolicyDocument alone = document.Where(statement => statement.Effect == Effect.Deny || statement.Index == allow.Index);
            if (Ask(policy, alone) is { Verdict: Verdict.Violated, Witness: { } witness })
            {
                any = true;
                CheckedStatement statement = policy.Statements[allow.Index];
                findings.Add(PlaceOf(statement, witness), Says(witness, statement.Resource?.Items.Any(item => !item.IsKnown) == true), witness);
            }
        }

        return any;
    }

    private Answer Ask(CheckedPolicy policy, PolicyDocument document) =>
        policy.Proved.AnswerBeside(ProvableText.Ask(Question.NotGranted, document, policy.Type) with { Property = own.Denied, Budget = Budget });

    private string Says(Witness witness, bool isOpen) =>
        $"{Rule.Title}: {witness.Request.Action} on {CheckedText.Quoted(witness.Request.Resource)}{(isOpen ? " (known only at deployment)" : "")} is allowed";

    private static JsonItem WholeOf(CheckedPolicy policy) => policy.StatementElement?.NameElement ?? policy.Root;

    /// <summary>The first action that takes the request's.</summary>
    private static JsonItem PlaceOf(CheckedStatement statement, Witness witness) => statement.Action is not { } action ? statement.Element
        : action.IsNot ? action.Property.NameElement
        : action.Items.FirstOrDefault(item => ActionNames.Covers(item.Text, witness.Request.Action))?.Element ?? action.Property.Value;
}
