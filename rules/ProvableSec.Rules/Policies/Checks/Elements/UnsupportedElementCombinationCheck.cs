using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>UNSUPPORTED_ELEMENT_COMBINATION</c> of IAM Access Analyzer.</summary>
internal sealed class UnsupportedElementCombinationCheck() : StatementCheck(new Rule(
    "PSEC3045",
    "Elements that exclude each other",
    RuleSeverity.Error,
    "AWS rejects a statement with both an element and its negation.",
    "Keep one of the two.",
    1286,
    "UNSUPPORTED_ELEMENT_COMBINATION"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        foreach (string name in (string[])["Principal", "Action", "Resource"])
        {
            if (statement.Element.TryGetProperty(name, out _))
            {
                foreach (JsonMember property in statement.Element.Properties())
                {
                    if (property.NameIs("Not" + name))
                    {
                        findings.Add(property.NameElement, $"a statement cannot have both {name} and Not{name}");
                    }
                }
            }
        }
    }
}
