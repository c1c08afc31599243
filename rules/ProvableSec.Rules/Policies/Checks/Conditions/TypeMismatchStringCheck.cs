using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>TYPE_MISMATCH_STRING</c> of IAM Access Analyzer.</summary>
internal sealed class TypeMismatchStringCheck() : ConditionCheck(new Rule(
    "PSEC3220",
    "Value that is not Base64",
    RuleSeverity.Warning,
    "BinaryEquals compares bytes, which the policy writes in Base64; no request matches another text.",
    "Write the bytes in Base64.",
    843,
    "TYPE_MISMATCH_STRING"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Comparison == ConditionComparison.BinaryEquals)
        {
            foreach (CheckedText value in condition.Texts)
            {
                if (value.IsKnown && !IsBase64(value.Text))
                {
                    findings.Add(value, $"{value.Shown} is not Base64");
                }
            }
        }
    }

    private static bool IsBase64(string text)
    {
        try
        {
            return text.Length > 0 && Convert.FromBase64String(text).Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
