using System.Diagnostics.CodeAnalysis;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
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
    private static readonly PolicyDocument Everything = PolicyReader.Read(
        new SourceText("""{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"""));

    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (IsAdministrator(policy, out CheckedStatement? widest))
        {
            findings.Add(widest.Action!.Property.Value, "the policy allows every action on every resource");
        }
    }

    /// <summary>Whether an identity policy is proved to allow everything, and the statement that is the reason.</summary>
    public static bool IsAdministrator(CheckedPolicy policy, [NotNullWhen(true)] out CheckedStatement? widest)
    {
        // Several statements can add up to everything, but only if one has a star or NotAction.
        widest = policy.Statements.FirstOrDefault(statement => statement is { IsAllow: true, Action: { } action }
            && (action.IsNot || action.Items.Any(item => item.Text.Length > 0 && item.Text.Trim('*').Length == 0)));
        return policy.Type == PolicyType.Identity && widest is not null && ProvableText.Of(policy) is { } document
            && Prover.Answer(ProvableText.Ask(Question.Granted, document, policy.Type) with { Property = Everything }).Verdict == Verdict.Holds;
    }
}
