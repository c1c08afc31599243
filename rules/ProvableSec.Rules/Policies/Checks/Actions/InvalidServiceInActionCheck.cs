using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_SERVICE_IN_ACTION</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidServiceInActionCheck() : ActionCheck(new Rule(
    "PSEC3024",
    "Service that does not exist",
    RuleSeverity.Error,
    "No request ever has an action of that service: an Allow gives nothing, and a Deny denies nothing.",
    "Write the prefix as the Service Authorization Reference has it.",
    1286,
    "INVALID_SERVICE_IN_ACTION"))
{
    protected override void Check(CheckedStatement statement, CheckedText action, PolicyFindings findings)
    {
        if (ActionNames.TrySplit(action.Text, out string prefix, out _) && PolicyArn.IsLiteral(prefix)
            && !statement.Policy.Catalogue.TryGetService(prefix, out _))
        {
            string? nearest = Spelling.Nearest(prefix, statement.Policy.Catalogue.ServicePrefixes);
            Unlisted.Report(findings, action.Element,
                $"AWS has no service with the prefix {CheckedText.Quoted(prefix)}{(nearest is null ? "" : $"; did you mean \"{nearest}\"?")}",
                prefix, statement.Policy.Catalogue.ServicePrefixes, statement.Policy.Catalogue);
        }
    }
}
