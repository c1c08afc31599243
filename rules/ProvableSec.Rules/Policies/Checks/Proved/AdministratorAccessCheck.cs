using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>A policy that allows every request, proved (<see cref="Question.Granted"/> of everything).</summary>
internal sealed class AdministratorAccessCheck() : PolicyCheck(new Rule(
    "PSEC2002",
    "Administrator access",
    RuleSeverity.Warning,
    "The policy allows every action on every resource, without a condition that ever fails. Whoever has it, or steals it, owns the account.",
    "Allow the actions that are needed, on the resources they are needed for; keep administrator access for people, for an hour, with MFA.",
    250))
{
    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (policy.Proved.AdministratorStatement is { } widest)
        {
            findings.Add(widest.Action!.Property.Value, "the policy allows every action on every resource");
        }
    }

    /// <summary>The statement by which an identity policy is proved to allow everything; null for none.</summary>
    public static CheckedStatement? ReasonOf(CheckedPolicy policy)
    {
        // Several statements can add up to everything, but only if one has a star or NotAction.
        CheckedStatement? widest = policy.Statements.FirstOrDefault(statement => statement is { IsAllow: true, Action: { } action }
            && (action.IsNot || action.Items.Any(item => GlobText.IsEverything(item.Text))));
        return policy.Type == PolicyType.Identity && widest is not null && policy.Proved.Document is { } document
            && policy.Proved.Answer(ProvableText.Ask(Question.Granted, document, policy.Type) with { Property = ProvableText.Everything }).Verdict == Verdict.Holds ? widest : null;
    }
}
