using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Escalation;

/// <summary>What pictures call users, roles and steps: short, and safe to show.</summary>
internal static class EscalationName
{
    /// <summary>The letters of a step that its label has room for.</summary>
    public const int MostLettersOfWay = 46;

    /// <summary>The letters of a name that a box has room for.</summary>
    public const int MostLetters = 40;

    /// <summary>What stands behind the account in an ARN.</summary>
    public static string Of(string arn) => Printable.Clean(arn.Split(':') is { Length: >= 6 } fields ? string.Join(':', fields[5..]) : arn);

    /// <summary>The account of an ARN; empty for what is none.</summary>
    public static string AccountOf(string arn) => Printable.Clean(arn.Split(':') is { Length: >= 6 } fields ? fields[4] : "");

    /// <summary>The text, or its beginning where it is too long for a box.</summary>
    public static string Short(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";
}
