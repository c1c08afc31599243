using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL</c> of IAM Access Analyzer.</summary>
internal sealed class RestrictAccessToServicePrincipalCheck() : StatementCheck(new Rule(
    "PSEC2113",
    "Service that acts for anybody",
    RuleSeverity.Warning,
    "The service works for every customer; without a condition another account can have it act on this resource (the confused deputy).",
    "Add a condition on aws:SourceArn, aws:SourceAccount, aws:SourceOrgID or aws:SourceOrgPaths.",
    441,
    "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement is { IsAllow: true, Principal: { IsNot: false } principal } && statement.Policy.Type == PolicyType.Resource
            && principal.Of("Service").FirstOrDefault() is { } service
            && statement.ConditionsAreKnown && !statement.Conditions.Any(condition => condition.IsOnAny(["aws:SourceArn", "aws:SourceAccount", "aws:SourceOwner", "aws:SourceOrgID", "aws:SourceOrgPaths"])))
        {
            findings.Add(service.Value, $"{service.Value.Shown} works for every customer; say whose resource it may act for, with aws:SourceArn or aws:SourceAccount");
        }
    }
}
