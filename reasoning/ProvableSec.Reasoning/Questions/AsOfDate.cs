using System.Globalization;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Questions;

/// <summary>The day before which a question takes no request to be made, as users write it.</summary>
internal static class AsOfDate
{
    /// <summary>What a day has to look like, for messages.</summary>
    public const string Form = "a day as YYYY-MM-DD, such as 2026-01-31";

    /// <summary>Whether a text is a day of the calendar in the form <see cref="Form"/>.</summary>
    public static bool IsDay(string text) => DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>Reads the member <c>asOf</c>; null, with a problem, where it is not a valid day.</summary>
    public static string? Read(JsonItem value, CaseProblems problems)
    {
        if (problems.ExpectString(value, "asOf") is not { } day)
        {
            return null;
        }

        if (IsDay(day))
        {
            return day;
        }

        problems.Add(value, ProblemCode.InvalidValue, $"asOf must be {Form}, not \"{day}\"");
        return null;
    }
}
