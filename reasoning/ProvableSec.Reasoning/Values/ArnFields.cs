namespace ProvableSec.Reasoning.Values;

/// <summary>The fields of one ARN.</summary>
internal static class ArnFields
{
    /// <summary>The account field, if it has twelve digits.</summary>
    public static string? AccountOf(string? arn) =>
        arn?.Split([':'], 6) is { Length: 6 } fields && fields[4].Length == 12 && fields[4].All(c => c is >= '0' and <= '9') ? fields[4] : null;
}
