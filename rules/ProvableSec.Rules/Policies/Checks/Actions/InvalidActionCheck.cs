using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_ACTION</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidActionCheck() : ActionCheck(new Rule(
    "PSEC3005",
    "Action that does not exist",
    RuleSeverity.Error,
    "No request ever has an action of that name: an Allow gives nothing, and a Deny denies nothing.",
    "Write the name as the Service Authorization Reference has it.",
    1286,
    "INVALID_ACTION"))
{
    protected override void Check(CheckedStatement statement, CheckedText action, PolicyFindings findings)
    {
        if (action.Text.Trim('*').Length == 0)
        {
            return;
        }

        if (!ActionNames.TrySplit(action.Text, out string prefix, out string name))
        {
            findings.Add(action, $"{action.Shown} is not an action; expected \"*\" or \"service:Name\", such as \"s3:GetObject\"");
        }
        else if (!PolicyArn.IsLiteral(prefix))
        {
            if (ActionSyntax.WhyItMatchesNothing(action.Text) is { } why)
            {
                findings.Add(action, why);
            }
        }
        else if (statement.Policy.Catalogue.TryGetService(prefix, out Service? service) && service.Actions.Count > 0
            && !ActionNames.Matching(service, name).Any())
        {
            string? nearest = Spelling.Nearest(name, service.Actions.Select(known => known.Name));
            string message =
                $"{service.Name} has no action {CheckedText.Quoted(name)}{(nearest is null ? "" : $"; did you mean \"{service.Prefix}:{nearest}\"?")}";
            if (ActionSyntax.WhyItMatchesNothing(action.Text) is not null)
            {
                // No service will ever have an action of that name.
                findings.Add(action, message);
            }
            else
            {
                Unlisted.Report(findings, action.Element, message, name, service.Actions.Select(known => known.Name), statement.Policy.Catalogue);
            }
        }
    }
}
