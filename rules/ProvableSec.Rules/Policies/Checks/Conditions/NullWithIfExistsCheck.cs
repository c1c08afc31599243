using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>NULL_WITH_IF_EXISTS</c> of IAM Access Analyzer.</summary>
internal sealed class NullWithIfExistsCheck() : StatementCheck(new Rule(
    "PSEC3036",
    "Null with IfExists",
    RuleSeverity.Error,
    "Null asks whether the key is there; IfExists would make it match always, and AWS rejects it.",
    "Remove IfExists.",
    1286,
    "NULL_WITH_IF_EXISTS"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.ConditionElement is { Value: var block })
        {
            foreach (JsonMember line in block.Properties())
            {
                if (line.Name.EndsWith("NullIfExists", StringComparison.OrdinalIgnoreCase))
                {
                    findings.Add(line.NameElement, "Null takes no IfExists");
                }
            }
        }
    }
}
