using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Private addresses compared with <c>aws:SourceIp</c>, which is always a public one.</summary>
internal static class PrivateRanges
{
    /// <summary>Which kinds of range a condition on <c>aws:SourceIp</c> lists; null for other conditions, and where a value is not known.</summary>
    public static (bool Private, bool Public)? In(CheckedCondition condition, ConditionComparison comparison)
    {
        if (condition.Comparison != comparison || !condition.IsOn("aws:SourceIp"))
        {
            return null;
        }

        bool isPrivate = false, isPublic = false;
        foreach (CheckedText value in condition.Texts)
        {
            if (AddressRange.TryParse(value.Text) is not { } range)
            {
                return null;
            }

            isPrivate |= range.IsPrivate;
            isPublic |= !range.IsPrivate;
        }

        return (isPrivate, isPublic);
    }
}
