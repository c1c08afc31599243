namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Ids of networks and endpoints.</summary>
internal static class NetworkIds
{
    /// <summary>Reports values that are not the prefix and 8 or 17 letters and digits.</summary>
    public static void Report(CheckedCondition condition, string prefix, PolicyFindings findings)
    {
        foreach (CheckedText value in condition.Texts)
        {
            if (PolicyArn.IsLiteral(value.Text)
                && !(value.Text.StartsWith(prefix, StringComparison.Ordinal) && value.Text.Length - prefix.Length is 8 or 17
                    && value.Text.Skip(prefix.Length).All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9'))))
            {
                findings.Add(value, $"{value.Shown} is not an id of the form {prefix} and 8 or 17 characters");
            }
        }
    }
}
