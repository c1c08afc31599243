using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>A policy that allows every request, proved (<see cref="Question.Granted"/> of everything).</summary>
internal sealed class AdministratorAccessCheck() : PolicyCheck(new Rule(
    "PSEC2002",
    "Administrator access",
    RuleSeverity.Warning,
    "The policy allows every action on every resource, without a condition that ever fails. Whoever has it, or steals its credentials, controls the account.",
    "Allow the actions that are needed, on the resources they are needed for; keep administrator access for people, for an hour, with MFA.",
    250)
{
    Reference = RuleReference.BestPractices,
    Controls = ControlMapping.Privileged,
})
{
    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (policy.Proved.AdministratorStatement is { } widest)
        {
            findings.Add(widest.Action!.Property.Value, "the policy allows every action on every resource");
        }
    }
}
