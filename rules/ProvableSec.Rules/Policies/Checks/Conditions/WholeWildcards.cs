namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Values that every text matches.</summary>
internal static class WholeWildcards
{
    /// <summary>True when one of the values is nothing but stars.</summary>
    public static bool In(CheckedCondition condition) => condition.Texts.Any(value => GlobText.IsEverything(value.Text));
}
