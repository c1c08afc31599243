using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Grants for services that, as Access Advisor knows, nobody has used for long.</summary>
internal sealed class UnusedServiceCheck() : ActionCheck(new Rule(
    "PSEC2010",
    "Permissions for an unused service",
    RuleSeverity.Warning,
    "Nobody with the policy has used the service for a long time; permissions that nobody needs serve only whoever takes over a session.",
    "Remove the actions of the service; the rewrite is proved to keep what is used.",
    250)
{
    Reference = RuleReference.InIam("Refine permissions in AWS using last accessed information", "access_policies_last-accessed"),
})
{
    protected override void Check(CheckedStatement statement, CheckedText action, PolicyFindings findings)
    {
        if (statement is { IsAllow: true, Policy: { Type: PolicyType.Identity, Context.LastAccessed: { } accessed } } && statement.Action is { IsNot: false }
            && PrefixOf(action.Text) is { } prefix && accessed.Unused.Contains(prefix))
        {
            findings.Add(action, $"{action.Shown} is allowed, but {prefix} was not used in the last {accessed.Days} days");
        }
    }

    private static string? PrefixOf(string action) => action.IndexOf(':') is > 0 and var colon && action.IndexOfAny(['*', '?'], 0, colon) < 0
        ? action.Substring(0, colon).ToLowerInvariant() : null;
}
