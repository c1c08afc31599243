using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_GLOBAL_CONDITION_KEY</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidGlobalConditionKeyCheck() : ConditionCheck(new Rule(
    "PSEC3016",
    "Unknown global condition key",
    RuleSeverity.Error,
    "No request carries a key of that name, so the condition never matches, or always.",
    "Write the key as the IAM User Guide has it.",
    1286,
    "INVALID_GLOBAL_CONDITION_KEY"))
{
    /// <summary>AWS's own policies use it (AWSSSOServiceRolePolicy), and IAM Access Analyzer knows it; no page names it.</summary>
    private const string Unpublished = "aws:PrincipalOrgMasterAccountId";

    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.KeyStartsWith("aws:") && !condition.IsOn(Unpublished) && !UnknownText.IsIn(condition.Key)
            && condition.Policy.Catalogue.FindKeyType(condition.Key) is null && !TagKeys.LackTag(condition.Key) && !DeprecatedKeys.IsUnsupported(condition.Key))
        {
            string? nearest = Spelling.Nearest(condition.Key, condition.Policy.Catalogue.GlobalConditionKeys.Select(key => key.Name));
            Unlisted.Report(findings, condition.KeyProperty.NameElement,
                $"AWS has no global condition key {CheckedText.Quoted(condition.Key)}{(nearest is null ? "" : $"; did you mean \"{nearest}\"?")}",
                condition.Key, condition.Policy.Catalogue.GlobalConditionKeys.Select(key => key.Name), condition.Policy.Catalogue);
        }
    }
}
