using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_POLICY_ELEMENT</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidPolicyElementCheck() : PolicyCheck(new Rule(
    "PSEC3018",
    "Unknown element",
    RuleSeverity.Error,
    "AWS rejects a policy with an element that the policy language does not have.",
    "Remove the element, or write the one that was meant; elements are told apart by case.",
    1286,
    "INVALID_POLICY_ELEMENT"))
{
    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        Unknown(policy.Root, ["Version", "Id", "Statement"], "a policy", findings);
        foreach (CheckedStatement statement in policy.Statements)
        {
            Unknown(statement.Element, ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"],
                "a statement", findings);
        }
    }

    private static void Unknown(JsonItem parent, string[] known, string where, PolicyFindings findings)
    {
        foreach (JsonMember property in parent.Properties())
        {
            if (Array.IndexOf(known, property.Name) < 0)
            {
                string? nearest = Spelling.Nearest(property.Name, known);
                findings.Add(property.NameElement,
                    $"{CheckedText.Quoted(property.Name)} is not an element of {where}{(nearest is null ? "" : $"; did you mean {nearest}?")}");
            }
        }
    }
}
