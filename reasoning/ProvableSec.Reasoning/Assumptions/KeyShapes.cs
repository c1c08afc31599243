using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Values;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Assumptions;

/// <summary>What the values of condition keys look like, by the types that the service data give them.</summary>
internal static class KeyShapes
{
    /// <summary>The key that says whose the caller is, who may be nobody's.</summary>
    public const string PrincipalAccount = "aws:principalaccount";

    /// <summary>Keys whose values are accounts, whoever the caller is.</summary>
    public static readonly string[] OfAccounts = ["aws:sourceowner", "aws:sourceaccount", "aws:vpceaccount", "s3:dataaccesspointaccount", PrincipalAccount];

    /// <summary>How the values of a key are parsed; null where it has any text.</summary>
    public static ValueKind? KindOf(string key) => KindOf(TypeOf(key));

    /// <summary>Whether a key has ARNs.</summary>
    public static bool HasArns(string key) => TypeOf(key) == ConditionKeyType.Arn;

    /// <summary>Whether a value is one that its key may have.</summary>
    /// <param name="foldedKey">The key, in lower case.</param>
    /// <param name="value">The value.</param>
    public static bool Fits(string foldedKey, string value)
    {
        ConditionKeyType? type = TypeOf(foldedKey);
        return (KindOf(type) is not { } kind || UnparsableSet.Parses(value, kind)) && (type != ConditionKeyType.Arn || NameShapes.IsArn(value))
            && (Array.IndexOf(OfAccounts, foldedKey) < 0 || CallerPrincipal.IsTwelveDigits(value) || (foldedKey == PrincipalAccount && value == "anonymous"));
    }

    private static ConditionKeyType? TypeOf(string key) => ServiceCatalogue.Default.FindKeyType(key)?.Type;

    private static ValueKind? KindOf(ConditionKeyType? type) => type switch
    {
        ConditionKeyType.Numeric => ValueKind.Number,
        ConditionKeyType.Date => ValueKind.Date,
        ConditionKeyType.IpAddress => ValueKind.Address,
        ConditionKeyType.Bool => ValueKind.Truth,
        _ => null,
    };
}
