using ProvableSec.Policy.Text;
using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_SERVICE_CONDITION_KEY</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidServiceConditionKeyCheck() : ConditionCheck(new Rule(
    "PSEC3023",
    "Unknown condition key of a service",
    RuleSeverity.Error,
    "No request carries a key of that name, so the condition never matches, or always.",
    "Write the key as the Service Authorization Reference has it.",
    1286,
    "INVALID_SERVICE_CONDITION_KEY"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        int colon = condition.Key.IndexOf(':');
        if (colon > 0 && !UnknownText.IsIn(condition.Key) && !condition.KeyStartsWith("aws:")
            && condition.Policy.Catalogue.TryGetService(condition.Key.Substring(0, colon), out Service? service)
            && condition.Policy.Catalogue.FindKeyType(condition.Key) is null && !TagKeys.LackTag(condition.Key))
        {
            string? nearest = Spelling.Nearest(condition.Key, service.ConditionKeys.Select(key => key.Name));
            Unlisted.Report(findings, condition.KeyProperty.NameElement,
                $"{service.Name} has no condition key {CheckedText.Quoted(condition.Key)}{(nearest is null ? "" : $"; did you mean \"{nearest}\"?")}",
                condition.Key, service.ConditionKeys.Select(key => key.Name), condition.Policy.Catalogue);
        }
    }
}
