using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_SERVICE</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidServiceCheck() : StatementCheck(new Rule(
    "PSEC3022",
    "Service that does not exist, in an ARN or a condition key",
    RuleSeverity.Error,
    "No resource and no request is of that service, so the statement does not do what it says.",
    "Write the service as the Service Authorization Reference has it.",
    1286,
    "INVALID_SERVICE"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        foreach (CheckedText resource in statement.Resource?.Items ?? [])
        {
            if (PolicyArn.TryParse(resource.Text) is { IsComplete: true } arn && PolicyArn.IsLiteral(arn.Service) && !arn.Service.Any(char.IsUpper)
                && ArnFormats.IsUnknownService(statement.Policy.Catalogue, arn.Service))
            {
                Unlisted.Report(findings, resource.Element,
                    $"AWS has no service {CheckedText.Quoted(arn.Service)} in an ARN{Suggestion(arn.Service, statement)}",
                    arn.Service, statement.Policy.Catalogue.ServicePrefixes, statement.Policy.Catalogue);
            }
        }

        foreach (CheckedCondition condition in statement.Conditions)
        {
            // Keys of an identity provider begin with its host.
            int colon = condition.Key.IndexOf(':');
            string prefix = colon > 0 ? condition.Key.Substring(0, colon) : "";
            if (prefix.Length > 0 && PolicyArn.IsLiteral(prefix) && prefix.IndexOf('.') < 0 && prefix.IndexOf('/') < 0
                && !prefix.Equals("aws", StringComparison.OrdinalIgnoreCase)
                && !statement.Policy.Catalogue.TryGetService(prefix, out _) && statement.Policy.Catalogue.FindKeyType(condition.Key) is null
                && !prefix.Equals("saml", StringComparison.OrdinalIgnoreCase))
            {
                Unlisted.Report(findings, condition.KeyProperty.NameElement,
                    $"AWS has no service {CheckedText.Quoted(prefix)} with condition keys{Suggestion(prefix, statement)}",
                    prefix, statement.Policy.Catalogue.ServicePrefixes, statement.Policy.Catalogue);
            }
        }
    }

    private static string Suggestion(string service, CheckedStatement statement) =>
        Spelling.Nearest(service, statement.Policy.Catalogue.ServicePrefixes) is { } nearest ? $"; did you mean \"{nearest}\"?" : "";
}
