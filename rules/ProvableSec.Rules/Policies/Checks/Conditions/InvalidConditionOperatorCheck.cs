using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_CONDITION_OPERATOR</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidConditionOperatorCheck() : StatementCheck(new Rule(
    "PSEC3014",
    "Unknown condition operator",
    RuleSeverity.Error,
    "AWS rejects a policy with an operator that it does not have.",
    "Write the operator as the IAM User Guide has it.",
    1286,
    "INVALID_CONDITION_OPERATOR"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.ConditionElement is { Value: var block })
        {
            foreach (JsonMember line in block.Properties())
            {
                string name = line.Name;
                if (ConditionOperator.Parse(name, out _).Comparison == ConditionComparison.Unknown && !UnknownText.IsIn(name)
                    && !name.EndsWith("NullIfExists", StringComparison.OrdinalIgnoreCase))
                {
                    string? nearest = Spelling.Nearest(name, ConditionOperator.ComparisonNames);
                    findings.Add(line.NameElement,
                        $"AWS has no condition operator {CheckedText.Quoted(name)}{(nearest is null ? "" : $"; did you mean \"{nearest}\"?")}");
                }
            }
        }
    }
}
